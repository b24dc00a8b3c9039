package import QuestionnaireModel

/// Strict decoding of `%XX` (RFC 3986 section 2.1) and of forms (WHATWG URL, application/x-www-form-urlencoded).
///
/// A bad escape, a NUL and anything that is not UTF-8, overlong forms included, is refused.
package enum PercentDecoding {
    /// The most fields of one form or query.
    package static let mostFields = 500

    /// One segment of a path, decoded.
    package static func segment(_ bytes: ArraySlice<UInt8>) throws(Refusal) -> String {
        var scratch: [UInt8] = []
        return try decode(bytes, plusIsSpace: false, &scratch)
    }

    /// The fields of a form or query, in order; CR LF becomes LF in values.
    package static func fields(_ bytes: ArraySlice<UInt8>) throws(Refusal) -> FormFields {
        var fields = FormFields()
        var scratch: [UInt8] = []
        var start = bytes.startIndex
        while start < bytes.endIndex {
            var equals: Int?
            var end = start
            while end < bytes.endIndex, bytes[end] != UInt8(ascii: "&") {
                if equals == nil, bytes[end] == UInt8(ascii: "=") { equals = end }
                end += 1
            }
            if end > start {
                if fields.fields.count == mostFields { throw .tooLarge }
                let name = try decode(bytes[start..<(equals ?? end)], plusIsSpace: true, &scratch)
                let value = try decode(bytes[(equals.map { $0 + 1 } ?? end)..<end], plusIsSpace: true, &scratch)
                fields.append(name, value)
            }
            start = end + 1
        }
        return fields
    }

    private static func decode(
        _ bytes: ArraySlice<UInt8>, plusIsSpace: Bool, _ scratch: inout [UInt8]
    ) throws(Refusal) -> String {
        scratch.removeAll(keepingCapacity: true)
        var index = bytes.startIndex
        var all: UInt8 = 0
        // A line ends with CR LF in forms, in some texts with CR alone; here it ends with LF.
        var before: UInt8 = 0
        while index < bytes.endIndex {
            var byte = bytes[index]
            index += 1
            if byte == UInt8(ascii: "%") {
                guard index + 1 < bytes.endIndex, let high = hexadecimal(bytes[index]),
                    let low = hexadecimal(bytes[index + 1])
                else { throw .malformed("A percent sign is not followed by two hexadecimal digits.") }
                byte = high << 4 | low
                index += 2
            } else if byte == UInt8(ascii: "+"), plusIsSpace {
                byte = UInt8(ascii: " ")
            }
            all |= byte
            switch byte {
            case 0: throw .malformed("A NUL character cannot be taken.")
            case UInt8(ascii: "\r") where plusIsSpace: scratch.append(UInt8(ascii: "\n"))
            case UInt8(ascii: "\n") where before == UInt8(ascii: "\r") && plusIsSpace: break
            default: scratch.append(byte)
            }
            before = byte
        }
        // ASCII needs no validating, and most of what is sent is ASCII.
        if all < 0x80 { return String(decoding: scratch, as: UTF8.self) }
        guard let text = String(validating: scratch, as: UTF8.self) else { throw .malformed("The text is not UTF-8.") }
        return text
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
