internal import Feedback
internal import Records

/// Reads `accounts.jsonl` and `contacts.jsonl` as they were known at a moment.
struct PeopleLoader {
    private let asOf: Int64
    private let earlier: Int64
    private(set) var people = People()
    private(set) var unreadable: [UnreadableLine] = []
    private(set) var unreadableCount = 0

    /// Reads lines known by `asOf`; an earlier report is one of `earlier`.
    init(asOf: Timestamp, earlier: Timestamp) {
        self.asOf = asOf.milliseconds
        self.earlier = earlier.milliseconds
    }

    private static let accountKeys = [
        "id", "name", "tier", "manager", "annualValue", "currency", "renewal", "since", "recorded",
    ]
    private static let contactKeys = ["id", "account", "name", "email", "role", "language", "recorded"]

    /// Reads both files of people, as many parts at a time as there are threads.
    static func load(
        accounts: String?, contacts: String?, asOf: Timestamp, earlier: Timestamp, partSize: Int = 256 << 20
    ) throws(AnalysisError) -> PeopleLoader {
        let contactParts = try SegmentPart.parts(of: [contacts].compactMap { $0 }, size: partSize)
        let accountParts = try SegmentPart.parts(of: [accounts].compactMap { $0 }, size: partSize)
        let count = contactParts.count + accountParts.count
        let loaders = try Threads.map(count) { (index) throws(AnalysisError) -> PeopleLoader in
            var loader = PeopleLoader(asOf: asOf, earlier: earlier)
            if index < contactParts.count {
                try loader.loadContacts(contactParts[index])
            } else {
                try loader.loadAccounts(accountParts[index - contactParts.count])
            }
            return loader
        }
        guard var all = loaders.first else { return PeopleLoader(asOf: asOf, earlier: earlier) }
        for index in loaders.indices.dropFirst() {
            // Lines are numbered from the beginning of their file.
            if index == contactParts.count { all.lines = 0 }
            all.absorb(loaders[index])
        }
        return all
    }

    /// The account of the contact before; -1 for none.
    private var lastAccount = -1
    /// How many lines the file had so far.
    private var lines = 0

    /// Reads the accounts of a part of their file.
    private mutating func loadAccounts(_ part: SegmentPart) throws(AnalysisError) {
        var scanner = FlatScanner(keys: Self.accountKeys)
        try read(part, &scanner, Self.take(account:_:_:)) { (loader, bytes) throws(LineError) in
            loader.take(account: try AccountLine(bytes))
        }
    }

    /// Reads the contacts of a part of their file.
    private mutating func loadContacts(_ part: SegmentPart) throws(AnalysisError) {
        var scanner = FlatScanner(keys: Self.contactKeys)
        people.reserve(contacts: part.range.count / 128)
        try read(part, &scanner, Self.take(contact:_:_:)) { (loader, bytes) throws(LineError) in
            loader.take(contact: try ContactLine(bytes))
        }
    }

    /// Takes in what a later part says.
    private mutating func absorb(_ other: PeopleLoader) {
        people.absorb(other.people)
        for line in other.unreadable where unreadable.count < 100 {
            unreadable.append(UnreadableLine(file: line.file, line: lines + line.line, reason: line.reason))
        }
        unreadableCount += other.unreadableCount
        lines += other.lines
    }

    private mutating func read(
        _ part: SegmentPart, _ scanner: inout FlatScanner,
        _ fast: (inout PeopleLoader, FlatScanner, RawSpan) -> Bool,
        _ slow: (inout PeopleLoader, [UInt8]) throws(LineError) -> Void
    ) throws(AnalysisError) {
        var reader = try BlockReader(try FileReading(part.path), range: part.range)
        try reader.forEachBlock { (bytes, start, filled, limit, _) throws(AnalysisError) -> Int in
            var at = start
            while at < limit {
                if let feed = scanner.scan(bytes, from: at), fast(&self, scanner, bytes) {
                    lines += 1
                    at = feed + 1
                    continue
                }
                guard let feed = ByteWords.lineFeed(bytes, from: at, to: filled) else { return at }
                lines += 1
                do throws(LineError) { try slow(&self, ByteWords.array(bytes, at, count: feed - at)) } catch {
                    unreadableCount += 1
                    if unreadable.count < 100 {
                        unreadable.append(UnreadableLine(file: part.path, line: lines, reason: error.reason))
                    }
                }
                at = feed + 1
            }
            return at
        }
    }

    private static func take(account loader: inout PeopleLoader, _ line: FlatScanner, _ bytes: RawSpan) -> Bool {
        func text(_ key: Int) -> String? {
            line.values[key].map { ByteWords.text(bytes, $0.start, count: $0.count) }
        }
        for key in line.values.indices where line.values[key] != nil && line.isNumber(key) != (key == 4) {
            return false
        }
        guard let id = line.values[0], loader.isForeignKey(bytes, id) else { return false }
        var recorded = Int64.min
        if let written = text(8) {
            guard let moment = Timestamp(written) else { return false }
            recorded = moment.milliseconds
        }
        var account = People.Account(name: text(1), tier: text(2), manager: text(3), currency: text(5))
        if let written = text(4) {
            account.annualValue = DecimalNumber(written)
            if account.annualValue == nil { return false }
        }
        if let written = text(6) {
            account.renewal = LocalDate(written)
            if account.renewal == nil { return false }
        }
        if let written = text(7) {
            account.since = LocalDate(written)
            if account.since == nil { return false }
        }
        if recorded > loader.asOf { return true }
        loader.people.accounts[loader.people.account(bytes, id.start, count: id.count)] = account
        return true
    }

    private mutating func take(account line: AccountLine) {
        if let recorded = line.recorded, recorded.milliseconds > asOf { return }
        let id = ByteWords.padded(line.id.rawValue)
        people.accounts[people.account(id.span.bytes, 0, count: id.count - ByteWords.slack)] = People.Account(
            name: line.name, tier: line.tier, manager: line.manager, annualValue: line.annualValue,
            currency: line.currency, renewal: line.renewal, since: line.since)
    }

    private static func take(contact loader: inout PeopleLoader, _ line: FlatScanner, _ bytes: RawSpan) -> Bool {
        for key in line.values.indices where line.values[key] != nil && line.isNumber(key) { return false }
        guard let id = line.values[0], loader.isForeignKey(bytes, id) else { return false }
        var contact = People.Contact()
        if let written = line.values[6] {
            guard let moment = Timestamp(ByteWords.text(bytes, written.start, count: written.count)) else {
                return false
            }
            contact.recorded = moment.milliseconds
        }
        if let written = line.values[4] {
            guard let role = ContactRole(rawValue: ByteWords.text(bytes, written.start, count: written.count)) else {
                return false
            }
            contact.role = role
        }
        if let language = line.values[5], !loader.isPlainLanguage(bytes, language) { return false }
        if let account = line.values[1], !loader.isForeignKey(bytes, account) { return false }
        if contact.recorded > loader.asOf { return true }
        if let account = line.values[1] {
            // Contacts of one account mostly stand together.
            let last = loader.lastAccount
            if last < 0 || !loader.people.accountIDs.isName(last, bytes, account.start, count: account.count) {
                loader.lastAccount = loader.people.account(bytes, account.start, count: account.count)
            }
            contact.account = Int32(loader.lastAccount)
        }
        let number = loader.people.contactIDs.insert(bytes, id.start, count: id.count)
        loader.people.put(
            contact, number: number, name: bytes, line.values[2] ?? ByteRange(),
            isEarlier: contact.recorded <= loader.earlier)
        return true
    }

    private mutating func take(contact line: ContactLine) {
        let recorded = line.recorded?.milliseconds ?? .min
        if recorded > asOf { return }
        var contact = People.Contact(role: line.role, recorded: recorded)
        if let account = line.account {
            let bytes = ByteWords.padded(account.rawValue)
            contact.account = Int32(people.account(bytes.span.bytes, 0, count: bytes.count - ByteWords.slack))
        }
        let number = people.contactIDs.insert(line.id.rawValue)
        let name = ByteWords.padded(line.name ?? "")
        people.put(
            contact, number: number,
            name: name.span.bytes, ByteRange(start: 0, count: name.count - ByteWords.slack),
            isEarlier: recorded <= earlier)
    }

    private func isForeignKey(_ bytes: RawSpan, _ range: ByteRange) -> Bool {
        guard (1...128).contains(range.count) else { return false }
        for index in 0..<range.count where ByteWords.byte(bytes, range.start + index) == 0x7F { return false }
        return true
    }

    private func isPlainLanguage(_ bytes: RawSpan, _ range: ByteRange) -> Bool {
        guard (2...8).contains(range.count) else { return false }
        return (0..<range.count).allSatisfy { (97...122).contains(ByteWords.byte(bytes, range.start + $0)) }
    }
}
