/// Finds the route for a path, segment by segment.
struct RouteTable: Sendable {
    /// What was found for a path.
    enum Match {
        /// A route, with the path's variable segments.
        case route(any Route, [String])
        /// The path is there, but not for this method; what it takes, for the Allow header.
        case otherMethods(String)
        /// Nothing is there.
        case nothing
    }

    private let entries: [(segments: [String?], route: any Route)]

    init(_ routes: [any Route]) {
        entries = routes.map { route in
            (route.path.split(separator: "/").map { $0 == "{}" ? nil : String($0) }, route)
        }
    }

    func match(_ method: Request.Method?, _ segments: [String]) -> Match {
        for (pattern, route) in entries where pattern.count == segments.count {
            guard zip(pattern, segments).allSatisfy({ $0 == nil || $0 == $1 }) else { continue }
            guard let method, route.methods.contains(method) else {
                return .otherMethods(route.methods.map { $0 == .get ? "GET, HEAD" : $0.rawValue }.joined(separator: ", "))
            }
            return .route(route, zip(pattern, segments).filter { $0.0 == nil }.map(\.1))
        }
        return .nothing
    }
}
