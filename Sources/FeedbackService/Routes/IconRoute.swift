/// The icon that browsers ask for by themselves.
struct IconRoute: Route {
    let path = "/favicon.ico"
    let surroundings = Surroundings.plain

    private static let image =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 16 16\"><circle cx=\"8\" cy=\"8\" r=\"7\" fill=\"#1f5fae\"/>"
        + "<path d=\"M4 8.5 7 11l5-6\" fill=\"none\" stroke=\"#fff\" stroke-width=\"2\"/></svg>\n"

    func reply(to request: Request, _ parts: [String]) async -> Reply {
        var reply = Reply(200, type: "image/svg+xml", body: Array(Self.image.utf8))
        reply.set("cache-control", "public, max-age=86400")
        return reply
    }
}
