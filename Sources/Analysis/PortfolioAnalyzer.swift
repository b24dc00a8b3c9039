package import Feedback
internal import QuestionnaireModel

/// Makes the churn-risk report out of the journals, in one pass over the responses.
package struct PortfolioAnalyzer: Sendable {
    private let files: DataFiles
    private let definitions: SurveyDefinitions
    private let settings: AnalysisSettings
    /// How large the parts are that segments are cut into; nothing but time and memory depends on it.
    var partSize = SegmentPart.usualSize

    /// From how many new bytes on a kept fold is written anew; nothing but time depends on it.
    var mostUnkept = FoldReader.usuallyUnkept

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
        let first = try Threads.map(2) { (piece) throws(AnalysisError) -> First in
            if piece > 0 { return .purchases(try PurchaseLog(files.events, asOf: asOf)) }
            let loader = try PeopleLoader.load(
                accounts: files.accounts, contacts: files.contacts, asOf: asOf, earlier: earlier)
            return .people(loader)
        }
        guard case .people(let loader) = first[0], case .purchases(let purchases) = first[1] else {
            preconditionFailure("pieces come back in their order")
        }
        let members = MemberIndex(loader.people)
        let registry = SeriesRegistry()
        let parts = try SegmentPart.parts(of: files.segments.map(\.path), size: partSize)
        let reader = FoldReader(
            definitions: definitions, cache: files.cache.map { FoldCache(folder: $0 + "/folds", partSize: partSize) },
            members: members, mostUnkept: mostUnkept)
        let context = PartScores.Context(
            members: members, registry: registry, definitions: definitions, parts: parts, window: window)
        var read = try Threads.map(parts.count) { (index) throws(AnalysisError) in
            try PartReport(index, reader, context)
        }
        var unreadable = UnreadableLines(loader.unreadable, count: loader.unreadableCount)
        try unreadable.add(read.map(\.reading), parts)
        try settle(&read, reader, context)
        var unknownVersions: [String: Int] = [:]
        for part in read {
            for (name, known) in part.unknownVersions {
                let count = known.count { $0 <= asOf.milliseconds }
                if count > 0 { unknownVersions[name, default: 0] += count }
            }
        }
        let scores = read.flatMap(\.scores)
        read = []
        let histories = try Histories(
            scores, parts: parts, people: loader.people, registry: registry, window: window)
        unreadable.add(purchases.unreadable)
        return try PortfolioAnalysis(
            AccountHistories(
                histories: histories, window: window, minimumGroup: settings.minimumGroup,
                purchases: purchases.byAccount(histories.people)),
            files: files, definitions: definitions, settings: settings, unreadable: unreadable,
            unknownVersions: unknownVersions)
    }

    /// What is read before the responses, side by side.
    private enum First: Sendable {
        case people(PeopleLoader)
        case purchases(PurchaseLog)
    }

    /// Lets of every id only the greatest line count; parts with lines that lose are made anew without them.
    private func settle(
        _ read: inout [PartReport], _ reader: FoldReader, _ context: PartScores.Context
    ) throws(AnalysisError) {
        let ledgers = read.map(\.ids)
        var losers: [Int: [Winners.Standing]] = [:]
        let surveys = Dictionary(grouping: context.parts.indices) { files.segments[context.parts[$0].segment].survey }
        for (_, indices) in surveys {
            let own = try Winners.losers(
                parts: context.parts, indices: indices, ledgers: ledgers,
                earlier: context.window.earlier.milliseconds, asOf: context.window.asOf.milliseconds, reader)
            losers.merge(own) { first, _ in first }
        }
        let indices = losers.keys.sorted()
        let (reports, standings) = (read, losers)
        let anew = try Threads.map(indices.count) { (place) throws(AnalysisError) in
            try reports[indices[place]].without(standings[indices[place]] ?? [], reader, context)
        }
        for (place, index) in indices.enumerated() { read[index].scores = anew[place] }
    }
}

/// What a part has to say to a report.
private struct PartReport: Sendable {
    let part: Int
    let reading: PartReading
    let ids: IDLedger
    let unknownVersions: [String: [Int64]]
    /// The scores of the part's folds, as if no id stood on more than one line.
    var scores: [PartScores] = []
    /// The folds, where ids do not rise, so that lines that do not count are likely.
    private let folds: FoldReader.Folds?

    init(_ part: Int, _ reader: FoldReader, _ context: PartScores.Context) throws(AnalysisError) {
        let folds = try reader.folds(of: context.parts[part])
        self.part = part
        reading = folds.reading
        ids = folds.ids
        unknownVersions = folds.folds.reduce(into: [:]) { $0.merge($1.unknownVersions, uniquingKeysWith: +) }
        self.folds = ids.isRising ? nil : folds
        for fold in folds.folds { scores.append(try PartScores(fold, part: part, standings: [], context)) }
    }

    /// The scores without lines that do not count.
    func without(
        _ standings: [Winners.Standing], _ reader: FoldReader, _ context: PartScores.Context
    ) throws(AnalysisError) -> [PartScores] {
        let folds: FoldReader.Folds
        if let held = self.folds { folds = held } else { folds = try reader.folds(of: context.parts[part]) }
        var scores: [PartScores] = []
        for fold in folds.folds { scores.append(try PartScores(fold, part: part, standings: standings, context)) }
        return scores
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
