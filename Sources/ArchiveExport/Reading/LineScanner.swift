#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Walks over the bytes of one line; every step checks that it stays inside.
///
/// The pointer is only used within the closure that lent it: a scanner is made for a block and never stored.
struct LineScanner {
    /// Bytes that must be readable behind the last line of a block, so that eight can be loaded at once.
    static let padding = 8

    let base: UnsafeRawPointer
    /// The next byte to read.
    var at: Int
    /// The line's end: the place of its line feed.
    let end: Int

    /// A scanner over a range of a block that has `padding` readable bytes behind it.
    init(_ block: UnsafeRawBufferPointer, _ range: Range<Int>) {
        precondition(range.lowerBound >= 0 && range.upperBound + Self.padding <= block.count)
        guard let base = block.baseAddress else { preconditionFailure("a block with padding is not empty") }
        self.base = base
        at = range.lowerBound
        end = range.upperBound
    }

    /// The next byte, or nil at the end of the line.
    @inline(__always)
    var next: UInt8? { at < end ? base.load(fromByteOffset: at, as: UInt8.self) : nil }

    /// The byte at a place inside the line.
    @inline(__always)
    subscript(index: Int) -> UInt8 {
        precondition(index < end)
        return base.load(fromByteOffset: index, as: UInt8.self)
    }

    /// A copy of what has not been read yet, for readers that look closer.
    var rest: [UInt8] { Array(UnsafeRawBufferPointer(start: base + at, count: end - at)) }

    /// Eight bytes at a place inside the line, the first in the lowest bits; the padding makes the last ones readable.
    @inline(__always)
    func word(at index: Int) -> UInt64 {
        precondition(index < end)
        return UInt64(littleEndian: base.loadUnaligned(fromByteOffset: index, as: UInt64.self))
    }

    /// Steps over some text where it stands next.
    @inline(__always)
    mutating func take(_ literal: StaticString) -> Bool {
        let count = literal.utf8CodeUnitCount
        guard end - at >= count, memcmp(base + at, literal.utf8Start, count) == 0 else { return false }
        at += count
        return true
    }

    /// Steps over some bytes where they stand next.
    @inline(__always)
    mutating func take(_ bytes: [UInt8]) -> Bool {
        let count = bytes.count
        guard end - at >= count, bytes.withUnsafeBytes({ memcmp(base + at, $0.baseAddress ?? base, count) }) == 0 else {
            return false
        }
        at += count
        return true
    }

    /// Whether a range of the line holds just these bytes.
    @inline(__always)
    func holds(_ bytes: [UInt8], at range: Range<Int>) -> Bool {
        range.count == bytes.count && range.upperBound <= end
            && bytes.withUnsafeBytes { memcmp(base + range.lowerBound, $0.baseAddress ?? base, range.count) } == 0
    }

    /// Steps over plain characters up to a quote and over the quote; nil where anything needs a closer look.
    ///
    /// Plain is printable ASCII but `" \ & < >` and DEL, so that the bytes are the same in JSON and in XML.
    @inline(__always)
    mutating func plainString() -> Range<Int>? {
        let start = at
        var index = at
        while index < end {
            let special = SpecialBytes.find(in: word(at: index), withDelete: true)
            if special == 0 {
                index += 8
                continue
            }
            index += special.trailingZeroBitCount / 8
            guard index < end, self[index] == UInt8(ascii: "\"") else { return nil }
            at = index + 1
            return start..<index
        }
        return nil
    }

    /// Steps over a whole number of at most 15 digits as JSON writes it.
    @inline(__always)
    mutating func digits() -> Range<Int>? {
        let start = at
        while let byte = next, byte &- 48 < 10 { at += 1 }
        guard (1...15).contains(at - start), at == start + 1 || self[start] != UInt8(ascii: "0") else { return nil }
        return start..<at
    }

    /// A fingerprint of a range of bytes; equal bytes give equal ones within a run of the program.
    func fingerprint(_ range: Range<Int>, seed: UInt64) -> UInt64 {
        var hash = seed ^ UInt64(truncatingIfNeeded: range.count)
        var index = range.lowerBound
        while index < range.upperBound {
            let left = range.upperBound - index
            // The padding is readable, but only the range's own bytes count.
            let mask: UInt64 = left >= 8 ? .max : (1 << UInt64(left * 8)) - 1
            hash = Self.mix(hash ^ (word(at: index) & mask))
            index += 8
        }
        return hash
    }

    /// The same fingerprint for bytes that stand elsewhere.
    static func fingerprint(_ bytes: [UInt8], seed: UInt64) -> UInt64 {
        let padded = bytes + [UInt8](repeating: 0, count: padding)
        return padded.withUnsafeBytes { LineScanner($0, 0..<bytes.count).fingerprint(0..<bytes.count, seed: seed) }
    }

    /// SplitMix64's finisher (Steele et al. 2014): a bijection that spreads every bit.
    @inline(__always)
    private static func mix(_ value: UInt64) -> UInt64 {
        var mixed = value &+ 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Finds, eight bytes at a time, the bytes that cannot be copied from JSON to XML as they are.
enum SpecialBytes {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highs: UInt64 = 0x8080_8080_8080_8080

    /// The high bit of every special byte up to the first one (and perhaps of later ones): `" & < > \`, control or not
    /// ASCII.
    @inline(__always)
    static func find(in word: UInt64, withDelete: Bool) -> UInt64 {
        // Two characters that differ in one bit are found by one comparison: " and & differ in 4, < and > in 2.
        var found = zero(in: (word | ones &* 0x04) ^ ones &* 0x26)
        found |= zero(in: (word | ones &* 0x02) ^ ones &* 0x3E)
        found |= zero(in: word ^ ones &* 0x5C)
        if withDelete { found |= zero(in: word ^ ones &* 0x7F) }
        found |= (word &- ones &* 0x20) & ~word
        return (found | word) & highs
    }

    /// The high bit of the first zero byte, and perhaps of later bytes ("Bit Twiddling Hacks", haszero).
    @inline(__always)
    private static func zero(in word: UInt64) -> UInt64 { (word &- ones) & ~word }
}
