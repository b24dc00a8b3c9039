internal import Synchronization

/// Looks up who of the listed contacts givers are: by account and contact, or by contact alone.
final class MemberIndex: Sendable {
    private let people: People
    /// The listed contacts by account and id; made when first asked for, since kept folds mostly know the way.
    private let listed = Mutex<GiverTable?>(nil)

    init(_ people: People) { self.people = people }

    /// How many contacts there are.
    var count: Int { people.contacts.count }

    /// The listed contacts by account and id.
    var table: GiverTable {
        listed.withLock { table in
            if let table { return table }
            var made = GiverTable(capacity: people.contacts.count)
            let (accounts, contacts) = (people.accountIDs, people.contactIDs)
            let (accountBytes, contactBytes) = (accounts.arena.span.bytes, contacts.arena.span.bytes)
            for (number, contact) in people.contacts.enumerated() where contact.account >= 0 {
                let key = GiverTable.Key(
                    accountBytes, account: accounts.range(Int(contact.account)), contactBytes,
                    contact: contacts.range(number))
                made.add(key, accounts: accountBytes, contacts: contactBytes, number: UInt32(number))
            }
            table = made
            return made
        }
    }

    /// The contacts of some numbers as a list; all of them are listed under accounts.
    func list(_ members: [UInt32]) -> GiverList {
        let (accounts, contacts, records) = (people.accountIDs, people.contactIDs, people.contacts)
        let (accountBytes, contactBytes) = (accounts.arena.span.bytes, contacts.arena.span.bytes)
        var list = GiverList(capacity: members.count)
        for (place, member) in members.enumerated() {
            let account = accounts.range(Int(records[Int(member)].account))
            list.append(UInt32(place), accountBytes, account, contactBytes, contacts.range(Int(member)))
        }
        return list
    }

    /// The contacts that givers are, `GiverTable.missing` for those who are not listed under the account they name.
    ///
    /// `hints` are the contacts they were when the list was made; most still are.
    func find(_ givers: GiverList, hints: [UInt32]) -> [UInt32] {
        let bytes = givers.entries.span.bytes
        let keys = givers.keys
        let (accounts, contacts, records) = (people.accountIDs, people.contactIDs, people.contacts)
        var found = [UInt32](repeating: GiverTable.missing, count: keys.count)
        var unknown: [Int] = []
        for (index, key) in keys.enumerated() {
            let hint = Int(hints[index])
            if hint < records.count, records[hint].account >= 0,
                contacts.isName(hint, bytes, key.contact.start, count: key.contact.count),
                accounts.isName(Int(records[hint].account), bytes, key.account.start, count: key.account.count)
            {
                found[index] = UInt32(hint)
            } else if !key.contact.isEmpty {
                unknown.append(index)
            }
        }
        if unknown.isEmpty { return found }
        let table = table
        var numbers: [UInt32] = []
        // Some at a time, so that what is looked up together stays in the cache.
        for first in stride(from: 0, to: unknown.count, by: 1024) {
            let some = unknown[first..<min(first + 1024, unknown.count)]
            table.find(
                some.map { GiverTable.Key(bytes, account: keys[$0].account, contact: keys[$0].contact) }, bytes,
                into: &numbers)
            for (place, index) in some.enumerated() {
                let isAlone = numbers[place] == GiverTable.missing && keys[index].account.isEmpty
                found[index] = isAlone ? alone(keys[index].contact, bytes) : numbers[place]
            }
        }
        return found
    }

    /// A contact named without an account, who speaks for their own.
    private func alone(_ contact: ByteRange, _ bytes: RawSpan) -> UInt32 {
        guard let number = people.contactIDs.find(bytes, contact.start, count: contact.count),
            people.contacts[number].account >= 0
        else { return GiverTable.missing }
        return UInt32(number)
    }
}
