/// A piece of text that has been checked once and names one thing.
package protocol Identifier: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The checked text.
    var rawValue: String { get }
    /// The identifier, or nil when the text breaks its rule.
    init?(_ text: String)
}

extension Identifier {
    package static func < (left: Self, right: Self) -> Bool {
        left.rawValue.utf8.lexicographicallyPrecedes(right.rawValue.utf8)
    }
    package var description: String { rawValue }
}

/// A survey's id: `[a-z][a-z0-9-]*`, at most 64 bytes; also a folder's name.
package struct SurveyID: Identifier {
    package let rawValue: String
    package init?(_ text: String) {
        guard isDefinitionName(text) else { return nil }
        rawValue = text
    }
}

/// A survey's version as its author numbers it: letters, digits, dots and dashes, at most 32 bytes; also a file's name.
package struct SurveyVersion: Identifier {
    package let rawValue: String
    package init?(_ text: String) {
        guard (1...32).contains(text.utf8.count), let first = text.utf8.first, isAlphanumeric(first),
            text.utf8.allSatisfy({ isAlphanumeric($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") })
        else { return nil }
        rawValue = text
    }
}

/// A question's id within its survey: `[a-z][a-z0-9-]*`, at most 64 bytes.
package struct QuestionID: Identifier {
    package let rawValue: String
    package init?(_ text: String) {
        guard isDefinitionName(text) else { return nil }
        rawValue = text
    }
}

/// A page's id within its survey: `[a-z][a-z0-9-]*`, at most 64 bytes.
package struct PageID: Identifier {
    package let rawValue: String
    package init?(_ text: String) {
        guard isDefinitionName(text) else { return nil }
        rawValue = text
    }
}

/// A response's id, equal to its invitation's where there is one: `[A-Za-z0-9_-]{1,64}`.
package struct ResponseID: Identifier {
    package let rawValue: String
    package init?(_ text: String) {
        guard (1...64).contains(text.utf8.count),
            text.utf8.allSatisfy({ isAlphanumeric($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") })
        else { return nil }
        rawValue = text
    }
}

/// An account's id as the customer's own systems write it: 1 to 128 bytes without control characters.
package struct AccountID: Identifier {
    package let rawValue: String
    package init?(_ text: String) {
        guard isForeignKey(text) else { return nil }
        rawValue = text
    }
}

/// A contact's id as the customer's own systems write it: 1 to 128 bytes without control characters.
package struct ContactID: Identifier {
    package let rawValue: String
    package init?(_ text: String) {
        guard isForeignKey(text) else { return nil }
        rawValue = text
    }
}

private func isAlphanumeric(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
}

private func isDefinitionName(_ text: String) -> Bool {
    guard (1...64).contains(text.utf8.count), let first = text.utf8.first, (97...122).contains(first) else {
        return false
    }
    return text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "-") }
}

private func isForeignKey(_ text: String) -> Bool {
    (1...128).contains(text.utf8.count) && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
}
