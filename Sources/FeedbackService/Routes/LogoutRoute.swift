internal import AccountReports
internal import QuestionnaireModel

/// Ends a session, on the server too.
struct LogoutRoute: Route {
    let path = "/logout"
    let methods: [Request.Method] = [.post]
    let surroundings = Surroundings.workspace
    let gate: WorkspaceGate

    func reply(to request: Request, _ parts: [String]) async throws(Refusal) -> Reply {
        try gate.checkOrigin(request)
        let form = try request.form()
        return try await gate.open(request) { session throws(Refusal) in
            try gate.checkToken(form[Workspace.tokenField], session)
            if let id = request.cookie(gate.cookieName) { gate.parts.sessions.end(id) }
            var reply = Reply.seeOther("/login")
            reply.set("set-cookie", gate.endedCookie)
            return reply
        }
    }
}
