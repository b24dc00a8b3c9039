package import Feedback
internal import QuestionnaireModel
internal import Records

/// Makes the results of one survey out of the journals.
package struct SurveyAnalyzer: Sendable {
    /// Which responses count and how they are split.
    package struct Selection: Sendable {
        /// Only responses sent from then on.
        package var since: Timestamp?
        /// Only responses sent before then.
        package var until: Timestamp?
        /// What the answers are split by.
        package var breakdown: Breakdown?

        /// All responses, undivided unless said.
        package init(since: Timestamp? = nil, until: Timestamp? = nil, breakdown: Breakdown? = nil) {
            self.since = since
            self.until = until
            self.breakdown = breakdown
        }
    }

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

    /// The results as they were known by a moment; `live` is the version whose questions lead the list.
    package func results(
        of survey: SurveyID, live: SurveyVersion?, asOf: Timestamp, selection: Selection = Selection()
    ) throws(AnalysisError) -> SurveyResults {
        let segments = files.segments.filter { $0.survey == survey }
        if segments.isEmpty, live == nil { throw .noSurvey(survey) }
        let needsPeople = selection.breakdown != nil && selection.breakdown != .language
        let loader = try PeopleLoader.load(
            accounts: needsPeople ? files.accounts : nil, contacts: needsPeople ? files.contacts : nil, asOf: asOf,
            earlier: asOf)
        let frame = ResultsSink.Frame(
            survey: survey, people: loader.people, asOf: asOf.milliseconds,
            since: selection.since?.milliseconds ?? .min, until: selection.until?.milliseconds ?? .max,
            breakdown: selection.breakdown)
        let whole = try SegmentPart.parts(of: segments.map(\.path), size: partSize)
        // In smaller parts, since every answer is held until its part is merged.
        let size = max(1, partSize / 4)
        let parts = whole.flatMap { $0.cut(size) }
        let losers = try losers(whole, asOf, size)
        var unreadable = UnreadableLines(loader.unreadable, count: loader.unreadableCount)
        var readings: [PartReading] = []
        var versions: [SurveyVersion] = []
        var sink = ResultsSink(frame, parts)
        // A few parts at a time, so that what is held does not grow with the survey.
        let batch = 4
        for first in stride(from: 0, to: parts.count, by: batch) {
            let read = try Threads.map(min(batch, parts.count - first)) { (index) throws(AnalysisError) in
                try Self.read(first + index, parts, frame, losers: losers[first + index] ?? [], definitions)
            }
            for part in read {
                sink.merge(part.sink)
                readings.append(part.reading)
                for version in part.versions where !versions.contains(version) { versions.append(version) }
            }
        }
        try unreadable.add(readings, parts)
        sink.finish()
        return try SurveyResultsMaker(
            survey: survey, live: live, versions: versions, definitions: definitions, settings: settings, parts: parts
        ).results(sink, asOf: asOf, selection: selection, unreadable)
    }

    /// The lines that are not the last word of their ids, by the smaller parts of a size.
    private func losers(
        _ parts: [SegmentPart], _ asOf: Timestamp, _ size: Int
    ) throws(AnalysisError) -> [Int: [Winners.Standing]] {
        // Folds that are made here are kept for the report too, which reads them faster in the contacts' order.
        let contacts = try PeopleLoader.load(accounts: nil, contacts: files.contacts, asOf: asOf, earlier: asOf)
        let reader = FoldReader(
            definitions: definitions, cache: files.cache.map { FoldCache(folder: $0 + "/folds", partSize: partSize) },
            members: MemberIndex(contacts.people))
        let ledgers = try Threads.map(parts.count) { (index) throws(AnalysisError) in
            try reader.folds(of: parts[index]).ids
        }
        let losers = try Winners.losers(
            parts: parts, indices: Array(parts.indices), ledgers: ledgers, earlier: asOf.milliseconds,
            asOf: asOf.milliseconds, reader)
        var cut: [Int: [Winners.Standing]] = [:]
        var first = 0
        for (index, part) in parts.enumerated() {
            for own in losers[index] ?? [] {
                let place = Int(own.offset)
                cut[first + place / size, default: []].append(own.moved(to: place % size))
            }
            first += part.cut(size).count
        }
        return cut
    }

    private struct PartResults: Sendable {
        var sink: ResultsSink
        let reading: PartReading
        let versions: [SurveyVersion]
    }

    private static func read(
        _ index: Int, _ parts: [SegmentPart], _ frame: ResultsSink.Frame, losers: [Winners.Standing],
        _ definitions: SurveyDefinitions
    ) throws(AnalysisError) -> PartResults {
        var scanner = LineScanner(definitions) { _ in true }
        var sink = ResultsSink(frame, parts)
        sink.part = index
        sink.losers = losers
        let reading = try parts[index].read(&scanner, &sink, ())
        sink.settle()
        return PartResults(
            sink: sink, reading: reading,
            versions: scanner.versions.all.filter { $0.survey == frame.survey }.map(\.version))
    }
}
