/// An id of at most 64 bytes as eight words that compare as its bytes do.
struct IDWords: Sendable, Comparable {
    private(set) var words = SIMD8<UInt64>()

    init() {}

    @inline(__always)
    init(_ bytes: RawSpan, _ range: ByteRange) {
        var index = 0
        while index * 8 < range.count {
            let word = ByteWords.word(bytes, range.start + index * 8) & ByteWords.mask(range.count - index * 8)
            words[index] = word.byteSwapped
            index += 1
        }
    }

    @inline(__always)
    static func < (left: IDWords, right: IDWords) -> Bool {
        for index in 0..<8 where left.words[index] != right.words[index] {
            return left.words[index] < right.words[index]
        }
        return false
    }

    /// A 64-bit digest; what is equal by it is read again.
    @inline(__always)
    var fingerprint: UInt64 {
        var hash: UInt64 = 0x2545_F491_4F6C_DD1D
        for index in 0..<8 {
            if words[index] == 0 { break }
            hash = ByteWords.mix(hash, words[index])
        }
        hash ^= hash >> 32
        return hash &* 0xD6E8_FEB8_6659_FD93
    }
}

/// What is needed to tell which lines of a part count, when an id stands on more than one.
///
/// While ids rise strictly and every line is a first revision, nothing can repeat and only the range of ids is kept.
struct IDLedger: Sendable {
    /// Whether ids rose strictly so far and every line was a first revision.
    private(set) var isRising = true
    /// The smallest id so far.
    private(set) var smallest = IDWords()
    /// The greatest id so far.
    private(set) var greatest = IDWords()
    /// A digest of every line's id, in order.
    private(set) var fingerprints: [UInt64] = []
    /// Every line's place in its part.
    private(set) var offsets: [UInt32] = []
    /// How many lines are noted.
    private(set) var count = 0

    /// Notes a line that was known in time.
    @inline(__always)
    mutating func note(_ id: IDWords, revision: Int, offset: Int) {
        if count == 0 {
            smallest = id
            greatest = id
            if revision > 1 { isRising = false }
        } else if greatest < id {
            greatest = id
            if revision > 1 { isRising = false }
        } else {
            isRising = false
            if id < smallest { smallest = id }
        }
        count += 1
        fingerprints.append(id.fingerprint)
        offsets.append(UInt32(truncatingIfNeeded: offset))
    }

    /// Lets go of what a rising part does not need, unless it turns out to overlap another.
    mutating func settle() {
        guard isRising else { return }
        fingerprints = []
        offsets = []
    }

    /// Whether digests were kept, or none are needed.
    var hasDigests: Bool { fingerprints.count == count }
}
