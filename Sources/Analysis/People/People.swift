internal import Feedback
internal import Markup

/// The accounts and contacts as they were known at a moment, by number.
struct People: Sendable {
    /// One account's record.
    struct Account: Sendable {
        var name: String?
        var tier: String?
        var manager: String?
        var annualValue: DecimalNumber?
        var currency: String?
        var renewal: LocalDate?
        var since: LocalDate?
    }

    /// One contact's record, without the parts that no report needs.
    struct Contact: Sendable {
        /// The account's number, or -1 when none is named.
        var account: Int32 = -1
        var role: ContactRole?
        /// The role that an earlier report would have read.
        var earlierRole: ContactRole?
        /// Whether an earlier report would have known the contact.
        var isEarlier = false
        /// The name's place among all names.
        var nameStart: UInt32 = 0
        var nameCount: UInt16 = 0
        /// When the line was written, in milliseconds; `.min` for always known.
        var recorded = Int64.min
    }

    /// The accounts' ids; those without a record are named by contacts or responses only.
    var accountIDs = NameTable()
    /// The accounts' records, by number.
    var accounts: [Account?] = []
    /// The contacts' ids.
    var contactIDs = NameTable()
    /// The contacts' records, by number.
    var contacts: [Contact] = []
    private var names: [UInt8] = []

    /// The name of a contact, if it has one.
    func name(ofContact contact: Int) -> String? {
        let record = contacts[contact]
        if record.nameCount == 0 { return nil }
        let start = Int(record.nameStart)
        let name = String(decoding: names[start..<(start + Int(record.nameCount))], as: UTF8.self)
        // It stands in sentences, whose dates and scores it must not turn around.
        return Escaping.withoutDirectionTurns(name)
    }

    /// The number of an account, a new one where it has none.
    mutating func account(_ bytes: RawSpan, _ start: Int, count: Int) -> Int {
        let index = accountIDs.insert(bytes, start, count: count)
        while accounts.count < accountIDs.count { accounts.append(nil) }
        return index
    }

    /// Makes room, so that loading does not copy again and again.
    mutating func reserve(contacts count: Int) {
        contactIDs.reserve(names: count, bytes: count * 16)
        contacts.reserveCapacity(count)
        names.reserveCapacity(count * 16)
    }

    /// Keeps a contact's line; the last line of an id is the whole record.
    mutating func put(_ contact: Contact, number: Int, name bytes: RawSpan, _ range: ByteRange, isEarlier: Bool) {
        var contact = contact
        if range.count > 0, range.count < 65_536 {
            contact.nameStart = UInt32(names.count)
            contact.nameCount = UInt16(range.count)
            for index in 0..<range.count { names.append(ByteWords.byte(bytes, range.start + index)) }
        }
        if number == contacts.count {
            contact.isEarlier = isEarlier
            contact.earlierRole = isEarlier ? contact.role : nil
            contacts.append(contact)
        } else {
            let before = contacts[number]
            contact.isEarlier = isEarlier || before.isEarlier
            contact.earlierRole = isEarlier ? contact.role : before.earlierRole
            contacts[number] = contact
        }
    }

    /// Takes in what later lines say; of one id the last line is the whole record.
    mutating func absorb(_ later: People) {
        let numbers = (0..<later.accountIDs.count).map { index in
            let id = ByteWords.padded(later.accountIDs.bytes(index))
            let number = account(id.span.bytes, 0, count: id.count - ByteWords.slack)
            if let record = later.accounts[index] { accounts[number] = record }
            return Int32(number)
        }
        contactIDs.reserve(
            names: contacts.count + later.contacts.count, bytes: (contacts.count + later.contacts.count) * 16)
        let nameBase = UInt32(names.count)
        names += later.names
        for (index, record) in later.contacts.enumerated() {
            var contact = record
            if contact.account >= 0 { contact.account = numbers[Int(contact.account)] }
            contact.nameStart += nameBase
            let id = ByteWords.padded(later.contactIDs.bytes(index))
            let number = contactIDs.insert(id.span.bytes, 0, count: id.count - ByteWords.slack)
            if number == contacts.count {
                contacts.append(contact)
                continue
            }
            if !contact.isEarlier {
                contact.isEarlier = contacts[number].isEarlier
                contact.earlierRole = contacts[number].earlierRole
            }
            contacts[number] = contact
        }
    }
}
