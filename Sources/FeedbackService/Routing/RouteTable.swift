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

    /// A class, so that looking at one copies nothing.
    private final class Entry: Sendable {
        let segments: [String?]
        let route: any Route
        let allowed: String

        init(_ route: any Route) {
            segments = route.path.split(separator: "/").map { $0 == "{}" ? nil : String($0) }
            allowed = route.methods.map { $0 == .get ? "GET, HEAD" : $0.rawValue }.joined(separator: ", ")
            self.route = route
        }

        /// The variable segments of a path that this entry is for.
        func parts(of path: [String]) -> [String]? {
            guard path.count == segments.count else { return nil }
            var parts: [String] = []
            for index in segments.indices {
                guard let literal = segments[index] else {
                    parts.append(path[index])
                    continue
                }
                if literal != path[index] { return nil }
            }
            return parts
        }
    }

    private let entries: [Entry]

    init(_ routes: [any Route]) { entries = routes.map(Entry.init) }

    func match(_ method: Request.Method?, _ segments: [String]) -> Match {
        for entry in entries {
            guard let parts = entry.parts(of: segments) else { continue }
            guard let method, entry.route.methods.contains(method) else { return .otherMethods(entry.allowed) }
            return .route(entry.route, parts)
        }
        return .nothing
    }
}
