/// Says that the process answers.
struct LivenessRoute: Route {
    let path = "/health/live"
    let surroundings = Surroundings.plain

    func reply(to request: Request, _ parts: [String]) async -> Reply { .text(200, "alive") }
}
