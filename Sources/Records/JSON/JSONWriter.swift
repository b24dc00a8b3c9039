/// Writes one JSON object a line as DESIGN section 5 has it: no spaces, and only `"`, `\` and U+0000–001F escaped.
package struct JSONWriter: Sendable {
    /// What has been written so far.
    package private(set) var bytes: [UInt8]
    private var needsComma = false

    /// A writer that appends to some bytes.
    package init(appendingTo bytes: [UInt8] = []) { self.bytes = bytes }

    /// A writer with room for some bytes.
    package init(reserving capacity: Int) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    /// Writes an object made by a closure.
    package mutating func object(_ content: (inout JSONWriter) -> Void) {
        separate()
        bytes.append(UInt8(ascii: "{"))
        needsComma = false
        content(&self)
        bytes.append(UInt8(ascii: "}"))
        needsComma = true
    }

    /// Writes an array made by a closure.
    package mutating func array(_ content: (inout JSONWriter) -> Void) {
        separate()
        bytes.append(UInt8(ascii: "["))
        needsComma = false
        content(&self)
        bytes.append(UInt8(ascii: "]"))
        needsComma = true
    }

    /// Writes a key; its value must follow.
    package mutating func key(_ key: some StringProtocol) {
        string(key)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// Writes a string.
    package mutating func string(_ text: some StringProtocol) {
        separate()
        Self.appendString(text, to: &bytes)
        needsComma = true
    }

    /// Writes a whole number.
    package mutating func integer(_ number: some BinaryInteger) { raw(String(number)) }

    /// Writes a number as the shortest decimal that reads back the same; what is not finite is `null`.
    package mutating func number(_ number: Double) {
        if !number.isFinite { return raw("null") }
        // Whole numbers without a fraction part, and never "-0".
        if number == number.rounded(), abs(number) < 1e15 { return raw(String(Int64(number))) }
        raw(number.description)
    }

    /// Writes a boolean.
    package mutating func boolean(_ truth: Bool) { raw(truth ? "true" : "false") }

    /// Writes `null`.
    package mutating func null() { raw("null") }

    /// Writes a value's own text, which must be JSON.
    package mutating func raw(_ json: some StringProtocol) {
        separate()
        bytes.append(contentsOf: json.utf8)
        needsComma = true
    }

    /// Writes a key and its string, where there is one.
    package mutating func member(_ name: String, _ value: String?) {
        guard let value else { return }
        key(name)
        string(value)
    }

    /// Writes a key and its whole number, where there is one.
    package mutating func member(_ name: String, integer value: Int?) {
        guard let value else { return }
        key(name)
        integer(value)
    }

    /// Writes a key and its boolean.
    package mutating func member(_ name: String, boolean value: Bool) {
        key(name)
        boolean(value)
    }

    /// Writes a key and its number, or `null` where it is undefined.
    package mutating func member(_ name: String, number value: Double?) {
        key(name)
        if let value { number(value) } else { null() }
    }

    /// Writes a JSON value as it was read.
    package mutating func value(_ value: JSONValue) {
        switch value {
        case .null: null()
        case .boolean(let truth): boolean(truth)
        case .number(let text): raw(text)
        case .string(let text): string(text)
        case .array(let elements): array { writer in elements.forEach { writer.value($0) } }
        case .object(let members):
            object { writer in
                for member in members {
                    writer.key(member.key)
                    writer.value(member.value)
                }
            }
        }
    }

    /// Ends the line.
    package mutating func endLine() {
        bytes.append(UInt8(ascii: "\n"))
        needsComma = false
    }

    private mutating func separate() { if needsComma { bytes.append(UInt8(ascii: ",")) } }

    private static let hexDigits = Array("0123456789abcdef".utf8)

    /// Appends a quoted string.
    package static func appendString(_ text: some StringProtocol, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        let isDone: Void? = text.utf8.withContiguousStorageIfAvailable { appendEscaped($0, to: &bytes) }
        if isDone == nil { Array(text.utf8).withUnsafeBufferPointer { appendEscaped($0, to: &bytes) } }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Whether one of eight bytes is a quote, a backslash or a control character.
    @inline(__always)
    private static func hasEscape(_ word: UInt64) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quote = word ^ (ones &* 0x22)
        let backslash = word ^ (ones &* 0x5C)
        let found =
            (word &- ones &* 0x20) & ~word | (quote &- ones) & ~quote | (backslash &- ones) & ~backslash
        return found & (ones &* 0x80) != 0
    }

    /// Runs without anything to escape are copied whole.
    private static func appendEscaped(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
        let raw = UnsafeRawBufferPointer(text)
        var start = 0
        var index = 0
        while index < text.count {
            // Eight at a time, while none of them is to be escaped.
            if index + 8 <= text.count, !hasEscape(raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)) {
                index += 8
                continue
            }
            let byte = text[index]
            if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
                index += 1
                continue
            }
            bytes.append(contentsOf: text[start..<index])
            index += 1
            start = index
            switch byte {
            case UInt8(ascii: "\""): bytes.append(contentsOf: [0x5C, 0x22])
            case UInt8(ascii: "\\"): bytes.append(contentsOf: [0x5C, 0x5C])
            case 0x0A: bytes.append(contentsOf: [0x5C, UInt8(ascii: "n")])
            case 0x0D: bytes.append(contentsOf: [0x5C, UInt8(ascii: "r")])
            case 0x09: bytes.append(contentsOf: [0x5C, UInt8(ascii: "t")])
            default:
                bytes.append(contentsOf: "\\u00".utf8)
                bytes.append(hexDigits[Int(byte >> 4)])
                bytes.append(hexDigits[Int(byte & 15)])
            }
        }
        bytes.append(contentsOf: text[start...])
    }
}
