/// Names by number and numbers by name, kept as bytes in one place; open addressing, exact.
struct NameTable: Sendable {
    /// All names, one after the other, and slack for reading words.
    private(set) var arena: [UInt8] = []
    private var starts: [UInt32] = [0]
    private var slots: [UInt32] = []
    private var hashes: [UInt32] = []
    private var mask = 0

    /// How many names there are.
    var count: Int { hashes.count }

    /// A table with room for some names.
    init(capacity: Int = 16) {
        resize(to: capacity)
        arena.append(contentsOf: repeatElement(0, count: ByteWords.slack))
    }

    /// The number of the name in a range of bytes, if it has one.
    @inline(__always)
    func find(_ bytes: RawSpan, _ start: Int, count: Int) -> Int? {
        find(bytes, start, count: count, ByteWords.fingerprint(bytes, start, count: count, seed: 0))
    }

    private func find(_ bytes: RawSpan, _ start: Int, count: Int, _ fingerprint: UInt64) -> Int? {
        let own = arena.span.bytes
        let hash = UInt32(truncatingIfNeeded: fingerprint >> 32)
        var slot = Int(truncatingIfNeeded: fingerprint) & mask
        while true {
            let entry = slots[slot]
            if entry == 0 { return nil }
            let index = Int(entry) - 1
            if hashes[index] == hash {
                let from = Int(starts[index])
                if Int(starts[index + 1]) - from == count, ByteWords.equal(own, from, bytes, start, count: count) {
                    return index
                }
            }
            slot = (slot + 1) & mask
        }
    }

    /// The number of the name in a range of bytes, a new one where it has none.
    mutating func insert(_ bytes: RawSpan, _ start: Int, count: Int) -> Int {
        let fingerprint = ByteWords.fingerprint(bytes, start, count: count, seed: 0)
        if let found = find(bytes, start, count: count, fingerprint) { return found }
        let index = hashes.count
        if (index + 1) * 2 > slots.count { resize(to: slots.count) }
        arena.removeLast(ByteWords.slack)
        for offset in 0..<count { arena.append(ByteWords.byte(bytes, start + offset)) }
        starts.append(UInt32(arena.count))
        arena.append(contentsOf: repeatElement(0, count: ByteWords.slack))
        hashes.append(UInt32(truncatingIfNeeded: fingerprint >> 32))
        place(index, Int(truncatingIfNeeded: fingerprint))
        return index
    }

    /// The number of a name, a new one where it has none.
    mutating func insert(_ name: String) -> Int {
        let bytes = ByteWords.padded(name)
        return insert(bytes.span.bytes, 0, count: bytes.count - ByteWords.slack)
    }

    /// The numbers of all names of another table, in its order, new ones where they have none.
    mutating func insert(all other: NameTable) -> [Int] {
        reserve(names: count + other.count, bytes: arena.count + other.arena.count)
        let bytes = other.arena.span.bytes
        return (0..<other.count).map { index in
            let start = Int(other.starts[index])
            return insert(bytes, start, count: Int(other.starts[index + 1]) - start)
        }
    }

    /// The number of a name, if it has one.
    func find(_ name: String) -> Int? {
        let bytes = ByteWords.padded(name)
        return find(bytes.span.bytes, 0, count: bytes.count - ByteWords.slack)
    }

    /// The name of a number.
    func name(_ index: Int) -> String {
        String(decoding: arena[Int(starts[index])..<Int(starts[index + 1])], as: UTF8.self)
    }

    /// Whether a number's name is the one in a range of bytes.
    @inline(__always)
    func isName(_ index: Int, _ bytes: RawSpan, _ start: Int, count: Int) -> Bool {
        let from = Int(starts[index])
        return Int(starts[index + 1]) - from == count
            && ByteWords.equal(arena.span.bytes, from, bytes, start, count: count)
    }

    /// Where a name lies in the arena.
    @inline(__always)
    func range(_ index: Int) -> ByteRange {
        ByteRange(start: Int(starts[index]), count: Int(starts[index + 1]) - Int(starts[index]))
    }

    /// The bytes of a name.
    func bytes(_ index: Int) -> ArraySlice<UInt8> { arena[Int(starts[index])..<Int(starts[index + 1])] }

    /// The digest that a name is looked up by.
    func fingerprint(_ index: Int) -> UInt64 {
        let from = Int(starts[index])
        return ByteWords.fingerprint(arena.span.bytes, from, count: Int(starts[index + 1]) - from, seed: 0)
    }

    /// Whether a name comes before another, byte by byte.
    func precedes(_ left: Int, _ right: Int) -> Bool { bytes(left).lexicographicallyPrecedes(bytes(right)) }

    /// Makes room for names.
    mutating func reserve(names: Int, bytes: Int) {
        arena.reserveCapacity(bytes + ByteWords.slack)
        starts.reserveCapacity(names + 1)
        hashes.reserveCapacity(names)
        if names * 2 > slots.count { resize(to: names) }
    }

    private mutating func place(_ index: Int, _ hash: Int) {
        var slot = hash & mask
        while slots[slot] != 0 { slot = (slot + 1) & mask }
        slots[slot] = UInt32(index + 1)
    }

    private mutating func resize(to names: Int) {
        var size = 32
        while size < names * 2 { size *= 2 }
        slots = [UInt32](repeating: 0, count: size)
        mask = size - 1
        // A copy of the reference, so that reading it does not keep the table from changing.
        let arena = arena
        let own = arena.span.bytes
        for index in hashes.indices {
            let from = Int(starts[index])
            let hash = ByteWords.fingerprint(own, from, count: Int(starts[index + 1]) - from, seed: 0)
            place(index, Int(truncatingIfNeeded: hash))
        }
    }
}

extension ByteWords {
    /// A text's bytes with the slack that scanning needs.
    static func padded(_ text: String) -> [UInt8] { Array(text.utf8) + [UInt8](repeating: 0, count: slack) }

    /// Bytes with the slack that scanning needs.
    static func padded(_ bytes: some Sequence<UInt8>) -> [UInt8] { Array(bytes) + [UInt8](repeating: 0, count: slack) }
}
