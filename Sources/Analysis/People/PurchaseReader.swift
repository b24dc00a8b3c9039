internal import Feedback
internal import Records

/// Reads purchases out of the events, by account.
enum PurchaseReader {
    /// The moments of every account's purchases that were known by a moment; of one event id the last line counts.
    static func read(
        _ paths: [String], _ people: People, asOf: Timestamp, _ unreadable: inout UnreadableLines
    ) throws(AnalysisError) -> [Int: [Timestamp]] {
        var ids = NameTable()
        var found: [(account: Int, at: Timestamp)?] = []
        for path in paths {
            try EventReading.forEach(path, &unreadable) { event in
                let number = ids.insert(event.id)
                if number == found.count { found.append(nil) }
                guard event.recorded.map({ $0 <= asOf }) ?? true else { return }
                found[number] = nil
                guard event.kind == .purchase, event.at <= asOf, let account = event.account,
                    let owner = people.accountIDs.find(account.rawValue)
                else { return }
                found[number] = (owner, event.at)
            }
        }
        var purchases: [Int: [Timestamp]] = [:]
        for case let entry? in found { purchases[entry.account, default: []].append(entry.at) }
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
        _ path: String, _ unreadable: inout UnreadableLines, _ body: (EventLine) throws(AnalysisError) -> Void
    ) throws(AnalysisError) {
        let file = try FileReading(path)
        let size = file.size
        var reader = try BlockReader(file, range: 0..<size)
        var scanner = FlatScanner(keys: keys)
        var number = 0
        try reader.forEachBlock { (bytes, start, filled, limit, _) throws(AnalysisError) -> Int in
            var at = start
            while at < limit {
                if let feed = scanner.scan(bytes, from: at), let event = event(scanner, bytes) {
                    number += 1
                    try body(event)
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
                if let line { try body(line) }
                at = feed + 1
            }
            return at
        }
    }

    /// A flat event in plain spelling; nil when the full parser must decide.
    private static func event(_ line: FlatScanner, _ bytes: RawSpan) -> EventLine? {
        func text(_ key: Int) -> String? {
            line.values[key].map { ByteWords.text(bytes, $0.start, count: $0.count) }
        }
        for key in line.values.indices where line.values[key] != nil && line.isNumber(key) != (key == 5) { return nil }
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
