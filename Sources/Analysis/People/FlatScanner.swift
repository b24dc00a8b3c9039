/// Reads flat JSON objects of texts and numbers, one a line, in any order of known keys, without building anything.
///
/// What it accepts, the full parser accepts with the same meaning; anything else it leaves to that.
struct FlatScanner {
    private var keys = KeyWords()
    /// The values by key; those not given are nil.
    private(set) var values: [ByteRange?]
    private var numbers: UInt64 = 0

    init(keys names: [String]) {
        for name in names { keys.add(name) }
        values = [ByteRange?](repeating: nil, count: names.count)
    }

    /// Scans the line that begins at an offset; returns the place of its line feed, or nil when the full parser must
    /// decide.
    mutating func scan(_ bytes: RawSpan, from start: Int) -> Int? {
        for index in values.indices { values[index] = nil }
        numbers = 0
        var at = start
        guard at + ByteWords.slack <= bytes.byteCount, ByteWords.byte(bytes, at) == UInt8(ascii: "{") else {
            return nil
        }
        at += 1
        var next = 0
        while at + ByteWords.slack <= bytes.byteCount {
            guard ByteWords.byte(bytes, at) == 0x22,
                let match = keys.match(bytes, at + 1, from: next) ?? keys.match(bytes, at + 1, from: 0),
                values[match.key] == nil
            else { return nil }
            next = match.key + 1
            if ByteWords.byte(bytes, match.end) == 0x22 {
                guard let end = StringScanning.plainEnd(bytes, from: match.end + 1) else { return nil }
                values[match.key] = ByteRange(start: match.end + 1, count: end - match.end - 1)
                at = end + 1
            } else {
                guard let value = AnswerScanning.value(bytes, from: match.end),
                    case let first = ByteWords.byte(bytes, match.end),
                    first == UInt8(ascii: "-") || (48...57).contains(first)
                else { return nil }
                values[match.key] = ByteRange(start: match.end, count: value.end - match.end)
                numbers |= 1 << UInt64(match.key)
                at = value.end
            }
            switch ByteWords.byte(bytes, at) {
            case UInt8(ascii: ","): at += 1
            case UInt8(ascii: "}"): return ByteWords.byte(bytes, at + 1) == 0x0A ? at + 1 : nil
            default: return nil
            }
        }
        return nil
    }

    /// Whether a value is a number rather than a text.
    func isNumber(_ key: Int) -> Bool { numbers >> UInt64(key) & 1 == 1 }
}
