internal import DataFolder

/// The service's figures for Prometheus, for this machine or with the operator's token.
struct MetricsRoute: Route {
    let path = "/metrics"
    let surroundings = Surroundings.plain
    let parts: ServiceParts

    func reply(to request: Request, _ segments: [String]) async -> Reply {
        guard isAllowed(request) else {
            var reply = Reply.text(401, "The figures are for this machine, or for who has the token.")
            reply.set("www-authenticate", "Bearer")
            return reply
        }
        let text = parts.counters.text(parts.folder.journalFigures)
        return Reply(200, type: "text/plain; version=0.0.4; charset=utf-8", body: Array(text.utf8))
    }

    private func isAllowed(_ request: Request) -> Bool {
        // Behind a proxy on this machine every peer is loopback: what was forwarded comes from elsewhere.
        if ClientAddress.isLoopback(request.peer), request.headers.values("x-forwarded-for").isEmpty,
            request.headers.values("forwarded").isEmpty
        {
            return true
        }
        guard let token = parts.options.metricsToken, let given = request.headers["authorization"] else { return false }
        return Secret.isSame(given, "Bearer \(token)")
    }
}
