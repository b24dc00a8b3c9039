/// Walking over stored answers, strictly: what is accepted here, `Answer` reads too.
enum AnswerScanning {
    private static let deepest = 8
    private static let mostKeys = 48

    /// The end of an answer, and its value where it is a whole number; nil when the full parser must decide.
    @inline(__always)
    static func value(_ bytes: RawSpan, from start: Int) -> (end: Int, integer: Int?)? {
        let first = ByteWords.byte(bytes, start)
        let second = ByteWords.byte(bytes, start + 1)
        // One digit and a mark: nearly every score there is.
        if (48...57).contains(first), second == UInt8(ascii: ",") || second == UInt8(ascii: "}") {
            return (start + 1, Int(first - 48))
        }
        if first == 0x22 {
            guard let end = StringScanning.end(bytes, from: start + 1) else { return nil }
            return (end + 1, nil)
        }
        return other(bytes, from: start, depth: 0)
    }

    private static func other(_ bytes: RawSpan, from start: Int, depth: Int) -> (end: Int, integer: Int?)? {
        guard depth < deepest, start + ByteWords.slack <= bytes.byteCount else { return nil }
        switch ByteWords.byte(bytes, start) {
        case 0x22: return StringScanning.end(bytes, from: start + 1).map { ($0 + 1, nil) }
        case UInt8(ascii: "["): return list(bytes, from: start).map { ($0, nil) }
        case UInt8(ascii: "{"): return object(bytes, from: start, depth: depth).map { ($0, nil) }
        default: return number(bytes, from: start)
        }
    }

    /// A whole or decimal number of at most 15 digits, without exponent.
    private static func number(_ bytes: RawSpan, from start: Int) -> (end: Int, integer: Int?)? {
        var at = start
        let isNegative = ByteWords.byte(bytes, at) == UInt8(ascii: "-")
        if isNegative { at += 1 }
        var value = 0
        var digits = 0
        let first = at
        func isDigit(_ at: Int) -> Bool { (48...57).contains(ByteWords.byte(bytes, at)) }
        while digits <= 15, isDigit(at) {
            value = value * 10 + Int(ByteWords.byte(bytes, at) - 48)
            digits += 1
            at += 1
        }
        guard digits > 0, digits <= 15, digits == 1 || ByteWords.byte(bytes, first) != 48 else { return nil }
        var isWhole = true
        if ByteWords.byte(bytes, at) == UInt8(ascii: ".") {
            isWhole = false
            at += 1
            let fraction = at
            while digits <= 15, isDigit(at) {
                digits += 1
                at += 1
            }
            guard at > fraction, digits <= 15 else { return nil }
        }
        // An exponent is no answer's number.
        guard ByteWords.byte(bytes, at) | 0x20 != UInt8(ascii: "e") else { return nil }
        return (at, isWhole ? (isNegative ? -value : value) : nil)
    }

    private static func list(_ bytes: RawSpan, from start: Int) -> Int? {
        var at = start + 1
        if ByteWords.byte(bytes, at) == UInt8(ascii: "]") { return at + 1 }
        while at + ByteWords.slack <= bytes.byteCount {
            guard ByteWords.byte(bytes, at) == 0x22, let end = StringScanning.end(bytes, from: at + 1) else {
                return nil
            }
            at = end + 2
            switch ByteWords.byte(bytes, end + 1) {
            case UInt8(ascii: ","): continue
            case UInt8(ascii: "]"): return at
            default: return nil
            }
        }
        return nil
    }

    /// The end of an object of answers: a consent, the rows of a matrix, or an invitation's fields.
    static func object(_ bytes: RawSpan, from start: Int, depth: Int) -> Int? {
        guard ByteWords.byte(bytes, start) == UInt8(ascii: "{") else { return nil }
        var at = start + 1
        if ByteWords.byte(bytes, at) == UInt8(ascii: "}") { return at + 1 }
        var keys = 0
        while at + ByteWords.slack <= bytes.byteCount {
            guard ByteWords.byte(bytes, at) == 0x22, let keyEnd = StringScanning.plainEnd(bytes, from: at + 1),
                ByteWords.byte(bytes, keyEnd + 1) == UInt8(ascii: ":")
            else { return nil }
            keys += 1
            // The same key twice is refused by the full parser, so it decides where that could be.
            guard keys <= mostKeys, !isRepeated(bytes, at, keyEnd, since: start + 1) else { return nil }
            var value = keyEnd + 2
            if depth < deepest, LineScanner.take("\"given\":", bytes, &at) {
                at = value
                guard LineScanner.take("true", bytes, &at) || LineScanner.take("false", bytes, &at) else { return nil }
                guard LineScanner.take(",\"text\":", bytes, &at), ByteWords.byte(bytes, at) == 0x22,
                    let end = StringScanning.end(bytes, from: at + 1), keys == 1,
                    ByteWords.byte(bytes, end + 1) == UInt8(ascii: "}")
                else { return nil }
                return end + 2
            }
            guard value + ByteWords.slack <= bytes.byteCount, let end = other(bytes, from: value, depth: depth + 1)
            else {
                return nil
            }
            value = end.end
            at = value + 1
            switch ByteWords.byte(bytes, value) {
            case UInt8(ascii: ","): continue
            case UInt8(ascii: "}"): return at
            default: return nil
            }
        }
        return nil
    }

    /// Whether the key from a quote to its end stands earlier in the object, as text; a value that looks like it
    /// counts too.
    private static func isRepeated(_ bytes: RawSpan, _ start: Int, _ end: Int, since first: Int) -> Bool {
        let count = end + 2 - start
        guard start - first >= count else { return false }
        let word = ByteWords.word(bytes, start) & ByteWords.mask(count)
        for at in first...(start - count) where ByteWords.word(bytes, at) & ByteWords.mask(count) == word {
            if ByteWords.equal(bytes, at, bytes, start, count: count) { return true }
        }
        return false
    }
}
