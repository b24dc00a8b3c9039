/// The bare address leads to the workspace.
struct RootRoute: Route {
    let path = "/"
    let surroundings = Surroundings.plain

    func reply(to request: Request, _ parts: [String]) async -> Reply { .seeOther("/accounts") }
}
