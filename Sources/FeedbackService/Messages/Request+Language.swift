internal import Feedback

extension Request {
    /// The languages the client prefers, best first (RFC 9110 section 12.5.4); at most ten are read.
    var acceptedLanguages: [LanguageTag] {
        let wishes = headers.tokens("accept-language").prefix(10).compactMap {
            token -> (tag: LanguageTag, weight: Double)? in
            let parts = token.split(separator: ";")
            guard let first = parts.first, let tag = LanguageTag(String(first.trimmed)) else { return nil }
            let weight = parts.dropFirst().lazy.map(\.trimmed).first { $0.hasPrefix("q=") }.map {
                Double($0.dropFirst(2)) ?? 0
            }
            return (tag, weight ?? 1)
        }
        let wanted = wishes.enumerated().filter { $0.element.weight > 0 }
        return wanted.sorted { ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset) }.map(\.element.tag)
    }
}
