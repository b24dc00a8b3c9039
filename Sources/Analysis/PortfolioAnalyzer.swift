package import Feedback
internal import QuestionnaireModel

/// Makes the churn-risk report out of the journals, in one pass over the responses.
package struct PortfolioAnalyzer: Sendable {
    private let files: DataFiles
    private let definitions: SurveyDefinitions
    private let settings: AnalysisSettings
    /// How large the parts are that segments are cut into; nothing but time and memory depends on it.
    var partSize = SegmentPart.usualSize

    /// An analyzer of some journals, with the definitions that responses were given under.
    package init(_ files: DataFiles, definitions: SurveyDefinitions, settings: AnalysisSettings = AnalysisSettings()) {
        self.files = files
        self.definitions = definitions
        self.settings = settings
    }

    /// Reads what was known by a moment; the report compares with an earlier one, seven days before when not said.
    package func analyze(asOf: Timestamp, comparedWith earlier: Timestamp? = nil) throws(AnalysisError)
        -> PortfolioAnalysis
    {
        let earlier = min(earlier ?? asOf.adding(days: -7), asOf)
        let window = ReportWindow(asOf: asOf, earlier: earlier, days: settings.windowDays)
        let loader = try PeopleLoader.load(
            accounts: files.accounts, contacts: files.contacts, asOf: asOf, earlier: earlier)
        let registry = SeriesRegistry()
        let context = ScoreSink.Context(
            members: MemberTable(loader.people), registry: registry, asOf: asOf.milliseconds,
            earlier: earlier.milliseconds,
            windowStart: window.start(then: true).milliseconds)
        let parts = try SegmentPart.parts(of: files.segments.map(\.path), size: partSize)
        // One piece more than parts: the events.
        let pieces = try Threads.map(parts.count + 1) { (index) throws(AnalysisError) -> Piece in
            guard index > 0 else { return .purchases(try PurchaseLog(files.events, asOf: asOf)) }
            var scanner = LineScanner(definitions) { $0.type.measure == .nps }
            var sink = ScoreSink()
            let reading = try parts[index - 1].read(&scanner, &sink, context)
            sink.ledger.settle()
            return .scores(sink, reading)
        }
        var read: [(ScoreSink, PartReading)] = []
        var purchases: PurchaseLog?
        for piece in pieces {
            switch piece {
            case .scores(let sink, let reading): read.append((sink, reading))
            case .purchases(let log): purchases = log
            }
        }
        var unreadable = UnreadableLines(loader.unreadable, count: loader.unreadableCount)
        try unreadable.add(read.map(\.1), parts)
        var sinks = read.map(\.0)
        try settle(&sinks, parts, asOf: asOf, earlier: earlier)
        var unknownVersions: [String: Int] = [:]
        for sink in sinks { unknownVersions.merge(sink.unknownVersions, uniquingKeysWith: +) }
        let others = sinks.map(\.others)
        var logs: [ScoreLog] = []
        for index in sinks.indices { logs.append(sinks[index].takeLog()) }
        sinks = []
        let histories = try Histories(
            logs: logs, others: others, parts: parts, people: loader.people, registry: registry, window: window)
        if let log = purchases { unreadable.add(log.unreadable) }
        return try PortfolioAnalysis(
            AccountHistories(
                histories: histories, window: window, minimumGroup: settings.minimumGroup,
                purchases: purchases?.byAccount(histories.people) ?? [:]),
            files: files, definitions: definitions, settings: settings, unreadable: unreadable,
            unknownVersions: unknownVersions)
    }

    /// What one thread read at a time.
    private enum Piece: Sendable {
        case purchases(PurchaseLog)
        case scores(ScoreSink, PartReading)
    }

    /// Lets of every id only the greatest line count.
    private func settle(
        _ sinks: inout [ScoreSink], _ parts: [SegmentPart], asOf: Timestamp, earlier: Timestamp
    ) throws(AnalysisError) {
        var ledgers = sinks.map(\.ledger)
        for index in sinks.indices { sinks[index].ledger = IDLedger() }
        for (_, indices) in Dictionary(grouping: parts.indices, by: { files.segments[parts[$0].segment].survey }) {
            let losers = try Winners.losers(
                parts: parts, indices: indices, ledgers: &ledgers, earlier: earlier.milliseconds,
                asOf: asOf.milliseconds, definitions: definitions)
            for (index, standings) in losers { sinks[index].apply(standings) }
        }
    }
}

/// Lines that cannot be read, gathered over files.
struct UnreadableLines: Sendable {
    private(set) var lines: [UnreadableLine]
    private(set) var count: Int

    init(_ lines: [UnreadableLine] = [], count: Int = 0) {
        self.lines = lines
        self.count = count
    }

    /// Adds what reading the parts found, numbered within their files; a newer line ends the analysis.
    mutating func add(_ readings: [PartReading], _ parts: [SegmentPart]) throws(AnalysisError) {
        var before = 0
        for (index, reading) in readings.enumerated() {
            if index > 0, parts[index].segment != parts[index - 1].segment { before = 0 }
            for line in reading.unreadable {
                let number = before + line.line + 1
                if line.isNewer { throw .newerLine(file: parts[index].path, line: number, reason: line.reason) }
                add(UnreadableLine(file: parts[index].path, line: number, reason: line.reason), counts: false)
            }
            count += reading.unreadableCount
            before += reading.lines
        }
    }

    /// Adds the lines of other files.
    mutating func add(_ other: UnreadableLines) {
        for line in other.lines { add(line, counts: false) }
        count += other.count
    }

    /// Adds one line; only the first hundred are kept.
    mutating func add(_ line: UnreadableLine, counts: Bool = true) {
        if lines.count < 100 { lines.append(line) }
        if counts { count += 1 }
    }
}
