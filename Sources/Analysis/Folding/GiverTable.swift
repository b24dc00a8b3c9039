/// Numbers for givers, looked up by account and contact at once.
struct GiverTable: Sendable {
    /// By digest: high half part of the digest, low half the place of the giver's entry, or 0.
    private var slots: [UInt64]
    private var mask: Int
    /// The givers with their numbers.
    private(set) var list: GiverList

    /// How many givers there are.
    var count: Int { list.count }

    /// A table with room for some givers.
    init(capacity: Int = 16) {
        var size = 64
        while size < capacity * 2 { size *= 2 }
        slots = [UInt64](repeating: 0, count: size)
        mask = size - 1
        list = GiverList(capacity: capacity)
    }

    /// A table of the givers of a list, by their places.
    init(_ givers: GiverList) {
        self.init(capacity: givers.count)
        let bytes = givers.entries.span.bytes
        for (place, key) in givers.keys.enumerated() {
            add(Key(bytes, account: key.account, contact: key.contact), bytes, number: UInt32(place))
        }
    }

    /// A giver to be looked up, by places in a buffer.
    struct Key: Sendable {
        let digest: UInt64
        let account: ByteRange
        let contact: ByteRange

        @inline(__always)
        init(_ bytes: RawSpan, account: ByteRange, contact: ByteRange) {
            self.init(bytes, account: account, bytes, contact: contact)
        }

        @inline(__always)
        init(_ accounts: RawSpan, account: ByteRange, _ contacts: RawSpan, contact: ByteRange) {
            self.account = account
            self.contact = contact
            let first = ByteWords.fingerprint(contacts, contact.start, count: contact.count, seed: 0)
            digest = ByteWords.fingerprint(accounts, account.start, count: account.count, seed: first)
        }
    }

    /// What `find` gives for those that are not there.
    static let missing = UInt32.max

    /// The numbers of many givers at once, so that the waits for memory overlap.
    func find(_ keys: [Key], _ bytes: RawSpan, into numbers: inout [UInt32]) {
        numbers.removeAll(keepingCapacity: true)
        var firsts: [UInt64] = []
        firsts.reserveCapacity(keys.count)
        for key in keys { firsts.append(slots[Int(truncatingIfNeeded: key.digest) & mask]) }
        var heads: [UInt64] = []
        heads.reserveCapacity(keys.count)
        let own = list.entries.span.bytes
        for first in firsts { heads.append(GiverList.head(own, at: Int(truncatingIfNeeded: first & 0xFFFF_FFFF))) }
        for index in keys.indices {
            numbers.append(find(keys[index], bytes, own, firsts[index], heads[index]))
        }
    }

    /// The number of a giver.
    func find(_ key: Key, _ bytes: RawSpan) -> UInt32 {
        let slot = slots[Int(truncatingIfNeeded: key.digest) & mask]
        let own = list.entries.span.bytes
        return find(key, bytes, own, slot, GiverList.head(own, at: Int(truncatingIfNeeded: slot & 0xFFFF_FFFF)))
    }

    /// The number of a giver, its place in the list where it is new.
    mutating func insert(_ key: Key, _ bytes: RawSpan) -> UInt32 {
        let found = find(key, bytes)
        if found != Self.missing { return found }
        let number = UInt32(count)
        add(key, bytes, number: number)
        return number
    }

    /// Adds a giver that is not there yet, under a number of the caller's.
    mutating func add(_ key: Key, _ bytes: RawSpan, number: UInt32) {
        add(key, accounts: bytes, contacts: bytes, number: number)
    }

    /// Adds a giver that is not there yet, whose ids lie apart.
    mutating func add(_ key: Key, accounts: RawSpan, contacts: RawSpan, number: UInt32) {
        if (count + 1) * 2 > slots.count { grow() }
        put(key.digest, list.append(number, accounts, key.account, contacts, key.contact))
    }

    @inline(__always)
    private func find(
        _ key: Key, _ bytes: RawSpan, _ own: RawSpan, _ first: UInt64, _ firstHead: UInt64
    ) -> UInt32 {
        var slot = Int(truncatingIfNeeded: key.digest) & mask
        var entry = first
        var head = firstHead
        while entry != 0 {
            if (entry ^ key.digest) >> 32 == 0 {
                let other = GiverList.key(head, at: Int(truncatingIfNeeded: entry & 0xFFFF_FFFF))
                if other.account.count == key.account.count, other.contact.count == key.contact.count,
                    ByteWords.equal(own, other.account.start, bytes, key.account.start, count: key.account.count),
                    ByteWords.equal(own, other.contact.start, bytes, key.contact.start, count: key.contact.count)
                {
                    return GiverList.number(head)
                }
            }
            slot = (slot + 1) & mask
            entry = slots[slot]
            head = GiverList.head(own, at: Int(truncatingIfNeeded: entry & 0xFFFF_FFFF))
        }
        return Self.missing
    }

    private mutating func put(_ digest: UInt64, _ place: Int) {
        var slot = Int(truncatingIfNeeded: digest) & mask
        while slots[slot] != 0 { slot = (slot + 1) & mask }
        slots[slot] = (digest >> 32) << 32 | UInt64(place)
    }

    private mutating func grow() {
        let size = slots.count * 4
        slots = [UInt64](repeating: 0, count: size)
        mask = size - 1
        let list = list
        let own = list.entries.span.bytes
        for key in list.keys {
            put(Key(own, account: key.account, contact: key.contact).digest, GiverList.place(of: key.account))
        }
    }
}
