/// Says that the data folder is open and pages can be answered; the server listens only then.
///
/// For ten seconds after something could not be stored it says so: long enough for a balancer to try another machine,
/// short enough that one comes back by itself when the cause is gone.
struct ReadinessRoute: Route {
    let path = "/health/ready"
    let surroundings = Surroundings.plain
    let parts: ServiceParts

    func reply(to request: Request, _ segments: [String]) async -> Reply {
        guard parts.isInTrouble else { return .text(200, "ready") }
        var reply = Reply.text(503, "something could not be stored; the log says what")
        reply.set("retry-after", "5")
        return reply
    }
}
