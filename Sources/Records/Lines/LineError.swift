/// Why a line of a journal cannot be used; it is kept as it is and left out of every number.
package struct LineError: Error, Equatable, CustomStringConvertible {
    /// What is wrong, in words.
    package let reason: String
    /// Whether the line was written by a newer heed, so that reading on would be guessing.
    package let isNewer: Bool

    /// Why a line cannot be used.
    package init(_ reason: String, isNewer: Bool = false) {
        self.reason = reason
        self.isNewer = isNewer
    }

    /// The reason.
    package var description: String { reason }
}

extension JSONValue {
    /// The text of a required key.
    package func required(_ key: String) throws(LineError) -> String {
        guard let text = self[key]?.string else { throw LineError("\"\(key)\" is missing or not a text") }
        return text
    }

    /// The checked value of a required key.
    package func required<T>(_ key: String, _ make: (String) -> T?) throws(LineError) -> T {
        let text = try required(key)
        guard let value = make(text) else { throw LineError("\"\(key)\" cannot be \"\(text)\"") }
        return value
    }

    /// The checked value of a key that may be left out.
    package func optional<T>(_ key: String, _ make: (String) -> T?) throws(LineError) -> T? {
        guard let value = self[key], value != .null else { return nil }
        guard let text = value.string, let made = make(text) else {
            throw LineError("\"\(key)\" is not what it should be")
        }
        return made
    }

    /// Members under keys that this heed does not know, to be kept.
    package func unknown(besides known: Set<String>) -> [Member] {
        (members ?? []).filter { !known.contains($0.key) }
    }
}
