internal import Diagnostics

/// A look over a document's bytes before libxml2 sees them: what is refused without being parsed.
///
/// It knows just enough of XML's lexical structure (tags, quotes, comments, CDATA) to find what it refuses, with its
/// place.
/// On bytes that are not well-formed it may stop early: libxml2 then says what is wrong.
struct ByteScan {
    private let source: SourceText
    private let limits: XMLLimits
    private var diagnostics: [Diagnostic] = []

    /// What is refused, empty when the document may be parsed.
    static func refusals(in source: SourceText, limits: XMLLimits) -> [Diagnostic] {
        if source.bytes.count > limits.bytes {
            return [
                Diagnostic(
                    .unreadableFile, file: source.file,
                    message: "The file has \(source.bytes.count) bytes; at most \(limits.bytes) are read.")
            ]
        }
        var scan = ByteScan(source: source, limits: limits)
        if scan.refusesMark() { return scan.diagnostics }
        scan.walk()
        // What is refused early needs no look at the rest.
        if scan.diagnostics.isEmpty { scan.judgeEncoding() }
        return scan.diagnostics
    }

    private init(source: SourceText, limits: XMLLimits) {
        self.source = source
        self.limits = limits
    }

    // MARK: Encoding

    private mutating func refusesMark() -> Bool {
        guard source.bytes.starts(with: [0xFE, 0xFF]) || source.bytes.starts(with: [0xFF, 0xFE]) else { return false }
        refuse(.notUTF8, 0..<2, "The file is UTF-16.", help: "Save it as UTF-8.")
        return true
    }

    private mutating func judgeEncoding() {
        let bytes = source.bytes
        if let bad = bytes.withUnsafeBufferPointer({ Self.firstInvalidByte($0) }) {
            refuse(
                .notUTF8, bad..<bad + 1, "Here the file stops being UTF-8 text.",
                help: "Save it as UTF-8; this byte is \(Self.hexadecimal(bytes[bad])).")
            return
        }
        if let declared = declared("version"), !bytes[declared].elementsEqual("1.0".utf8) {
            let name = String(decoding: bytes[declared], as: UTF8.self)
            refuse(
                .notWellFormed, declared, "The file declares XML \(name); heed reads XML 1.0 only.",
                help: "Write version=\"1.0\": all that 1.1 adds is control characters, which no survey needs.")
            return
        }
        guard let declared = declared("encoding") else { return }
        let name = String(decoding: bytes[declared], as: UTF8.self)
        if name.lowercased() == "utf-8" { return }
        refuse(
            .notUTF8, declared, "The file declares the encoding \"\(name)\"; heed reads UTF-8 only.",
            help: "Save it as UTF-8 and write encoding=\"UTF-8\".")
    }

    /// The offset of the first byte that breaks UTF-8 or is a control character that XML 1.0 (section 2.2) forbids.
    private static func firstInvalidByte(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte < 0x80 {
                if byte < 0x20, byte != 0x0A, byte != 0x0D, byte != 0x09 { return index }
                index += 1
                continue
            }
            let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
            guard byte >= 0xC2, byte <= 0xF4, index + length <= bytes.count else { return index }
            // RFC 3629 section 4: the second byte also rules out overlong forms, surrogates and what is past U+10FFFF.
            let second = bytes[index + 1]
            let least: UInt8 = byte == 0xE0 ? 0xA0 : byte == 0xF0 ? 0x90 : 0x80
            let most: UInt8 = byte == 0xED ? 0x9F : byte == 0xF4 ? 0x8F : 0xBF
            guard least...most ~= second else { return index }
            for offset in 2..<max(length, 2) where bytes[index + offset] & 0xC0 != 0x80 { return index }
            index += length
        }
        return nil
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return "0x" + (digits.count < 2 ? "0" : "") + digits
    }

    /// The bytes of a value in the XML declaration, if it is there.
    private func declared(_ name: StaticString) -> Range<Int>? {
        let start = source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        guard source.bytes[start...].starts(with: "<?xml".utf8),
            let end = find("?>", from: start), let word = find(name, from: start), word < end,
            let quote = source.bytes[word..<end].firstIndex(where: {
                $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'")
            }),
            let close = source.bytes[(quote + 1)..<end].firstIndex(of: source.bytes[quote])
        else { return nil }
        return quote + 1..<close
    }

    // MARK: Structure

    private mutating func walk() {
        let bytes = source.bytes
        var index = 0
        var depth = 0
        var elements = 0
        var text = (start: 0, pieces: 0)
        while index < bytes.count, let open = bytes[index...].firstIndex(of: UInt8(ascii: "<")), open + 1 < bytes.count
        {
            let end: Int?
            text.pieces += Self.count(of: UInt8(ascii: "&"), in: bytes[index..<open])
            if text.pieces > limits.textPieces || open - text.start > limits.textBytes {
                refuse(
                    .tooMuch, text.start..<text.start + 1,
                    "The text that begins here is longer than \(limits.textBytes) bytes, or of more than \(limits.textPieces) pieces."
                )
                return
            }
            switch bytes[open + 1] {
            case UInt8(ascii: "!"):
                text.pieces += 1
                if starts(with: "<!--", at: open) {
                    end = find("-->", from: open + 4).map { $0 + 3 }
                } else if starts(with: "<![CDATA[", at: open) {
                    end = find("]]>", from: open + 9).map { $0 + 3 }
                } else if starts(with: "<!DOCTYPE", at: open) {
                    refuse(
                        .doctype, open..<open + 9, "A DOCTYPE is not allowed here.",
                        help: "Remove it; the namespace says what the file is.")
                    return
                } else {
                    return
                }
            case UInt8(ascii: "?"):
                end = find("?>", from: open + 2).map { $0 + 2 }
                if !isDeclaration(at: open) {
                    let name =
                        open
                        + 2..<(bytes[(open + 2)...].firstIndex { Self.isSpace($0) || $0 == UInt8(ascii: "?") }
                        ?? bytes.count)
                    refuse(
                        .processingInstruction, name,
                        "The processing instruction \"\(String(decoding: bytes[name].prefix(40), as: UTF8.self))\" is not allowed here.",
                        help: "Remove it.")
                    return
                }
            case UInt8(ascii: "/"):
                depth -= 1
                end = bytes[open...].firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 }
                text = (end ?? open, 0)
            default:
                depth += 1
                elements += 1
                if depth > limits.depth {
                    refuse(
                        .tooMuch, open..<open + 1, "Elements stand more than \(limits.depth) deep in one another here.")
                    return
                }
                if elements > limits.elements {
                    refuse(.tooMuch, open..<open + 1, "The file has more than \(limits.elements) elements.")
                    return
                }
                guard let tag = endOfTag(from: open) else { return }
                if tag.attributes > limits.attributes {
                    refuse(.tooMuch, open..<open + 1, "This tag has more than \(limits.attributes) attributes.")
                    return
                }
                if tag.isEmpty { depth -= 1 }
                end = tag.end
                text = (tag.end, 0)
            }
            guard let end else { return }
            index = end
        }
    }

    private func endOfTag(from open: Int) -> (end: Int, isEmpty: Bool, attributes: Int)? {
        source.bytes.withUnsafeBufferPointer { bytes in
            var index = open + 1
            var attributes = 0
            var quote: UInt8 = 0
            while index < bytes.count {
                let byte = bytes[index]
                if quote != 0 {
                    if byte == quote { quote = 0 }
                } else if byte == UInt8(ascii: ">") {
                    return (index + 1, bytes[index - 1] == UInt8(ascii: "/"), attributes)
                } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                    quote = byte
                } else if byte == UInt8(ascii: "=") {
                    attributes += 1
                }
                index += 1
            }
            return attributes > limits.attributes ? (index, true, attributes) : nil
        }
    }

    /// The XML declaration can only stand at the very start, after a byte order mark.
    private func isDeclaration(at open: Int) -> Bool {
        let start = source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        return open == start && starts(with: "<?xml", at: open) && open + 5 < source.bytes.count
            && Self.isSpace(source.bytes[open + 5])
    }

    private func starts(with text: StaticString, at index: Int) -> Bool {
        let end = index + text.utf8CodeUnitCount
        guard end <= source.bytes.count else { return false }
        return text.withUTF8Buffer { source.bytes[index..<end].elementsEqual($0) }
    }

    private func find(_ text: StaticString, from start: Int) -> Int? {
        let first = text.withUTF8Buffer { $0[0] }
        var index = start
        while index < source.bytes.count, let next = source.bytes[index...].firstIndex(of: first) {
            if starts(with: text, at: next) { return next }
            index = next + 1
        }
        return nil
    }

    private static func count(of byte: UInt8, in bytes: ArraySlice<UInt8>) -> Int {
        bytes.withUnsafeBufferPointer { $0.reduce(0) { $0 + ($1 == byte ? 1 : 0) } }
    }

    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

    private mutating func refuse(_ code: DiagnosticCode, _ range: Range<Int>, _ message: String, help: String? = nil) {
        diagnostics.append(Diagnostic(code, in: source, at: range, message: message, help: help))
    }
}
