internal import Feedback
internal import QuestionnaireModel
internal import Records

/// Folds lines: takes every answer to a recommend question, with whose it is and where it stands.
struct ScoreFolder: LineSink {
    private var fold = SegmentFold()
    private var lines = ScoreLines()
    private var numbers: [SegmentFold.Series: UInt32] = [:]
    /// Givers whom the contacts do not list.
    private var others = GiverTable()
    private let listed: GiverTable
    private let members: MemberIndex

    /// A giver's number with this bit is one of `others`.
    private static let ownBit: UInt32 = 0x8000_0000

    init(_ members: MemberIndex) {
        self.members = members
        listed = members.table
    }

    /// Givers to be looked up at the end of the block, with the scores that wait for them.
    private var keys: [GiverTable.Key] = []
    private var waiting: [(first: Int, last: Int)] = []
    private var found: [UInt32] = []

    /// By version and key: the question's place among the version's recommend questions.
    private var places: [[Int]] = []
    private var lastQuarter = Int32.min
    private var lastVersion = -1
    private var lastKey = -1
    private var lastSeries: UInt32 = 0

    mutating func take(
        _ line: borrowing ScannedLine, in bytes: RawSpan, at offset: Int, _ context: Void, _ versions: KnownVersions
    ) {
        fold.ids.note(IDWords(bytes, line.id), revision: line.revision, offset: offset)
        if line.submitted > fold.latest { fold.latest = line.submitted }
        if line.known > fold.latest { fold.latest = line.known }
        let count = line.answers.count
        guard count > 0, line.account.count + line.contact.count > 0 else { return }
        let first = lines.count
        for index in 0..<count {
            let key = line.answers[index].key
            guard let score = line.answers[index].integer, (0...10).contains(score) else { continue }
            let isLast =
                line.wave.isEmpty && line.quarter == lastQuarter && line.version == lastVersion && key == lastKey
            let number = isLast ? lastSeries : series(line, key, bytes, versions)
            let moment = ScoreMoment(milliseconds: line.submitted, score: score, role: line.role)
            lines.append(
                moment.bits, giver: 0, series: number, offset: UInt32(truncatingIfNeeded: offset), known: line.known)
        }
        if lines.count == first { return }
        keys.append(GiverTable.Key(bytes, account: line.account, contact: line.contact))
        waiting.append((first, lines.count))
    }

    /// Says whose the block's scores are.
    mutating func endBlock(_ bytes: RawSpan, _ context: Void) {
        listed.find(keys, bytes, into: &found)
        for index in waiting.indices {
            let isListed = found[index] != GiverTable.missing
            let giver = isListed ? found[index] : others.insert(keys[index], bytes) | Self.ownBit
            for score in waiting[index].first..<waiting[index].last { lines.set(giver: giver, of: score) }
        }
        keys.removeAll(keepingCapacity: true)
        waiting.removeAll(keepingCapacity: true)
    }

    /// The number of a line's series, remembered for the next lines.
    private mutating func series(
        _ line: borrowing ScannedLine, _ key: Int, _ bytes: RawSpan, _ versions: KnownVersions
    ) -> UInt32 {
        let question = place(line.version, key, versions)
        guard line.wave.isEmpty else {
            return number(line.version, question, ByteWords.text(bytes, line.wave.start, count: line.wave.count))
        }
        lastSeries = number(line.version, question, "\(line.quarter / 4)Q\(line.quarter % 4 + 1)")
        lastQuarter = line.quarter
        lastVersion = line.version
        lastKey = key
        return lastSeries
    }

    private mutating func number(_ version: Int, _ question: Int, _ wave: String) -> UInt32 {
        let series = SegmentFold.Series(version: version, question: question, wave: wave)
        if let known = numbers[series] { return known }
        fold.series.append(series)
        numbers[series] = UInt32(fold.series.count - 1)
        return UInt32(fold.series.count - 1)
    }

    private mutating func place(_ version: Int, _ key: Int, _ versions: KnownVersions) -> Int {
        while places.count <= version {
            let known = versions[places.count]
            let scored = (known.questionnaire?.questions ?? []).map { $0.question.type.measure == .nps }
            places.append((known.keys?.questions ?? []).map { own in scored[..<own].count { $0 } })
        }
        return places[version][key]
    }

    mutating func take(_ line: ResponseLine, number: Int, at offset: Int, _ context: Void, _ versions: KnownVersions) {
        fold.ids.note(IDWords(line.id.rawValue), revision: line.revision, offset: offset)
        fold.latest = max(fold.latest, line.submitted.milliseconds, line.known.milliseconds)
        guard let questionnaire = versions[number].questionnaire else {
            fold.unknownVersions["\(line.survey) \(line.version)", default: []].append(line.known.milliseconds)
            return
        }
        let account = Array((line.account?.rawValue ?? "").utf8)
        let contact = Array((line.contact?.rawValue ?? "").utf8)
        if account.isEmpty, contact.isEmpty { return }
        let bytes = ByteWords.padded(account + contact)
        let key = GiverTable.Key(
            bytes.span.bytes, account: ByteRange(start: 0, count: account.count),
            contact: ByteRange(start: account.count, count: contact.count))
        var giver: UInt32?
        let questions = questionnaire.questions.map(\.question).filter { $0.type.measure == .nps }
        for (place, question) in questions.enumerated() {
            guard case .integer(let score)? = line.answers[question.id.rawValue], (0...10).contains(score) else {
                continue
            }
            let own = giver ?? self.giver(key, bytes.span.bytes)
            giver = own
            let moment = ScoreMoment(milliseconds: line.submitted.milliseconds, score: score, role: line.role)
            lines.append(
                moment.bits, giver: own, series: self.number(number, place, line.effectiveWave),
                offset: UInt32(truncatingIfNeeded: offset), known: line.known.milliseconds)
        }
    }

    /// The fold of all lines taken.
    consuming func folded(_ reading: PartReading, _ versions: KnownVersions) -> SegmentFold {
        fold.reading = reading
        fold.versions = versions.all.map {
            SegmentFold.Version(
                survey: $0.survey, version: $0.version, questions: SegmentFold.questions(of: $0.questionnaire))
        }
        // Those whom the contacts list in the contacts' order, so that who reads the fold walks along with them.
        var places = [UInt32](repeating: GiverTable.missing, count: members.count)
        for giver in lines.givers where giver & Self.ownBit == 0 { places[Int(giver)] = 0 }
        var hints: [UInt32] = []
        for member in places.indices where places[member] == 0 {
            places[member] = UInt32(hints.count)
            hints.append(UInt32(member))
        }
        var givers = members.list(hints)
        let first = UInt32(givers.count)
        let strangers = others.list
        let bytes = strangers.entries.span.bytes
        for key in strangers.keys {
            givers.append(UInt32(givers.count), bytes, key.account, bytes, key.contact)
            hints.append(GiverTable.missing)
        }
        lines.renumber { $0 & Self.ownBit == 0 ? places[Int($0)] : first + ($0 & ~Self.ownBit) }
        fold.givers = givers
        fold.hints = hints
        fold.scores = GivenScores(lines, givers: givers.count)
        return fold
    }

    private mutating func giver(_ key: GiverTable.Key, _ bytes: RawSpan) -> UInt32 {
        let found = listed.find(key, bytes)
        return found != GiverTable.missing ? found : others.insert(key, bytes) | Self.ownBit
    }
}
