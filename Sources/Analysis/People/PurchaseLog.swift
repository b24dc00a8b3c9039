internal import Feedback
internal import Records

/// The purchases that were known by a moment, by account; gathered while responses are read.
struct PurchaseLog: Sendable {
    private var accounts = NameTable()
    private var ids = NameTable()
    /// By event: the account's place among `accounts` and the moment; nil for what is no purchase.
    private var found: [(account: Int, at: Int64)?] = []
    private(set) var unreadable = UnreadableLines()
    private var moments = MomentScanner()

    /// Reads the events of some files; of one event id the last line known in time counts.
    init(_ paths: [String], asOf: Timestamp) throws(AnalysisError) {
        var unreadable = UnreadableLines()
        for path in paths {
            try EventReading.forEachFlat(path, &unreadable) { (line, bytes) in
                guard let id = line.values[0], let kind = line.values[3], let at = line.values[4] else { return false }
                return add(
                    bytes, id, isPurchase: Self.isPurchase(bytes, kind), at: at, line.values[10], line.values[1], asOf)
            } otherwise: { event in
                add(event, asOf)
            }
        }
        self.unreadable = unreadable
    }

    private static let purchase = ByteWords.word("purchase")

    private static func isPurchase(_ bytes: RawSpan, _ kind: ByteRange) -> Bool {
        kind.count == 8 && ByteWords.word(bytes, kind.start) == purchase
    }

    /// Notes an event in plain spelling; false where the full parser must decide.
    private mutating func add(
        _ bytes: RawSpan, _ id: ByteRange, isPurchase: Bool, at: ByteRange, _ recorded: ByteRange?,
        _ account: ByteRange?,
        _ asOf: Timestamp
    ) -> Bool {
        // Other kinds are checked by the full parser: they are few in any folder where this matters.
        guard isPurchase, !id.isEmpty, at.count == 24, let moment = moments.scan(bytes, at.start) else { return false }
        if let recorded {
            guard recorded.count == 24, let known = moments.scan(bytes, recorded.start) else { return false }
            if known > asOf.milliseconds { return true }
        }
        let number = ids.insert(bytes, id.start, count: id.count)
        if number == found.count { found.append(nil) }
        guard let account else {
            found[number] = nil
            return true
        }
        guard (1...128).contains(account.count) else { return false }
        found[number] =
            moment <= asOf.milliseconds ? (accounts.insert(bytes, account.start, count: account.count), moment) : nil
        return true
    }

    private mutating func add(_ event: EventLine, _ asOf: Timestamp) {
        guard event.recorded.map({ $0 <= asOf }) ?? true else { return }
        let number = ids.insert(event.id)
        if number == found.count { found.append(nil) }
        found[number] = nil
        guard event.kind == .purchase, event.at <= asOf, let account = event.account else { return }
        found[number] = (accounts.insert(account.rawValue), event.at.milliseconds)
    }

    /// The moments of every account's purchases, by the account's number.
    func byAccount(_ people: People) -> [Int: [Timestamp]] {
        let numbers = (0..<accounts.count).map { people.accountIDs.find(accounts.name($0)) }
        var purchases: [Int: [Timestamp]] = [:]
        for case let entry? in found {
            guard let number = numbers[entry.account] else { continue }
            purchases[number, default: []].append(Timestamp(milliseconds: entry.at))
        }
        return purchases.mapValues { $0.sorted() }
    }
}

/// Walks over the events of a file.
enum EventReading {
    private static let keys = [
        "id", "account", "contact", "kind", "at", "amount", "currency", "order", "product", "note", "recorded",
    ]

    /// Hands every event that can be read to a closure, in order.
    static func forEach(
        _ path: String, _ unreadable: inout UnreadableLines, _ body: (EventLine) -> Void
    ) throws(AnalysisError) {
        try forEachFlat(path, &unreadable) { line, bytes in
            guard let event = event(line, bytes) else { return false }
            body(event)
            return true
        } otherwise: { event in
            body(event)
        }
    }

    /// Hands every line in plain spelling to a closure, by its values; what that does not take, and all others, as
    /// events.
    static func forEachFlat(
        _ path: String, _ unreadable: inout UnreadableLines, _ flat: (FlatScanner, RawSpan) -> Bool,
        otherwise: (EventLine) -> Void
    ) throws(AnalysisError) {
        let file = try FileReading(path)
        let size = file.size
        var reader = try BlockReader(file, range: 0..<size)
        var scanner = FlatScanner(keys: keys)
        var number = 0
        try reader.forEachBlock { (bytes, start, filled, limit, _) throws(AnalysisError) -> Int in
            var at = start
            while at < limit {
                if let feed = scanner.scan(bytes, from: at), hasPlainKinds(scanner), flat(scanner, bytes) {
                    number += 1
                    at = feed + 1
                    continue
                }
                guard let feed = ByteWords.lineFeed(bytes, from: at, to: filled) else { return at }
                number += 1
                let line: EventLine?
                do throws(LineError) { line = try EventLine(ByteWords.array(bytes, at, count: feed - at)) } catch {
                    unreadable.add(UnreadableLine(file: path, line: number, reason: error.reason))
                    line = nil
                }
                if let line { otherwise(line) }
                at = feed + 1
            }
            return at
        }
    }

    /// Whether only the amount is a number.
    private static func hasPlainKinds(_ line: FlatScanner) -> Bool {
        line.values.indices.allSatisfy { line.values[$0] == nil || line.isNumber($0) == ($0 == 5) }
    }

    /// A flat event in plain spelling; nil when the full parser must decide.
    private static func event(_ line: FlatScanner, _ bytes: RawSpan) -> EventLine? {
        func text(_ key: Int) -> String? {
            line.values[key].map { ByteWords.text(bytes, $0.start, count: $0.count) }
        }
        guard let id = text(0), !id.isEmpty, let kind = text(3).flatMap(EventKind.init(rawValue:)),
            let at = text(4).flatMap({ Timestamp($0) })
        else { return nil }
        var event = EventLine(id: id, kind: kind, at: at)
        if let written = text(1) {
            guard let account = AccountID(written) else { return nil }
            event.account = account
        }
        if let written = text(2) {
            guard let contact = ContactID(written) else { return nil }
            event.contact = contact
        }
        if let written = text(10) {
            guard let recorded = Timestamp(written) else { return nil }
            event.recorded = recorded
        }
        event.amount = text(5).flatMap { DecimalNumber($0) }
        event.currency = text(6)
        event.order = text(7)
        event.product = text(8)
        event.note = text(9)
        return event
    }
}
