internal import Feedback
internal import SurveyPages

extension Reply {
    /// A rendered page, with the policy that lets its own style in; some origins may frame it.
    static func html(_ status: Int, _ page: RenderedPage, framedBy origins: [String] = []) -> Reply {
        var reply = Reply.html(status, page.bytes)
        let policy = origins.isEmpty ? page.contentSecurityPolicy : page.contentSecurityPolicy(framedBy: origins)
        reply.set("content-security-policy", policy)
        return reply
    }
}

extension Request {
    /// A page that asks nothing, in the language given or else the one the browser prefers.
    func notice(
        _ kind: NoticePage.Kind, _ status: Int, language: LanguageTag? = nil, action: String = "",
        retryAfter: Int? = nil
    ) -> Reply {
        var page = NoticePage(kind, language: language ?? acceptedLanguages.first ?? .english)
        page.action = action
        var reply = Reply.html(status, page.render())
        if let retryAfter { reply.set("retry-after", String(retryAfter)) }
        return reply
    }
}
