internal import Feedback
internal import QuestionnaireModel
internal import Records

/// Takes every answer to a recommend question out of a part's lines, with whose it is and where it stands.
struct ScoreSink: LineSink {
    /// What the sinks of all parts share.
    struct Frame: Sendable {
        let people: People
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

    let frame: Frame
    private(set) var log = ScoreLog()
    var ledger = IDLedger()
    /// Members that no contact's record stands for: account, zero byte, contact.
    private(set) var others = NameTable()
    /// Responses of versions without a definition, by survey and version.
    private(set) var unknownVersions: [String: Int] = [:]

    private var scratch: [UInt8] = []
    private var lastQuarter: Int32 = .min
    private var lastVersion = -1
    private var lastKey = -1
    private var lastSeries = 0

    init(_ frame: Frame) { self.frame = frame }

    mutating func take(_ line: ScannedLine, in bytes: RawSpan, at offset: Int, of version: LineScanner.Version) {
        guard line.known <= frame.asOf else { return }
        ledger.note(IDWords(bytes, line.id), revision: line.revision, offset: offset)
        guard !line.answers.isEmpty, line.submitted > frame.windowStart, line.submitted <= frame.asOf,
            let questionnaire = version.questionnaire, let keys = version.keys,
            let member = member(bytes, account: line.account, contact: line.contact)
        else { return }
        for answer in line.answers where !keys.isOther[answer.key] {
            guard let score = answer.integer, (0...10).contains(score) else { continue }
            let number: Int
            if line.wave.isEmpty, line.quarter == lastQuarter, line.version == lastVersion, answer.key == lastKey {
                number = lastSeries
            } else {
                let wave =
                    line.wave.isEmpty
                    ? "\(line.quarter / 4)Q\(line.quarter % 4 + 1)"
                    : ByteWords.text(bytes, line.wave.start, count: line.wave.count)
                let question = questionnaire.questions[keys.questions[answer.key]].question
                number = frame.registry.number(questionnaire, question: question, wave: wave)
                if line.wave.isEmpty {
                    lastQuarter = line.quarter
                    lastVersion = line.version
                    lastKey = answer.key
                    lastSeries = number
                }
            }
            let moment = ScoreMoment(
                milliseconds: line.submitted, score: score, role: line.role, now: true, then: line.known <= frame.earlier)
            log.append(moment, member: member, series: number, offset: offset)
        }
    }

    mutating func take(_ line: ResponseLine, number: Int, at offset: Int, of version: LineScanner.Version) {
        guard line.known.milliseconds <= frame.asOf else { return }
        ledger.note(IDWords(line.id.rawValue), revision: line.revision, offset: offset)
        guard let questionnaire = version.questionnaire else {
            unknownVersions["\(line.survey) \(line.version)", default: 0] += 1
            return
        }
        guard line.submitted.milliseconds > frame.windowStart, line.submitted.milliseconds <= frame.asOf else { return }
        let account = Array((line.account?.rawValue ?? "").utf8)
        let contact = Array((line.contact?.rawValue ?? "").utf8)
        let bytes = ByteWords.padded(account + contact)
        let found = member(
            bytes.span.bytes, account: ByteRange(start: 0, count: account.count),
            contact: ByteRange(start: account.count, count: contact.count))
        guard let member = found else { return }
        for (question, _) in questionnaire.questions where question.type.measure == .nps {
            guard case .integer(let score)? = line.answers[question.id.rawValue], (0...10).contains(score) else { continue }
            let series = frame.registry.number(questionnaire, question: question, wave: line.effectiveWave)
            let moment = ScoreMoment(
                milliseconds: line.submitted.milliseconds, score: score, role: line.role, now: true,
                then: line.known.milliseconds <= frame.earlier)
            log.append(moment, member: member, series: series, offset: offset)
        }
    }

    /// Whose answer it is: a contact's number where the contact is listed under that account; nil where no account is known.
    private mutating func member(_ bytes: RawSpan, account: ByteRange, contact: ByteRange) -> UInt32? {
        if !contact.isEmpty, let number = frame.people.contactIDs.find(bytes, contact.start, count: contact.count) {
            let listed = Int(frame.people.contacts[number].account)
            if listed >= 0,
                account.isEmpty || frame.people.accountIDs.equals(listed, bytes, account.start, count: account.count)
            {
                return UInt32(number)
            }
        }
        if account.isEmpty { return nil }
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
    mutating func apply(_ standings: [Winners.Standing]) {
        var next = 0
        for index in 0..<log.count {
            while next < standings.count, standings[next].offset < log.offsets[index] { next += 1 }
            guard next < standings.count else { return }
            if standings[next].offset == log.offsets[index] {
                var moment = ScoreMoment(bits: log.moments[index])
                moment.limit(now: standings[next].now, then: standings[next].then)
                log.setMoment(index, moment)
            }
        }
    }

    /// Gives the log away, so that it is not kept twice.
    mutating func takeLog() -> ScoreLog {
        defer { log = ScoreLog() }
        return log
    }
}

extension ScoreLog {
    fileprivate mutating func setMoment(_ index: Int, _ moment: ScoreMoment) { moments[index] = moment.bits }
}
