internal import DataFolder
internal import Feedback

/// Who may enter the workspace: the one place that decides it, for every page and form there.
struct WorkspaceGate: Sendable {
    let parts: ServiceParts

    /// The cookie's name: `__Host-` binds it to this host over TLS (RFC 6265bis section 4.1.3.2).
    var cookieName: String { parts.options.isSecure ? "__Host-heed" : "heed" }

    /// The session of a request, if somebody is signed in who may still sign in.
    func session(of request: Request) -> WorkspaceSession? {
        guard let session = request.cookie(cookieName).flatMap({ parts.sessions.find($0, at: parts.time.now()) }) else {
            return nil
        }
        if let users = try? parts.folder.users(), !users.contains(session.user) {
            parts.sessions.end(user: session.user)
            return nil
        }
        return session
    }

    /// The page for a CSM who is signed in; everybody else is led to sign in and back.
    func open(_ request: Request, _ page: (WorkspaceSession) async throws(Refusal) -> Reply) async throws(Refusal)
        -> Reply
    {
        guard let session = session(of: request) else { return .seeOther(Self.signInPath(backTo: request)) }
        return try await page(session)
    }

    /// Where to sign in, to come back to the page asked for.
    private static func signInPath(backTo request: Request) -> String {
        let path = "/" + request.target.segments.map(LinkEncoding.segment).joined(separator: "/")
        return "/login?next=" + LinkEncoding.segment(path)
    }

    /// A path to go to after signing in: only pages of the workspace, never another site.
    static func safePath(_ wish: String?) -> String {
        guard let wish, (try? RequestTarget(wish, host: nil)) != nil,
            ["/accounts", "/surveys"].contains(where: {
                wish == $0 || wish.hasPrefix($0 + "/") || wish.hasPrefix($0 + "?")
            })
        else { return "/accounts" }
        return wish
    }

    /// The cookie that begins a session.
    func cookie(_ id: String) -> String {
        "\(cookieName)=\(id); Path=/; HttpOnly; SameSite=Lax\(parts.options.isSecure ? "; Secure" : "")"
    }

    /// The cookie that ends it.
    var endedCookie: String { cookie("") + "; Max-Age=0" }

    /// Refuses forms that another site sends on a CSM's behalf (Fetch Metadata, and Origin where that is not known).
    func checkOrigin(_ request: Request) throws(Refusal) {
        let refusal = Refusal(403, "This form was sent from another site. Open the page here and send it again.")
        if let site = request.headers["sec-fetch-site"], site != "same-origin", site != "none" { throw refusal }
        guard let origin = request.headers["origin"] else { return }
        if let own = parts.options.publicURL, origin == own { return }
        let scheme = parts.options.isSecure ? "https://" : "http://"
        guard let host = request.headers["host"], origin.lowercased() == scheme + host.lowercased() else {
            throw refusal
        }
    }

    /// Refuses forms that do not carry the session's secret.
    func checkToken(_ sent: String?, _ session: WorkspaceSession) throws(Refusal) {
        guard let sent, Secret.isSame(sent, session.formToken) else {
            throw Refusal(403, "This form is no longer valid. Open the page again and send it once more.")
        }
    }
}
