/// Writes text into bytes so that it stays text, whatever it holds.
package enum Escaping {
    /// Appends text for element content or a quoted attribute of HTML: `& < > " '` become references.
    @inlinable
    package static func appendHTML(_ text: some StringProtocol, to bytes: inout [UInt8]) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): bytes.append(contentsOf: "&amp;".utf8)
            case UInt8(ascii: "<"): bytes.append(contentsOf: "&lt;".utf8)
            case UInt8(ascii: ">"): bytes.append(contentsOf: "&gt;".utf8)
            case UInt8(ascii: "\""): bytes.append(contentsOf: "&quot;".utf8)
            case UInt8(ascii: "'"): bytes.append(contentsOf: "&#39;".utf8)
            default: bytes.append(byte)
            }
        }
    }

    /// Appends text as XML 1.0 content; what XML cannot hold (section 2.2, `Char`) becomes U+FFFD.
    package static func appendXMLText(_ text: some StringProtocol, to bytes: inout [UInt8]) {
        appendXML(text, to: &bytes, inAttribute: false)
    }

    /// Appends text as a double-quoted XML 1.0 attribute value; white space other than a space becomes a reference.
    package static func appendXMLAttribute(_ text: some StringProtocol, to bytes: inout [UInt8]) {
        appendXML(text, to: &bytes, inAttribute: true)
    }

    private static func appendXML(_ text: some StringProtocol, to bytes: inout [UInt8], inAttribute: Bool) {
        var utf8 = Array(text.utf8)[...]
        while let byte = utf8.popFirst() {
            switch byte {
            case UInt8(ascii: "&"): bytes.append(contentsOf: "&amp;".utf8)
            case UInt8(ascii: "<"): bytes.append(contentsOf: "&lt;".utf8)
            case UInt8(ascii: ">"): bytes.append(contentsOf: "&gt;".utf8)
            case UInt8(ascii: "\"") where inAttribute: bytes.append(contentsOf: "&quot;".utf8)
            case UInt8(ascii: "\n") where inAttribute: bytes.append(contentsOf: "&#10;".utf8)
            case UInt8(ascii: "\t") where inAttribute: bytes.append(contentsOf: "&#9;".utf8)
            // A literal carriage return would be read back as a line feed (XML 1.0 section 2.11).
            case UInt8(ascii: "\r"): bytes.append(contentsOf: "&#13;".utf8)
            case UInt8(ascii: "\n"), UInt8(ascii: "\t"): bytes.append(byte)
            case 0..<0x20: bytes.append(contentsOf: "\u{FFFD}".utf8)
            case 0xEF where utf8.starts(with: [0xBF, 0xBE]) || utf8.starts(with: [0xBF, 0xBF]):
                utf8 = utf8.dropFirst(2)
                bytes.append(contentsOf: "\u{FFFD}".utf8)
            default: bytes.append(byte)
            }
        }
    }

    /// Text safe for one line of a terminal or a log: control characters become visible escapes.
    package static func visible(_ text: some StringProtocol) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
            let turnsLine = scalar.value == 0x2028 || scalar.value == 0x2029
            if isControl || turnsLine || turnsDirection(scalar) {
                result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Whether a scalar turns the direction of what follows it (Unicode UAX 9: embeddings, overrides and isolates).
    package static func turnsDirection(_ scalar: Unicode.Scalar) -> Bool {
        (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
    }

    /// Text without what would turn the direction of the words around it; a name needs none of that to be read.
    package static func withoutDirectionTurns(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: turnsDirection) else { return text }
        var kept = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where !turnsDirection(scalar) { kept.append(scalar) }
        return String(kept)
    }
}
