/// Header fields in the order received; names are compared without regard to ASCII case.
package struct Headers: Sendable {
    private let fields: [(name: String, value: String)]

    /// Header fields in the order received.
    package init(_ fields: [(name: String, value: String)] = []) { self.fields = fields }

    /// The first value of a name, if there is one.
    package subscript(name: StaticString) -> String? { fields.first { isSame($0.name, name) }?.value }

    /// Every value of a name, in order.
    package func values(_ name: StaticString) -> [String] {
        fields.lazy.filter { isSame($0.name, name) }.map(\.value)
    }

    /// Every member of a comma-separated header, in lower case, without surrounding white space.
    package func tokens(_ name: StaticString) -> [String] {
        values(name).flatMap { $0.split(separator: ",") }.map { $0.trimmed.lowercased() }
    }
}

/// Compares only ASCII letters without case, so that no other letter passes for one (FAULTS.md section 2).
private func isSame(_ name: String, _ wanted: StaticString) -> Bool {
    guard name.utf8.count == wanted.utf8CodeUnitCount else { return false }
    return wanted.withUTF8Buffer { wanted in
        zip(name.utf8, wanted).allSatisfy { $0 == $1 || ((65...90).contains($0) && $0 | 0x20 == $1) }
    }
}

extension StringProtocol {
    /// The text without spaces and tabs at its ends (RFC 9110 section 5.6.3, optional white space).
    var trimmed: SubSequence {
        let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        guard let first = firstIndex(where: { !isSpace($0) }), let last = lastIndex(where: { !isSpace($0) }) else {
            return self[endIndex...]
        }
        return self[first...last]
    }
}
