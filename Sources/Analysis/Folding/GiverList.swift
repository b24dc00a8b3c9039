/// Who gives answers, one after the other: an account's and a contact's id; either may be empty.
struct GiverList: Sendable {
    /// Entries: number (4 bytes), length of the account's id (2), of the contact's id (2), then both ids; in front of
    /// them a word of zeros, behind them room for more, and slack for reading words.
    private(set) var entries: [UInt8]
    /// Where the last entry ends.
    private var end = Self.header
    /// How many givers there are.
    private(set) var count = 0

    private static let header = 8

    /// No givers yet, with room for some.
    init(capacity: Int = 16) {
        entries = [UInt8](repeating: 0, count: Self.header + capacity * 32 + ByteWords.slack)
    }

    /// Givers as `bytes` gave them; nil where they are none.
    init?(_ bytes: ArraySlice<UInt8>, count: Int) {
        entries = [UInt8](repeating: 0, count: Self.header)
        entries.reserveCapacity(Self.header + bytes.count + ByteWords.slack)
        entries += bytes
        end = entries.count
        entries.append(contentsOf: repeatElement(0, count: ByteWords.slack))
        self.count = count
        guard keys.count == count else { return nil }
    }

    /// The bytes of all entries.
    var bytes: ArraySlice<UInt8> { entries[Self.header..<end] }

    /// An entry's number and the lengths of its ids, as one word.
    @inline(__always)
    static func head(_ entries: RawSpan, at place: Int) -> UInt64 { ByteWords.word(entries, place) }

    /// The number in an entry's head.
    @inline(__always)
    static func number(_ head: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: head) }

    /// The ids of the entry at a place, which has that head.
    @inline(__always)
    static func key(_ head: UInt64, at place: Int) -> (account: ByteRange, contact: ByteRange) {
        let account = ByteRange(start: place + header, count: Int(truncatingIfNeeded: head >> 32 & 0xFFFF))
        let contact = ByteRange(start: account.start + account.count, count: Int(truncatingIfNeeded: head >> 48))
        return (account, contact)
    }

    /// The place of the entry whose account's id lies there.
    static func place(of account: ByteRange) -> Int { account.start - header }

    /// Adds a giver behind the others, under a number; both ids are places in spans with slack. Returns the place of
    /// the entry.
    @discardableResult
    mutating func append(
        _ number: UInt32, _ accounts: RawSpan, _ account: ByteRange, _ contacts: RawSpan, _ contact: ByteRange
    ) -> Int {
        let place = end
        end += Self.header + account.count + contact.count
        // What is copied in whole words may reach seven bytes further.
        if end + 8 + ByteWords.slack > entries.count {
            entries.append(contentsOf: repeatElement(0, count: max(entries.count, end)))
        }
        let head = UInt64(number) | UInt64(account.count) << 32 | UInt64(contact.count) << 48
        entries.withUnsafeMutableBytes { own in
            own.storeBytes(of: head.littleEndian, toByteOffset: place, as: UInt64.self)
            Self.copy(accounts, account, to: own, at: place + Self.header)
            Self.copy(contacts, contact, to: own, at: place + Self.header + account.count)
        }
        count += 1
        return place
    }

    /// Copies bytes in whole words, zeros behind them.
    @inline(__always)
    private static func copy(
        _ bytes: RawSpan, _ range: ByteRange, to own: UnsafeMutableRawBufferPointer, at place: Int
    ) {
        var index = 0
        while index < range.count {
            let word = ByteWords.word(bytes, range.start + index) & ByteWords.mask(range.count - index)
            own.storeBytes(of: word.littleEndian, toByteOffset: place + index, as: UInt64.self)
            index += 8
        }
    }

    /// The ids of all givers, by places in `entries`, in order.
    var keys: [(account: ByteRange, contact: ByteRange)] {
        var keys: [(account: ByteRange, contact: ByteRange)] = []
        keys.reserveCapacity(count)
        let own = entries.span.bytes
        var at = Self.header
        while at + Self.header <= end {
            let key = Self.key(Self.head(own, at: at), at: at)
            at = key.contact.start + key.contact.count
            if at > end { break }
            keys.append(key)
        }
        return keys
    }
}
