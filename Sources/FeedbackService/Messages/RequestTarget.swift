package import QuestionnaireModel

/// Where a request is addressed: path segments decoded one by one, so that `%2F` never divides them, and the query.
package struct RequestTarget: Sendable, Equatable {
    /// The path's segments, decoded; `/` alone has none.
    package let segments: [String]
    /// The query's fields, decoded.
    package let query: FormFields

    /// Reads a request target in origin form, or in absolute form for the same host (RFC 9112 section 3.2).
    package init(_ raw: String, host: String?) throws(Refusal) {
        let bytes = Array(raw.utf8)
        // RFC 3986 allows visible ASCII only; a fragment is never sent.
        guard bytes.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "#") }) else {
            throw .malformed("The address holds a character that must be escaped.")
        }
        var path = bytes[...]
        if path.first != UInt8(ascii: "/") {
            guard let host,
                let rest = Self.dropping("http://" + host, from: path) ?? Self.dropping("https://" + host, from: path)
            else { throw .malformed("The address is not a path on this server.") }
            path = rest
        }
        let mark = path.firstIndex(of: UInt8(ascii: "?"))
        query = try mark.map { mark throws(Refusal) in try PercentDecoding.fields(path[(mark + 1)...]) } ?? FormFields()
        var segments: [String] = []
        for segment in path[..<(mark ?? path.endIndex)].dropFirst().split(
            separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        {
            segments.append(try PercentDecoding.segment(segment))
        }
        self.segments = segments == [""] ? [] : segments
    }

    private static func dropping(_ prefix: String, from bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard bytes.starts(with: prefix.utf8) else { return nil }
        let rest = bytes.dropFirst(prefix.utf8.count)
        return rest.first == UInt8(ascii: "/") ? rest : nil
    }
}
