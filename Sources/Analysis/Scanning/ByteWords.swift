/// Reading bytes eight at a time; every load is checked against the span's bounds.
///
/// Buffers that are scanned keep `ByteWords.slack` zero bytes behind their content, so that a word at the last byte
/// stays inside.
enum ByteWords {
    /// Zero bytes that must stand behind the content of a buffer.
    static let slack = 64

    static let ones: UInt64 = 0x0101_0101_0101_0101
    static let highs: UInt64 = 0x8080_8080_8080_8080

    /// The eight bytes at an offset, the first in the lowest bits.
    @inline(__always)
    static func word(_ bytes: RawSpan, _ offset: Int) -> UInt64 {
        UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    /// The byte at an offset.
    @inline(__always)
    static func byte(_ bytes: RawSpan, _ offset: Int) -> UInt8 {
        bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
    }

    /// A word of a text's first eight bytes, zero behind its end.
    static func word(_ text: StaticString) -> UInt64 {
        precondition(text.utf8CodeUnitCount <= 8, "a word holds eight bytes")
        return text.withUTF8Buffer { $0.reversed().reduce(0) { $0 << 8 | UInt64($1) } }
    }

    /// The lowest `count` bytes of a word, 0 to 8.
    @inline(__always)
    static func mask(_ count: Int) -> UInt64 { count >= 8 ? .max : (1 << UInt64(count * 8)) - 1 }

    /// High bits at bytes equal to one; right up to and at the first, which is all that is asked.
    @inline(__always)
    static func matches(_ word: UInt64, _ byte: UInt64) -> UInt64 {
        let difference = word ^ (byte &* ones)
        return (difference &- ones) & ~difference & highs
    }

    /// Where the next line feed stands, or nil before the end.
    static func lineFeed(_ bytes: RawSpan, from start: Int, to end: Int) -> Int? {
        var index = start
        while index < end {
            let found = matches(word(bytes, index), 0x0A)
            if found != 0 {
                let place = index + found.trailingZeroBitCount / 8
                return place < end ? place : nil
            }
            index += 8
        }
        return nil
    }

    /// Whether two runs of bytes are equal.
    @inline(__always)
    static func equal(_ left: RawSpan, _ leftStart: Int, _ right: RawSpan, _ rightStart: Int, count: Int) -> Bool {
        var index = 0
        while index + 8 <= count {
            if word(left, leftStart + index) != word(right, rightStart + index) { return false }
            index += 8
        }
        if index == count { return true }
        return (word(left, leftStart + index) ^ word(right, rightStart + index)) & mask(count - index) == 0
    }

    /// A 64-bit digest of a run of bytes, for tables; what is equal by it is compared byte by byte or read again.
    @inline(__always)
    static func fingerprint(_ bytes: RawSpan, _ start: Int, count: Int, seed: UInt64) -> UInt64 {
        var hash = seed ^ UInt64(truncatingIfNeeded: count) &* 0x9E37_79B9_7F4A_7C15
        var index = 0
        while index + 8 <= count {
            hash = mix(hash, word(bytes, start + index))
            index += 8
        }
        if index < count { hash = mix(hash, word(bytes, start + index) & mask(count - index)) }
        hash ^= hash >> 32
        return hash &* 0xD6E8_FEB8_6659_FD93
    }

    /// Folds the 128-bit product, so that every bit of the word reaches every bit of the hash.
    @inline(__always)
    static func mix(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let product = (hash ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        return product.high ^ product.low &+ word
    }

    /// A 64-bit checksum of the first bytes of a span that has slack behind them; four words at a time.
    static func checksum(_ bytes: RawSpan, count: Int) -> UInt64 {
        var (first, second, third, fourth): (UInt64, UInt64, UInt64, UInt64) = (1, 2, 3, 4)
        var index = 0
        while index + 32 <= count {
            first = mix(first, word(bytes, index))
            second = mix(second, word(bytes, index + 8))
            third = mix(third, word(bytes, index + 16))
            fourth = mix(fourth, word(bytes, index + 24))
            index += 32
        }
        var hash = UInt64(truncatingIfNeeded: count)
        while index < count {
            hash = mix(hash, word(bytes, index) & mask(count - index))
            index += 8
        }
        for lane in [first, second, third, fourth] { hash = mix(hash, lane) }
        return hash
    }

    /// The bytes of a range as a text; they have been checked to be UTF-8.
    static func text(_ bytes: RawSpan, _ start: Int, count: Int) -> String {
        String(unsafeUninitializedCapacity: count) { buffer in
            for index in 0..<count { buffer[index] = byte(bytes, start + index) }
            return count
        }
    }

    /// The bytes of a range.
    static func array(_ bytes: RawSpan, _ start: Int, count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            for index in 0..<count { buffer[index] = byte(bytes, start + index) }
            filled = count
        }
    }
}
