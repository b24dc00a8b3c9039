internal import Feedback
internal import QuestionnaireModel
internal import Records

/// What happened in one account: its responses and events, the latest first.
struct AccountTimeline {
    /// The most entries that a page shows.
    static let mostEntries = 100

    private(set) var entries: [HistoryEntry] = []

    /// Reads one account's lines once more; of one response only the line that counts.
    init(
        account: AccountID, files: DataFiles, definitions: SurveyDefinitions, people: People, asOf: Timestamp
    ) throws(AnalysisError) {
        let parts = try SegmentPart.parts(of: files.segments.map(\.path))
        let contacts = Set(
            people.contacts.indices.filter { index in
                people.contacts[index].account >= 0
                    && people.accountIDs.name(Int(people.contacts[index].account)) == account.rawValue
            }.map { people.contactIDs.name($0) })
        let owner = Owner(account: account.rawValue, contacts: contacts, asOf: asOf.milliseconds)
        let own = try Self.lines(parts, definitions) { OwnedLines(owner) }
        // A later revision may have given a response to another account, where alone it counts then.
        let ids = Set(own.map { IDWords($0.id.rawValue).fingerprint })
        let all = ids.isEmpty ? [] : try Self.lines(parts, definitions) { RevisedLines(ids, asOf: asOf.milliseconds) }
        var winners: [String: ResponseLine] = [:]
        for line in all {
            let key = "\(line.survey) \(line.id)"
            if let other = winners[key], !line.supersedes(other) { continue }
            winners[key] = line
        }
        winners = winners.filter { owner.owns($0.value) }
        // Answers that are not told with names are not told here at all.
        entries = winners.values.filter { line in
            (definitions[line.survey, line.version]?.profile.privacy ?? .named) == .named
        }.map { entry($0, definitions, people) }
        var unreadable = UnreadableLines()
        var events: [String: EventLine] = [:]
        for path in files.events {
            try EventReading.forEach(path, &unreadable) { event in
                if event.recorded.map({ $0 <= asOf }) ?? true { events[event.id] = event }
            }
        }
        entries += events.values.filter { $0.account == account && $0.at <= asOf }.map { entry($0, people) }
        entries.sort { $0.at != $1.at ? $0.at > $1.at : $0.id < $1.id }
        entries = Array(entries.prefix(Self.mostEntries))
    }

    private static func lines<Sink: LineCollector>(
        _ parts: [SegmentPart], _ definitions: SurveyDefinitions, _ sink: @Sendable () -> Sink
    ) throws(AnalysisError) -> [ResponseLine] {
        try Threads.map(parts.count) { (index) throws(AnalysisError) -> [ResponseLine] in
            var scanner = LineScanner(definitions) { _ in false }
            var sink = sink()
            _ = try parts[index].read(&scanner, &sink, ())
            return sink.lines
        }.flatMap(\.self)
    }

    private func entry(_ line: ResponseLine, _ definitions: SurveyDefinitions, _ people: People) -> HistoryEntry {
        let questionnaire = definitions[line.survey, line.version]
        let language = questionnaire?.language(nearest: nil) ?? .english
        let answers = line.answers.entries.map { entry -> AnsweredQuestion in
            guard let id = QuestionID(entry.key), let question = questionnaire?.question(id) else {
                return AnsweredQuestion(
                    id: entry.key, prompt: entry.key, words: entry.answer.plainWords, score: nil,
                    isVerbatim: entry.key.hasSuffix(".other"))
            }
            var score: Int?
            if question.type.measure == .nps, case .integer(let value) = entry.answer { score = value }
            return AnsweredQuestion(
                id: entry.key, prompt: question.prompt.filled(in: language) { _ in nil },
                words: question.type.words(for: entry.answer, in: language), score: score,
                isVerbatim: question.type.measure == .verbatim)
        }
        let contact = line.contact.flatMap { people.contactIDs.find($0.rawValue) }
        return HistoryEntry(
            at: line.submitted, id: line.id.rawValue, contact: line.contact,
            person: contact.flatMap { people.name(ofContact: $0) },
            role: contact.flatMap { people.contacts[$0].role } ?? line.role, language: line.language,
            happening: .answered(survey: line.survey, isComplete: line.isComplete, answers: answers))
    }

    private func entry(_ event: EventLine, _ people: People) -> HistoryEntry {
        let contact = event.contact.flatMap { people.contactIDs.find($0.rawValue) }
        return HistoryEntry(
            at: event.at, id: event.id, contact: event.contact, person: contact.flatMap { people.name(ofContact: $0) },
            role: contact.flatMap { people.contacts[$0].role }, language: nil,
            happening: .event(event.kind, amount: event.amount, currency: event.currency, note: event.note))
    }
}

extension ResponseLine {
    /// Whether this line of an id counts rather than another (DESIGN section 5).
    func supersedes(_ other: ResponseLine) -> Bool {
        if revision != other.revision { return revision > other.revision }
        if known != other.known { return known > other.known }
        var (own, theirs): ([UInt8], [UInt8]) = ([], [])
        append(to: &own)
        other.append(to: &theirs)
        return theirs.lexicographicallyPrecedes(own)
    }
}

extension Answer {
    /// The answer in words where no definition is known.
    var plainWords: String {
        switch self {
        case .integer(let number): String(number)
        case .number(let number): number.text
        case .text(let text): text
        case .list(let codes): codes.joined(separator: ", ")
        case .consent(let given, _): given ? "yes" : "no"
        case .grid(let rows): rows.map { "\($0.item): \($0.answer.plainWords)" }.joined(separator: ", ")
        }
    }
}

/// Whose lines are looked for.
private struct Owner: Sendable {
    let account: String
    let contacts: Set<String>
    let asOf: Int64

    /// Whether a response belongs to the account: by its own word, else by its contact.
    func owns(_ line: ResponseLine) -> Bool {
        line.account.map { $0.rawValue == account } ?? line.contact.map { contacts.contains($0.rawValue) } ?? false
    }
}

/// Keeps some lines whole.
private protocol LineCollector: LineSink, Sendable where Context == Void {
    var asOf: Int64 { get }
    var lines: [ResponseLine] { get set }
    /// Whether a scanned line may be wanted.
    func wants(_ line: borrowing ScannedLine, in bytes: RawSpan) -> Bool
    /// Whether a line is wanted.
    func wants(_ line: ResponseLine) -> Bool
}

extension LineCollector {
    mutating func take(
        _ line: borrowing ScannedLine, in bytes: RawSpan, at offset: Int, _ context: Void, _ versions: KnownVersions
    ) {
        guard line.known <= asOf, wants(line, in: bytes) else { return }
        // The id begins 13 bytes into a line as heed writes it.
        let start = line.id.start - 13
        guard let feed = ByteWords.lineFeed(bytes, from: start, to: bytes.byteCount),
            let whole = try? ResponseLine(ByteWords.array(bytes, start, count: feed - start))
        else { return }
        lines.append(whole)
    }

    mutating func take(_ line: ResponseLine, number: Int, at offset: Int, _ context: Void, _ versions: KnownVersions) {
        if line.known.milliseconds <= asOf, wants(line) { lines.append(line) }
    }
}

/// Keeps the lines of one account.
private struct OwnedLines: LineCollector {
    let owner: Owner
    var lines: [ResponseLine] = []
    private let account: [UInt8]

    init(_ owner: Owner) {
        self.owner = owner
        account = ByteWords.padded(owner.account)
    }

    var asOf: Int64 { owner.asOf }

    func wants(_ line: borrowing ScannedLine, in bytes: RawSpan) -> Bool {
        if line.account.isEmpty {
            return !line.contact.isEmpty
                && owner.contacts.contains(ByteWords.text(bytes, line.contact.start, count: line.contact.count))
        }
        return line.account.count == account.count - ByteWords.slack
            && ByteWords.equal(bytes, line.account.start, account.span.bytes, 0, count: line.account.count)
    }

    func wants(_ line: ResponseLine) -> Bool { owner.owns(line) }
}

/// Keeps every line of some ids, whosever it is.
private struct RevisedLines: LineCollector {
    let ids: Set<UInt64>
    let asOf: Int64
    var lines: [ResponseLine] = []

    init(_ ids: Set<UInt64>, asOf: Int64) {
        self.ids = ids
        self.asOf = asOf
    }

    func wants(_ line: borrowing ScannedLine, in bytes: RawSpan) -> Bool {
        ids.contains(IDWords(bytes, line.id).fingerprint)
    }

    func wants(_ line: ResponseLine) -> Bool { ids.contains(IDWords(line.id.rawValue).fingerprint) }
}
