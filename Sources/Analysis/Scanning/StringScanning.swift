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

    /// Whether a run of bytes is UTF-8 (RFC 3629 section 4), sixteen at a time.
    ///
    /// Every byte is looked at with the three before it: it must be a continuation exactly where one of them asks for
    /// it.
    static func isUTF8(_ bytes: RawSpan, _ start: Int, _ end: Int) -> Bool {
        typealias Block = SIMD16<UInt8>
        guard start >= 3 else { return isUTF8Slowly(bytes, start, end) }
        var index = start
        while index < end {
            let own = bytes.unsafeLoadUnaligned(fromByteOffset: index, as: Block.self)
            let one = bytes.unsafeLoadUnaligned(fromByteOffset: index - 1, as: Block.self)
            let two = bytes.unsafeLoadUnaligned(fromByteOffset: index - 2, as: Block.self)
            let three = bytes.unsafeLoadUnaligned(fromByteOffset: index - 3, as: Block.self)
            let isNext = (own & 0xC0) .== 0x80
            let isAsked = (one .>= 0xC0) .| (two .>= 0xE0) .| (three .>= 0xF0)
            var wrong = isNext .^ isAsked
            // Overlong forms, surrogates, and what lies past U+10FFFF.
            wrong = wrong .| (own .== 0xC0) .| (own .== 0xC1) .| (own .> 0xF4)
            wrong = wrong .| ((one .== 0xE0) .& (own .< 0xA0)) .| ((one .== 0xED) .& (own .> 0x9F))
            wrong = wrong .| ((one .== 0xF0) .& (own .< 0x90)) .| ((one .== 0xF4) .& (own .> 0x8F))
            if any(wrong) {
                // Bytes behind the end may be wrong; so may the quotes and commas before the start never be.
                return isUTF8Slowly(bytes, index == start ? start : boundary(bytes, before: index, start), end)
            }
            index += 16
        }
        // The byte behind the end is a quote, which is never a continuation; it was looked at unless the run ends a
        // block.
        return index > end || isUTF8Slowly(bytes, boundary(bytes, before: end, start), end)
    }

    /// The nearest place at or before an index, but not before the start, where a character may begin.
    private static func boundary(_ bytes: RawSpan, before index: Int, _ start: Int) -> Int {
        var place = index
        while place > start, index - place < 4 {
            place -= 1
            if ByteWords.byte(bytes, place) & 0xC0 != 0x80 { return place }
        }
        return place
    }

    private static func isUTF8Slowly(_ bytes: RawSpan, _ start: Int, _ end: Int) -> Bool {
        var index = start
        while index < end {
            let first = ByteWords.byte(bytes, index)
            if first < 0x80 {
                index += 1
                continue
            }
            // Four bytes from here on; the slack behind the content makes the load safe, and what follows is never a
            // continuation.
            let word = bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt32.self).littleEndian
            let length: Int
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
