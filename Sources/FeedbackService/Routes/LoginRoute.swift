internal import AccountReports
internal import DataFolder
internal import Feedback
internal import Logging
internal import QuestionnaireModel

/// Signing in to the workspace.
struct LoginRoute: Route {
    let path = "/login"
    let methods: [Request.Method] = [.get, .post]
    let surroundings = Surroundings.workspace
    let gate: WorkspaceGate

    /// The most bytes of a name and of a password; more is no password, only work.
    private static let longest = 200

    func reply(to request: Request, _ segments: [String]) async throws(Refusal) -> Reply {
        guard request.method == .post else {
            let next = WorkspaceGate.safePath(request.target.query["next"])
            if gate.session(of: request) != nil { return .seeOther(next) }
            return page(200, next: next)
        }
        try gate.checkOrigin(request)
        let form = try request.form()
        let (name, password) = (form["user"] ?? "", form["password"] ?? "")
        guard name.utf8.count <= Self.longest, password.utf8.count <= Self.longest else {
            throw .malformed("A name or password has at most \(Self.longest) bytes.")
        }
        return await signIn(request, name, password, next: WorkspaceGate.safePath(form["next"]))
    }

    private func signIn(_ request: Request, _ name: String, _ password: String, next: String) async -> Reply {
        let parts = gate.parts
        let (client, now) = (parts.client(of: request), parts.time.now())
        if let seconds = parts.signIns.begin(name, client, at: now) { return tooMany(seconds, name, next) }
        let folder = parts.folder
        let result = await BlockingWork.hashing.run { () -> Result<Bool, FolderError> in
            do throws(FolderError) { return .success(try folder.verify(user: name, password: password)) } catch {
                return .failure(error)
            }
        }
        if case .success(false)? = result {} else { parts.signIns.forgive(name, client, at: now) }
        switch result {
        case .success(true):
            // A new session for every sign-in; one that a browser brought along ends.
            if let old = request.cookie(gate.cookieName) { parts.sessions.end(old) }
            await note("sign in", name)
            var reply = Reply.seeOther(next)
            reply.set("set-cookie", gate.cookie(parts.sessions.begin(user: name, at: now)))
            return reply
        case .success(false):
            parts.counters.countFailedSignIn()
            return page(403, problem: .wrong, user: name, next: next)
        case .failure(let error):
            parts.note(error)
            return tooMany(5, name, next, status: 503)
        case nil:
            return tooMany(5, name, next, status: 503)
        }
    }

    /// Who signed in when is kept beside who changed what.
    private func note(_ action: String, _ name: String) async {
        do throws(FolderError) {
            try await gate.parts.folder.audit(action, object: name, by: name)
        } catch { gate.parts.note(error) }
    }

    private func tooMany(_ seconds: Int, _ name: String, _ next: String, status: Int = 429) -> Reply {
        var reply = page(status, problem: .tooMany(seconds: seconds), user: name, next: next)
        reply.set("retry-after", String(seconds))
        return reply
    }

    private func page(_ status: Int, problem: SignInPage.Problem? = nil, user: String = "", next: String) -> Reply {
        gate.page(status, SignInPage(Workspace(), problem: problem, user: user, next: next).render())
    }
}
