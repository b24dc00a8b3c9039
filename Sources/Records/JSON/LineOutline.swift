/// The top-level members of a line, found in one pass that also proves the line to be JSON (RFC 8259) in UTF-8.
///
/// It makes nothing, so that millions of lines can be indexed; what it accepts, `JSONParser` reads, but for repeated
/// keys.
package struct LineOutline {
    private static let deepest = 32
    private let bytes: ArraySlice<UInt8>
    private var index: Int

    private init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        index = bytes.startIndex
    }

    /// Calls back with each top-level key and value as indices of the line, quotes left out; false when it is no JSON
    /// object.
    package static func scan(
        _ line: ArraySlice<UInt8>, _ member: (_ key: Range<Int>, _ value: Range<Int>) -> Void
    ) -> Bool {
        var outline = LineOutline(line)
        outline.space()
        guard outline.object(0, member) else { return false }
        outline.space()
        return outline.index == line.endIndex
    }

    private var byte: UInt8? { index < bytes.endIndex ? bytes[index] : nil }

    private mutating func take(_ expected: UInt8) -> Bool {
        guard byte == expected else { return false }
        index += 1
        return true
    }

    private mutating func space() {
        while let byte, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { index += 1 }
    }

    private mutating func value(_ depth: Int) -> Bool {
        guard depth < Self.deepest, let byte else { return false }
        switch byte {
        case UInt8(ascii: "\""): return string()
        case UInt8(ascii: "{"): return object(depth) { _, _ in }
        case UInt8(ascii: "["): return array(depth)
        case UInt8(ascii: "t"): return word("true")
        case UInt8(ascii: "f"): return word("false")
        case UInt8(ascii: "n"): return word("null")
        default: return number()
        }
    }

    private mutating func object(_ depth: Int, _ member: (Range<Int>, Range<Int>) -> Void) -> Bool {
        guard take(UInt8(ascii: "{")) else { return false }
        space()
        if take(UInt8(ascii: "}")) { return true }
        while true {
            space()
            let keyStart = index + 1
            guard string() else { return false }
            let key = keyStart..<index - 1
            space()
            guard take(UInt8(ascii: ":")) else { return false }
            space()
            let isString = byte == UInt8(ascii: "\"")
            let start = index
            guard value(depth + 1) else { return false }
            member(key, isString ? start + 1..<index - 1 : start..<index)
            space()
            if take(UInt8(ascii: ",")) { continue }
            return take(UInt8(ascii: "}"))
        }
    }

    private mutating func array(_ depth: Int) -> Bool {
        index += 1
        space()
        if take(UInt8(ascii: "]")) { return true }
        while true {
            space()
            guard value(depth + 1) else { return false }
            space()
            if take(UInt8(ascii: ",")) { continue }
            return take(UInt8(ascii: "]"))
        }
    }

    private mutating func word(_ word: StaticString) -> Bool {
        for place in 0..<word.utf8CodeUnitCount where !take(word.utf8Start[place]) { return false }
        return true
    }

    private mutating func number() -> Bool {
        _ = take(UInt8(ascii: "-"))
        let leadingZero = byte == UInt8(ascii: "0")
        let whole = digits()
        guard whole > 0, !(leadingZero && whole > 1) else { return false }
        if take(UInt8(ascii: ".")), digits() == 0 { return false }
        guard byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") else { return true }
        index += 1
        if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
        return digits() > 0
    }

    private mutating func digits() -> Int {
        let start = index
        while let byte, (48...57).contains(byte) { index += 1 }
        return index - start
    }

    private mutating func string() -> Bool {
        guard take(UInt8(ascii: "\"")) else { return false }
        let end = bytes.endIndex
        while index < end {
            let byte = bytes[index]
            index += 1
            if byte == UInt8(ascii: "\"") { return true }
            if byte == UInt8(ascii: "\\") {
                if !escape() { return false }
            } else if byte >= 0x80 {
                if !scalar(from: byte) { return false }
            } else if byte < 0x20 {
                return false
            }
        }
        return false
    }

    private mutating func escape() -> Bool {
        guard let byte else { return false }
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return true
        case UInt8(ascii: "u"):
            guard let high = hex() else { return false }
            if (0xDC00...0xDFFF).contains(high) { return false }
            guard (0xD800...0xDBFF).contains(high) else { return true }
            guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")), let low = hex() else { return false }
            return (0xDC00...0xDFFF).contains(low)
        default: return false
        }
    }

    private mutating func hex() -> Int? {
        var value = 0
        for _ in 0..<4 {
            guard let byte, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
            value = value << 4 | digit
            index += 1
        }
        return value
    }

    /// The rest of a character of several bytes (Unicode, table 3-7: well-formed UTF-8).
    private mutating func scalar(from lead: UInt8) -> Bool {
        let second: ClosedRange<UInt8>
        let more: Int
        switch lead {
        case 0xC2...0xDF: (second, more) = (0x80...0xBF, 0)
        case 0xE0: (second, more) = (0xA0...0xBF, 1)
        case 0xED: (second, more) = (0x80...0x9F, 1)
        case 0xE1...0xEF: (second, more) = (0x80...0xBF, 1)
        case 0xF0: (second, more) = (0x90...0xBF, 2)
        case 0xF4: (second, more) = (0x80...0x8F, 2)
        case 0xF1...0xF3: (second, more) = (0x80...0xBF, 2)
        default: return false
        }
        guard let byte, second.contains(byte) else { return false }
        index += 1
        for _ in 0..<more {
            guard let byte = self.byte, (0x80...0xBF).contains(byte) else { return false }
            index += 1
        }
        return true
    }
}
