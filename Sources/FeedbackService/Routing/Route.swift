/// One address of the service and what it answers: one file under `Routes/` and one line in the endpoint's table.
///
/// An implementer answers every method it lists, changes no answer, right or outcome on GET, and never lets what was
/// typed out unescaped.
protocol Route: Sendable {
    /// The path, with `{}` for each segment that is handed to the route, such as `/s/{}/{}`.
    var path: String { get }
    /// The methods it takes; HEAD goes with GET.
    var methods: [Request.Method] { get }
    /// What kind of page it is, which decides the protective headers.
    var surroundings: Surroundings { get }
    /// The answer; what was wrong with the request itself is thrown.
    func reply(to request: Request, _ parts: [String]) async throws(Refusal) -> Reply
}

extension Route {
    var methods: [Request.Method] { [.get] }
}
