#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Writes bytes into lent memory; what does not fit is left out and noted, so that the caller can begin again with
/// more room.
///
/// The pointer is only used within the closure that lent it, and no store is made without checking the room first.
struct LineWriter {
    private let base: UnsafeMutableRawPointer
    private let capacity: Int
    /// How many bytes have been written.
    private(set) var count = 0
    /// Whether something did not fit.
    private(set) var isFull = false
    /// How many characters that XML cannot hold were replaced.
    private(set) var replaced = 0

    init(_ buffer: UnsafeMutableBufferPointer<UInt8>) {
        guard let base = buffer.baseAddress else { preconditionFailure("a buffer with room has an address") }
        self.base = UnsafeMutableRawPointer(base)
        capacity = buffer.count
    }

    /// Takes back everything after an earlier state; that something did not fit is remembered.
    mutating func rewind(to earlier: LineWriter) {
        let wasFull = isFull
        self = earlier
        isFull = wasFull
    }

    @inline(__always)
    private mutating func hasRoom(_ more: Int) -> Bool {
        if capacity - count >= more { return true }
        isFull = true
        return false
    }

    /// Markup of our own.
    @inline(__always)
    mutating func put(_ literal: StaticString) {
        let length = literal.utf8CodeUnitCount
        guard hasRoom(length) else { return }
        memcpy(base + count, literal.utf8Start, length)
        count += length
    }

    /// Bytes that are safe as they are.
    @inline(__always)
    mutating func put(_ bytes: [UInt8]) {
        guard hasRoom(bytes.count) else { return }
        bytes.withUnsafeBytes { if let source = $0.baseAddress { memcpy(base + count, source, $0.count) } }
        count += bytes.count
    }

    /// Bytes of the line that are safe as they are.
    @inline(__always)
    mutating func put(_ line: LineScanner, _ range: Range<Int>) {
        precondition(range.upperBound <= line.end)
        guard hasRoom(range.count) else { return }
        memcpy(base + count, line.base + range.lowerBound, range.count)
        count += range.count
    }

    /// Copies a JSON string's inside up to its quote, escaped for XML, and steps over the quote.
    ///
    /// False where the string holds something that only the careful reader can judge; nothing is then sure but the
    /// rewind.
    @inline(__always)
    mutating func copyString(_ line: inout LineScanner, inAttribute: Bool) -> Bool {
        while line.at < line.end {
            let word = line.word(at: line.at)
            let special = SpecialBytes.find(in: word, withDelete: inAttribute)
            // The whole word is stored; what lies beyond the plain bytes is overwritten by what follows.
            guard hasRoom(8) else { return true }
            base.storeBytes(of: word.littleEndian, toByteOffset: count, as: UInt64.self)
            if special == 0 {
                line.at += 8
                count += 8
                continue
            }
            let plain = special.trailingZeroBitCount / 8
            line.at += plain
            count += plain
            guard let byte = line.next else { return false }
            if byte == UInt8(ascii: "\"") {
                line.at += 1
                return true
            }
            guard copySpecial(byte, &line, inAttribute: inAttribute) else { return false }
        }
        return false
    }

    private mutating func copySpecial(_ byte: UInt8, _ line: inout LineScanner, inAttribute: Bool) -> Bool {
        if byte >= 0x80 { return copyMultibyte(&line) }
        line.at += 1
        switch byte {
        case UInt8(ascii: "&"): put("&amp;")
        case UInt8(ascii: "<"): put("&lt;")
        case UInt8(ascii: ">"): put("&gt;")
        case UInt8(ascii: "\\"):
            guard let escaped = line.next else { return false }
            line.at += 1
            switch escaped {
            case UInt8(ascii: "\""): if inAttribute { put("&quot;") } else { put("\"") }
            case UInt8(ascii: "\\"): put("\\")
            case UInt8(ascii: "/"): put("/")
            case UInt8(ascii: "n"): if inAttribute { put("&#10;") } else { put("\n") }
            case UInt8(ascii: "t"): if inAttribute { put("&#9;") } else { put("\t") }
            case UInt8(ascii: "r"): put("&#13;")
            default: return false
            }
        // Control characters cannot stand in JSON; DEL cannot stand in an id.
        default: return false
        }
        return true
    }

    /// Copies a run of characters beyond ASCII, checked to be UTF-8 (RFC 3629) and allowed in XML.
    private mutating func copyMultibyte(_ line: inout LineScanner) -> Bool {
        while let lead = line.next, lead >= 0x80 {
            let length: Int
            switch lead {
            case 0xC2...0xDF: length = 2
            case 0xE0...0xEF: length = 3
            case 0xF0...0xF4: length = 4
            default: return false
            }
            guard line.at + length <= line.end else { return false }
            let word = line.word(at: line.at)
            let second = UInt8(truncatingIfNeeded: word >> 8)
            let lowest: UInt8 = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80
            let highest: UInt8 = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF
            guard second >= lowest, second <= highest else { return false }
            if length >= 3 {
                guard word >> 16 & 0xC0 == 0x80 else { return false }
                // U+FFFE and U+FFFF cannot stand in XML; the careful writer replaces and counts them.
                if word & 0xFF_FFFF == 0xBE_BFEF || word & 0xFF_FFFF == 0xBF_BFEF { return false }
            }
            if length == 4, word >> 24 & 0xC0 != 0x80 { return false }
            guard hasRoom(8) else { return true }
            base.storeBytes(of: word.littleEndian, toByteOffset: count, as: UInt64.self)
            count += length
            line.at += length
        }
        return true
    }

    /// Text from anywhere, escaped; what XML 1.0 (section 2.2) cannot hold becomes U+FFFD and is counted.
    mutating func escaped(_ text: some StringProtocol, inAttribute: Bool) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": put("&amp;")
            case "<": put("&lt;")
            case ">": put("&gt;")
            case "\"": if inAttribute { put("&quot;") } else { put("\"") }
            case "\n": if inAttribute { put("&#10;") } else { put("\n") }
            case "\t": if inAttribute { put("&#9;") } else { put("\t") }
            // A literal carriage return would be read back as a line feed (XML 1.0 section 2.11).
            case "\r": put("&#13;")
            case "\u{0}"..<"\u{20}", "\u{FFFE}", "\u{FFFF}":
                put("\u{FFFD}")
                replaced += 1
            default:
                guard let bytes = UTF8.encode(scalar), hasRoom(4) else { continue }
                for byte in bytes {
                    base.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
                    count += 1
                }
            }
        }
    }

    /// An attribute, where there is a value.
    mutating func attribute(_ name: StaticString, _ value: String?) {
        guard let value else { return }
        put(" ")
        put(name)
        put("=\"")
        escaped(value, inAttribute: true)
        put("\"")
    }
}
