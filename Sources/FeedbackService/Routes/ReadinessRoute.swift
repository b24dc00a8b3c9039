/// Says that the data folder is open and pages can be answered; the server listens only then.
struct ReadinessRoute: Route {
    let path = "/health/ready"
    let surroundings = Surroundings.plain
    let parts: ServiceParts

    func reply(to request: Request, _ segments: [String]) async -> Reply { .text(200, "ready") }
}
