/// The listed contacts under their accounts, looked up by both ids at once; frozen before the threads start.
///
/// An entry keeps number and both ids side by side, so that a lookup touches two places of memory and no more.
struct MemberTable: Sendable {
    /// High half: part of the digest; low half: the entry's place, or 0.
    private var slots: [UInt64]
    private let mask: Int
    /// Entries: number (4 bytes), length of the contact's id (2), of the account's id (2), then both ids.
    private var entries: [UInt8]

    private static let header = 8

    /// A table of all contacts that are listed under an account.
    init(_ people: People) {
        var size = 64
        while size < people.contacts.count * 2 { size *= 2 }
        slots = [UInt64](repeating: 0, count: size)
        mask = size - 1
        entries = [UInt8](repeating: 0, count: 8)
        entries.reserveCapacity(people.contacts.count * 32 + ByteWords.slack)
        for (number, contact) in people.contacts.enumerated() where contact.account >= 0 {
            let id = people.contactIDs.bytes(number)
            let account = people.accountIDs.bytes(Int(contact.account))
            let start = entries.count
            for shift in stride(from: 0, to: 32, by: 8) { entries.append(UInt8(truncatingIfNeeded: number >> shift)) }
            for count in [id.count, account.count] {
                entries.append(UInt8(truncatingIfNeeded: count))
                entries.append(UInt8(truncatingIfNeeded: count >> 8))
            }
            entries += id
            entries += account
            let digest = people.contactIDs.fingerprint(number)
            var slot = Int(truncatingIfNeeded: digest) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = (digest >> 32) << 32 | UInt64(start)
        }
        entries.append(contentsOf: repeatElement(0, count: ByteWords.slack))
    }

    /// A contact to be looked up.
    struct Question {
        let digest: UInt64
        let contact: ByteRange
        let account: ByteRange

        @inline(__always)
        init(_ bytes: RawSpan, contact: ByteRange, account: ByteRange) {
            digest = ByteWords.fingerprint(bytes, contact.start, count: contact.count, seed: 0)
            self.contact = contact
            self.account = account
        }
    }

    /// Looks up many contacts at once, so that the waits for memory overlap; nil for those that do not stand under the
    /// account.
    func find(_ questions: [Question], _ bytes: RawSpan, into numbers: inout [UInt32?]) {
        numbers.removeAll(keepingCapacity: true)
        var slots: [UInt64] = []
        slots.reserveCapacity(questions.count)
        for question in questions { slots.append(self.slots[Int(truncatingIfNeeded: question.digest) & mask]) }
        var heads: [UInt64] = []
        heads.reserveCapacity(questions.count)
        let own = entries.span.bytes
        for slot in slots { heads.append(ByteWords.word(own, Int(truncatingIfNeeded: slot & 0xFFFF_FFFF))) }
        for index in questions.indices { numbers.append(find(questions[index], bytes, slots[index], heads[index])) }
    }

    /// The number of the contact that stands under that account; an empty account is the contact's own. Nil for all
    /// others.
    func find(_ question: Question, _ bytes: RawSpan) -> UInt32? {
        let entry = slots[Int(truncatingIfNeeded: question.digest) & mask]
        return find(
            question, bytes, entry, ByteWords.word(entries.span.bytes, Int(truncatingIfNeeded: entry & 0xFFFF_FFFF)))
    }

    @inline(__always)
    private func find(_ question: Question, _ bytes: RawSpan, _ first: UInt64, _ firstHead: UInt64) -> UInt32? {
        let own = entries.span.bytes
        var slot = Int(truncatingIfNeeded: question.digest) & mask
        var entry = first
        var head = firstHead
        while entry != 0 {
            if (entry ^ question.digest) >> 32 == 0 {
                let start = Int(truncatingIfNeeded: entry & 0xFFFF_FFFF) + Self.header
                let idCount = Int(truncatingIfNeeded: head >> 32 & 0xFFFF)
                if idCount == question.contact.count,
                    ByteWords.equal(own, start, bytes, question.contact.start, count: idCount)
                {
                    let account = question.account
                    let isSame =
                        account.isEmpty
                        || Int(truncatingIfNeeded: head >> 48) == account.count
                            && ByteWords.equal(own, start + idCount, bytes, account.start, count: account.count)
                    return isSame ? UInt32(truncatingIfNeeded: head) : nil
                }
            }
            slot = (slot + 1) & mask
            entry = slots[slot]
            head = ByteWords.word(own, Int(truncatingIfNeeded: entry & 0xFFFF_FFFF))
        }
        return nil
    }
}
