internal import Feedback
internal import QuestionnaireModel
internal import Records

/// Takes every answer to a recommend question out of a part's lines, with whose it is and where it stands.
struct ScoreSink: LineSink {
    /// What the sinks of all parts share.
    struct Context: Sendable {
        let members: MemberTable
        let registry: SeriesRegistry
        /// Lines known later than this are not read.
        let asOf: Int64
        /// Lines known by this were in the earlier report.
        let earlier: Int64
        /// Scores sent at or before this speak for nobody any more.
        let windowStart: Int64
    }

    /// A member number with this bit is one of the sink's own.
    static let ownBit: UInt32 = 0x8000_0000
    /// The member of scores that no account is known for; they count in no account.
    static let nobody: UInt32 = 0xFFFF_FFFF

    private(set) var log = ScoreLog()
    var ledger = IDLedger()
    /// Members that no contact's record stands for: account, zero byte, contact.
    private(set) var others = NameTable()
    /// Responses of versions without a definition, by survey and version.
    private(set) var unknownVersions: [String: Int] = [:]

    /// Members to be looked up at the end of the block, with the scores that wait for them.
    private var questions: [MemberTable.Question] = []
    private var waiting: [(first: Int, last: Int)] = []
    private var found: [UInt32?] = []
    private var scratch: [UInt8] = []
    private var lastQuarter: Int32 = .min
    private var lastVersion = -1
    private var lastKey = -1
    private var lastSeries = 0

    mutating func take(
        _ line: borrowing ScannedLine, in bytes: RawSpan, at offset: Int, _ context: Context, _ versions: KnownVersions
    ) {
        guard line.known <= context.asOf else { return }
        ledger.note(IDWords(bytes, line.id), revision: line.revision, offset: offset)
        let count = line.answers.count
        guard count > 0, line.submitted > context.windowStart, line.submitted <= context.asOf,
            line.account.count + line.contact.count > 0
        else { return }
        let first = log.count
        for index in 0..<count {
            let key = line.answers[index].key
            guard let score = line.answers[index].integer, (0...10).contains(score) else { continue }
            let isLast =
                line.wave.isEmpty && line.quarter == lastQuarter && line.version == lastVersion && key == lastKey
            let number = isLast ? lastSeries : series(line, key, bytes, context.registry, versions)
            let moment = ScoreMoment(
                milliseconds: line.submitted, score: score, role: line.role, now: true,
                then: line.known <= context.earlier)
            log.append(moment, member: Self.nobody, series: number, offset: offset)
        }
        if log.count == first { return }
        questions.append(MemberTable.Question(bytes, contact: line.contact, account: line.account))
        waiting.append((first, log.count))
    }

    /// Says whose the block's scores are.
    mutating func endBlock(_ bytes: RawSpan, _ context: Context) {
        context.members.find(questions, bytes, into: &found)
        for index in questions.indices {
            let question = questions[index]
            let member =
                (question.contact.isEmpty ? nil : found[index])
                ?? (question.account.isEmpty
                    ? Self.nobody : other(bytes, account: question.account, contact: question.contact))
            for score in waiting[index].first..<waiting[index].last { log.setMember(score, member) }
        }
        questions.removeAll(keepingCapacity: true)
        waiting.removeAll(keepingCapacity: true)
    }

    /// The number of a line's series, remembered for the next lines.
    private mutating func series(
        _ line: borrowing ScannedLine, _ key: Int, _ bytes: RawSpan, _ registry: SeriesRegistry,
        _ versions: KnownVersions
    ) -> Int {
        let version = versions[line.version]
        guard let questionnaire = version.questionnaire, let keys = version.keys else {
            preconditionFailure("a line is scanned only where its definition is known")
        }
        let question = questionnaire.questions[keys.questions[key]].question
        guard line.wave.isEmpty else {
            let wave = ByteWords.text(bytes, line.wave.start, count: line.wave.count)
            return registry.number(questionnaire, question: question, wave: wave)
        }
        let wave = "\(line.quarter / 4)Q\(line.quarter % 4 + 1)"
        lastSeries = registry.number(questionnaire, question: question, wave: wave)
        lastQuarter = line.quarter
        lastVersion = line.version
        lastKey = key
        return lastSeries
    }

    mutating func take(
        _ line: ResponseLine, number: Int, at offset: Int, _ context: Context, _ versions: KnownVersions
    ) {
        guard line.known.milliseconds <= context.asOf else { return }
        ledger.note(IDWords(line.id.rawValue), revision: line.revision, offset: offset)
        guard let questionnaire = versions[number].questionnaire else {
            unknownVersions["\(line.survey) \(line.version)", default: 0] += 1
            return
        }
        guard line.submitted.milliseconds > context.windowStart, line.submitted.milliseconds <= context.asOf else {
            return
        }
        let account = Array((line.account?.rawValue ?? "").utf8)
        let contact = Array((line.contact?.rawValue ?? "").utf8)
        let bytes = ByteWords.padded(account + contact)
        let question = MemberTable.Question(
            bytes.span.bytes, contact: ByteRange(start: account.count, count: contact.count),
            account: ByteRange(start: 0, count: account.count))
        let listed = contact.isEmpty ? nil : context.members.find(question, bytes.span.bytes)
        guard listed != nil || !account.isEmpty else { return }
        let member = listed ?? other(bytes.span.bytes, account: question.account, contact: question.contact)
        for (question, _) in questionnaire.questions where question.type.measure == .nps {
            guard case .integer(let score)? = line.answers[question.id.rawValue], (0...10).contains(score) else {
                continue
            }
            let series = context.registry.number(questionnaire, question: question, wave: line.effectiveWave)
            let moment = ScoreMoment(
                milliseconds: line.submitted.milliseconds, score: score, role: line.role, now: true,
                then: line.known.milliseconds <= context.earlier)
            log.append(moment, member: member, series: series, offset: offset)
        }
    }

    /// A member that no contact's record stands for.
    private mutating func other(_ bytes: RawSpan, account: ByteRange, contact: ByteRange) -> UInt32 {
        scratch.removeAll(keepingCapacity: true)
        for index in 0..<account.count { scratch.append(ByteWords.byte(bytes, account.start + index)) }
        scratch.append(0)
        for index in 0..<contact.count { scratch.append(ByteWords.byte(bytes, contact.start + index)) }
        let count = scratch.count
        scratch.append(contentsOf: repeatElement(0, count: ByteWords.slack))
        let key = scratch
        return UInt32(others.insert(key.span.bytes, 0, count: count)) | Self.ownBit
    }

    /// Takes away what other lines of the same id have.
    mutating func apply(_ standings: [Winners.Standing]) { log.limit(standings) }

    /// Gives the log away, so that it is not kept twice.
    mutating func takeLog() -> ScoreLog {
        defer { log = ScoreLog() }
        return log
    }
}
