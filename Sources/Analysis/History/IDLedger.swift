/// An id of at most 64 bytes as eight words that compare as its bytes do.
struct IDWords: Sendable, Comparable {
    private(set) var words = SIMD8<UInt64>()

    init() {}

    init(words: SIMD8<UInt64>) { self.words = words }

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
/// While ids rise strictly and every line is a first revision, nothing can repeat and only the range of ids matters.
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

    init() {}

    /// Notes a line.
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

    /// Takes in the lines that follow.
    mutating func append(_ later: IDLedger) {
        if later.count == 0 { return }
        if count == 0 {
            self = later
            return
        }
        let areDigested = hasDigests && later.hasDigests
        isRising = isRising && later.isRising && greatest < later.smallest
        smallest = min(smallest, later.smallest)
        greatest = max(greatest, later.greatest)
        fingerprints = areDigested ? fingerprints + later.fingerprints : []
        offsets = areDigested ? offsets + later.offsets : []
        count += later.count
    }

    /// Lets go of what a rising part does not need, unless it turns out to overlap another.
    mutating func settle() {
        guard isRising else { return }
        fingerprints = []
        offsets = []
    }

    /// Whether every line has its digest.
    var hasDigests: Bool { fingerprints.count == count }
}

extension IDLedger {
    /// Puts everything but the digests.
    func put(_ bytes: inout FoldBytes) {
        bytes.put(isRising ? 1 : 0)
        bytes.put(count)
        for id in [smallest, greatest] { for index in 0..<8 { bytes.put(id.words[index]) } }
    }

    /// Reads what `put` wrote.
    init(_ words: inout FoldWords) {
        isRising = words.integer() == 1
        count = words.integer()
        var ids: [IDWords] = []
        for _ in 0..<2 {
            var id = SIMD8<UInt64>()
            for index in 0..<8 { id[index] = words.word() }
            ids.append(IDWords(words: id))
        }
        (smallest, greatest) = (ids[0], ids[1])
    }

    /// The digests as bytes.
    var digestBytes: FoldBytes {
        var bytes = FoldBytes(reserving: count * 12)
        bytes.put(fingerprints)
        bytes.put(offsets)
        return bytes
    }

    /// A ledger with its digests; nil where they are not all there.
    init?(_ ledger: IDLedger, digests: [UInt8]) {
        var words = FoldWords(digests)
        self = ledger
        fingerprints = words.column(UInt64.self)
        offsets = words.column(UInt32.self)
        guard words.isWhole, fingerprints.count == count, offsets.count == count else { return nil }
    }
}
