/// A 64-bit fingerprint of what a line can be found by; lines of equal fingerprints are told apart by reading them.
package struct LineKey: Sendable, Hashable, Comparable {
    /// The fingerprint; its upper bits are as good as its lower ones.
    package let hash: UInt64

    /// A fingerprint that was stored.
    package init(hash: UInt64) { self.hash = hash }

    /// The fingerprint of an id within a purpose, such as 0 for the line's own id and 1 for a second key.
    package init(_ text: String, purpose: UInt8 = 0) {
        var text = text
        hash = text.withUTF8 { Self.hash($0, purpose) }
    }

    /// The fingerprint of an id's bytes.
    package init(_ bytes: ArraySlice<UInt8>, purpose: UInt8 = 0) {
        hash = bytes.withUnsafeBufferPointer { Self.hash($0, purpose) }
    }

    private static func hash(_ bytes: UnsafeBufferPointer<UInt8>, _ purpose: UInt8) -> UInt64 {
        // FNV-1a (Fowler, Noll, Vo), then MurmurHash3's finalizer, so that every bit depends on every byte.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ UInt64(purpose)
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        hash = (hash ^ (hash >> 33)) &* 0xFF51_AFD7_ED55_8CCD
        hash = (hash ^ (hash >> 33)) &* 0xC4CE_B9FE_1A85_EC53
        return hash ^ (hash >> 33)
    }

    package static func < (left: LineKey, right: LineKey) -> Bool { left.hash < right.hash }
}

/// Where a line begins: a segment's place in its journal and the offset in it.
struct LinePosition: Sendable, Hashable, Comparable {
    /// 16 bits of segment, 48 bits of offset, so that positions order as lines do.
    let packed: UInt64

    init(packed: UInt64) { self.packed = packed }

    init(segment: Int, offset: Int) { packed = UInt64(segment) << 48 | UInt64(offset) }

    var segment: Int { Int(packed >> 48) }
    var offset: Int { Int(packed & 0xFFFF_FFFF_FFFF) }

    static func < (left: LinePosition, right: LinePosition) -> Bool { left.packed < right.packed }
}

/// One entry of an index: a key and where its line begins.
struct IndexEntry: Sendable, Comparable {
    let key: LineKey
    let position: LinePosition

    static func < (left: IndexEntry, right: IndexEntry) -> Bool {
        left.key.hash == right.key.hash ? left.position < right.position : left.key.hash < right.key.hash
    }
}

/// The index of lines appended since the table in the cache was made, in memory.
struct TailIndex: Sendable {
    private var last: [LineKey: LinePosition] = [:]
    /// Earlier lines of the few keys that have several.
    private var earlier: [LineKey: [LinePosition]] = [:]
    private(set) var count = 0

    mutating func insert(_ key: LineKey, _ position: LinePosition) {
        if let before = last.updateValue(position, forKey: key) { earlier[key, default: []].append(before) }
        count += 1
    }

    func positions(_ key: LineKey) -> [LinePosition] {
        guard let newest = last[key] else { return [] }
        guard let before = earlier[key] else { return [newest] }
        return before + [newest]
    }

    func contains(_ key: LineKey) -> Bool { last[key] != nil }

    var entries: [IndexEntry] {
        var all = last.map { IndexEntry(key: $0.key, position: $0.value) }
        all.reserveCapacity(count)
        for (key, positions) in earlier { all += positions.map { IndexEntry(key: key, position: $0) } }
        return all
    }
}
