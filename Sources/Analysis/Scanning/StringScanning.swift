/// Finding the end of a JSON string, strictly: what is accepted here, the full parser accepts too.
enum StringScanning {
    /// The closing quote of a string without escapes whose content begins at an index; nil when the full parser must
    /// decide.
    @inline(__always)
    static func plainEnd(_ bytes: RawSpan, from start: Int) -> Int? {
        var index = start
        var isASCII = true
        while index + 8 <= bytes.byteCount {
            let word = ByteWords.word(bytes, index)
            let stops = ByteWords.matches(word, 0x22) | ByteWords.matches(word, 0x5C) | controls(word)
            if stops == 0 {
                if word & ByteWords.highs != 0 { isASCII = false }
                index += 8
                continue
            }
            let place = stops.trailingZeroBitCount / 8
            if word & ByteWords.highs & ByteWords.mask(place) != 0 { isASCII = false }
            index += place
            guard ByteWords.byte(bytes, index) == 0x22 else { return nil }
            return isASCII || isUTF8(bytes, start, index) ? index : nil
        }
        return nil
    }

    /// The closing quote of a string that may hold escapes; nil when the full parser must decide.
    static func end(_ bytes: RawSpan, from start: Int) -> Int? {
        var index = start
        var isASCII = true
        while index + 8 <= bytes.byteCount {
            let word = ByteWords.word(bytes, index)
            let stops = ByteWords.matches(word, 0x22) | ByteWords.matches(word, 0x5C) | controls(word)
            if stops == 0 {
                if word & ByteWords.highs != 0 { isASCII = false }
                index += 8
                continue
            }
            let place = stops.trailingZeroBitCount / 8
            if word & ByteWords.highs & ByteWords.mask(place) != 0 { isASCII = false }
            index += place
            switch ByteWords.byte(bytes, index) {
            case 0x22: return isASCII || isUTF8(bytes, start, index) ? index : nil
            case 0x5C:
                guard let next = escapeEnd(bytes, from: index + 1) else { return nil }
                index = next
            default: return nil
            }
        }
        return nil
    }

    /// High bits at bytes below U+0020; right up to and at the first.
    @inline(__always)
    private static func controls(_ word: UInt64) -> UInt64 {
        (word &- 0x2020_2020_2020_2020) & ~word & ByteWords.highs
    }

    private static func escapeEnd(_ bytes: RawSpan, from index: Int) -> Int? {
        switch ByteWords.byte(bytes, index) {
        case 0x22, 0x5C, UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"),
            UInt8(ascii: "t"):
            return index + 1
        case UInt8(ascii: "u"):
            // Surrogate pairs are left to the full parser.
            guard index + 5 <= bytes.byteCount,
                (1...4).allSatisfy({ isHexadecimal(ByteWords.byte(bytes, index + $0)) }),
                ByteWords.byte(bytes, index + 1) | 0x20 != UInt8(ascii: "d")
            else { return nil }
            return index + 5
        default: return nil
        }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (97...102).contains(byte | 0x20)
    }

    /// Whether a three-byte form is neither overlong nor a surrogate.
    @inline(__always)
    private static func isThreeBytes(_ word: UInt64) -> Bool { word & 0x200F != 0 && word & 0x200F != 0x200D }

    /// Whether a run of bytes is UTF-8 (RFC 3629 section 4).
    static func isUTF8(_ bytes: RawSpan, _ start: Int, _ end: Int) -> Bool {
        var index = start
        while index < end {
            // The slack behind the content makes the load safe, and what follows is never a continuation.
            let pair = ByteWords.word(bytes, index)
            if pair & 0x80 == 0 {
                // On to the first byte that is not ASCII.
                let high = pair & ByteWords.highs
                index = min(end, index + (high == 0 ? 8 : high.trailingZeroBitCount / 8))
                continue
            }
            // Two characters of three bytes, as most scripts write theirs; neither overlong nor a surrogate.
            if pair & 0xC0C0_F0C0_C0F0 == 0x8080_E080_80E0, isThreeBytes(pair), isThreeBytes(pair >> 24) {
                index += 6
                continue
            }
            let word = UInt32(truncatingIfNeeded: pair)
            // Three bytes, as most scripts need: all but the overlong forms and the surrogates.
            if word & 0xC0_C0F0 == 0x80_80E0, word & 0x200F != 0, word & 0x200F != 0x200D {
                index += 3
                continue
            }
            let length: Int
            let first = UInt8(truncatingIfNeeded: pair)
            switch first {
            case 0xC2...0xDF:
                guard word & 0xC000 == 0x8000 else { return false }
                length = 2
            case 0xE0...0xEF:
                guard word & 0xC0_C000 == 0x80_8000 else { return false }
                let second = UInt8(truncatingIfNeeded: word >> 8)
                if (first == 0xE0 && second < 0xA0) || (first == 0xED && second >= 0xA0) { return false }
                length = 3
            case 0xF0...0xF4:
                guard word & 0xC0C0_C000 == 0x8080_8000 else { return false }
                let second = UInt8(truncatingIfNeeded: word >> 8)
                if (first == 0xF0 && second < 0x90) || (first == 0xF4 && second >= 0x90) { return false }
                length = 4
            default: return false
            }
            index += length
        }
        return index == end
    }
}
