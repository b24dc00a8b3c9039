package import QuestionnaireModel

/// A request that keeps the rules of HTTP, whole: what a route answers.
package struct Request: Sendable {
    /// What is asked for; HEAD is answered as GET, and the transport leaves the body out.
    package enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
    }

    /// The method; nil for one that no route here takes.
    package let method: Method?
    /// Path and query.
    package let target: RequestTarget
    /// The header fields.
    package let headers: Headers
    /// The whole body.
    package let body: [UInt8]
    /// The address of the other end of the connection, without a port.
    package let peer: String

    /// Checks what came over the wire: the target, and exactly one valid Host (RFC 9112 section 3.2).
    package init(
        method: String, target: String, headers: Headers, body: [UInt8] = [], peer: String, needsHost: Bool = true
    ) throws(Refusal) {
        let hosts = headers.values("host")
        guard hosts.count == 1 || (hosts.isEmpty && !needsHost), hosts.allSatisfy(isHost) else {
            throw .malformed("The request must name exactly one host.")
        }
        self.method = method == "HEAD" ? .get : Method(rawValue: method)
        self.target = try RequestTarget(target, host: hosts.first)
        self.headers = headers
        self.body = body
        self.peer = peer
    }

    /// The fields of the form in the body.
    package func form() throws(Refusal) -> FormFields {
        guard isForm else { throw .unsupportedType }
        return try PercentDecoding.fields(body[...])
    }

    private static let formType = "application/x-www-form-urlencoded"

    private var isForm: Bool {
        guard let type = headers["content-type"] else { return body.isEmpty }
        if type == Self.formType { return true }
        return type.prefix { $0 != ";" }.trimmed.lowercased() == Self.formType
    }

    /// The value of a cookie; nil when it was sent twice with different values, or not at all.
    package func cookie(_ name: String) -> String? {
        let values = headers.values("cookie").flatMap { $0.split(separator: ";") }.compactMap { pair -> Substring? in
            let pair = pair.trimmed
            guard pair.hasPrefix(name), pair.dropFirst(name.count).first == "=" else { return nil }
            return pair.dropFirst(name.count + 1)
        }
        guard let first = values.first, values.allSatisfy({ $0 == first }) else { return nil }
        return String(first)
    }
}

/// Whether a Host header is a name or address with an optional port (RFC 3986 section 3.2.2); it is never put into a
/// link.
private func isHost(_ text: String) -> Bool {
    guard (1...255).contains(text.utf8.count) else { return false }
    var name = text.utf8[...]
    if let colon = name.lastIndex(of: UInt8(ascii: ":")), !name[colon...].contains(UInt8(ascii: "]")) {
        guard name[colon...].dropFirst().allSatisfy({ (48...57).contains($0) }), name[colon...].count <= 6 else {
            return false
        }
        name = name[..<colon]
    }
    if name.first == UInt8(ascii: "["), name.last == UInt8(ascii: "]") {
        let inner = name.dropFirst().dropLast()
        return !inner.isEmpty && inner.allSatisfy { "0123456789abcdefABCDEF:.".utf8.contains($0) }
    }
    return !name.isEmpty
        && name.allSatisfy {
            (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || "-._~".utf8.contains($0)
        }
}
