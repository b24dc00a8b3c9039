internal import Feedback
internal import QuestionnaireModel
internal import Records

/// Adds up one survey's answers, question by question and group by group.
struct ResultsSink: LineSink {
    /// What the sinks of all parts share.
    struct Frame: Sendable {
        let survey: SurveyID
        let people: People
        let asOf: Int64
        let since: Int64
        let until: Int64
        let breakdown: Breakdown?
    }

    /// The metric of one question, or of one row of a matrix (`id.item`), told apart by id and kind, so that a changed
    /// measure is never mixed.
    struct Slot: Hashable {
        let question: String
        let kind: String
    }

    /// An answer of somebody who counts once a wave.
    private struct Latest {
        let mention: Mention
        let answer: Answer
        let group: String?
        let id: IDWords
    }

    private struct UnitKey: Hashable {
        let unit: Int
        let slot: Slot
    }

    /// What is counted for a group.
    struct Tally: Sendable {
        var responses = 0
        var partials = 0
        var metrics: [Slot: any QuestionMetric] = [:]

        mutating func merge(_ other: Tally) {
            responses += other.responses
            partials += other.partials
            for (slot, metric) in other.metrics {
                if metrics[slot] == nil { metrics[slot] = metric } else { metrics[slot]?.merge(metric) }
            }
        }
    }

    let frame: Frame
    var ledger = IDLedger()
    /// Lines that do not count, by place in the part.
    var losers: [Winners.Standing] = []
    private var nextLoser = 0
    /// Which part is being read.
    var part = 0
    private(set) var total = Tally()
    private(set) var groups: [String?: Tally] = [:]
    private(set) var unknownVersions: [String: Int] = [:]
    private(set) var strictest = SurveyPrivacy.named
    private var units = NameTable()
    private var latest: [UnitKey: Latest] = [:]
    private var scratch: [UInt8] = []

    init(_ frame: Frame) { self.frame = frame }

    mutating func take(
        _ line: borrowing ScannedLine, in bytes: RawSpan, at offset: Int, _ context: Void, _ versions: KnownVersions
    ) {
        guard line.known <= frame.asOf else { return }
        let id = IDWords(bytes, line.id)
        ledger.note(id, revision: line.revision, offset: offset)
        let version = versions[line.version]
        guard counts(offset), version.survey == frame.survey, line.submitted >= frame.since,
            line.submitted < frame.until, let questionnaire = version.questionnaire, let keys = version.keys
        else { return }
        func text(_ range: ByteRange) -> String? {
            range.isEmpty ? nil : ByteWords.text(bytes, range.start, count: range.count)
        }
        let needsAccount = frame.breakdown == .tier || frame.breakdown == .manager
        let group = frame.breakdown.flatMap {
            groupName(
                $0, role: line.role, language: text(line.language), account: needsAccount ? text(line.account) : nil,
                contact: needsAccount || $0 == .role ? text(line.contact) : nil)
        }
        note(questionnaire, isComplete: line.isComplete, group: group)
        let mention = Mention(submitted: line.submitted, part: part, offset: offset)
        var unit: Int?
        if questionnaire.profile.kind == .relationship, !line.contact.isEmpty {
            let wave = text(line.wave) ?? "\(line.quarter / 4)Q\(line.quarter % 4 + 1)"
            unit = self.unit(contact: text(line.contact) ?? "", wave: wave)
        }
        for answer in line.answers {
            let question = questionnaire.questions[keys.questions[answer.key]].question
            let isWords = question.type.measure == .verbatim
            guard let value = isWords ? .text("") : Self.value(answer, bytes) else { continue }
            count(value, of: question, mention, unit: unit, group: group, id: id)
        }
    }

    mutating func take(_ line: ResponseLine, number: Int, at offset: Int, _ context: Void, _ versions: KnownVersions) {
        guard line.known.milliseconds <= frame.asOf else { return }
        let id = IDWords(line.id.rawValue)
        ledger.note(id, revision: line.revision, offset: offset)
        guard counts(offset), line.survey == frame.survey, line.submitted.milliseconds >= frame.since,
            line.submitted.milliseconds < frame.until
        else { return }
        guard let questionnaire = versions[number].questionnaire else {
            unknownVersions["\(line.survey) \(line.version)", default: 0] += 1
            return
        }
        let group = frame.breakdown.flatMap {
            groupName(
                $0, role: line.role, language: line.language?.rawValue, account: line.account?.rawValue,
                contact: line.contact?.rawValue)
        }
        note(questionnaire, isComplete: line.isComplete, group: group)
        let mention = Mention(submitted: line.submitted.milliseconds, part: part, offset: offset)
        var unit: Int?
        if questionnaire.profile.kind == .relationship, let contact = line.contact {
            unit = self.unit(contact: contact.rawValue, wave: line.effectiveWave)
        }
        for (question, _) in questionnaire.questions {
            guard let answer = line.answers[question.id.rawValue] else { continue }
            let isWords = question.type.measure == .verbatim
            count(isWords ? .text("") : answer, of: question, mention, unit: unit, group: group, id: id)
        }
    }

    /// Whether the line at a place is the last word of its id; places come in order.
    private mutating func counts(_ offset: Int) -> Bool {
        while nextLoser < losers.count, losers[nextLoser].offset < offset { nextLoser += 1 }
        return nextLoser == losers.count || losers[nextLoser].offset != offset || losers[nextLoser].now
    }

    private mutating func note(_ questionnaire: Questionnaire, isComplete: Bool, group: String?) {
        let privacy = questionnaire.profile.privacy
        if privacy == .anonymous || (privacy == .confidential && strictest == .named) { strictest = privacy }
        func add(_ tally: inout Tally) { if isComplete { tally.responses += 1 } else { tally.partials += 1 } }
        add(&total)
        if frame.breakdown != nil { add(&groups[group, default: Tally()]) }
    }

    private mutating func unit(contact: String, wave: String) -> Int { units.insert(contact + "\0" + wave) }

    private mutating func count(
        _ answer: Answer, of question: Question, _ mention: Mention, unit: Int?, group: String?, id: IDWords
    ) {
        if case .grid(let rows) = answer, let row = question.type.row {
            for part in rows {
                count(
                    part.answer, row.measure, "\(question.id).\(part.item)", mention, unit: unit, group: group, id: id)
            }
        } else {
            count(answer, question.type.measure, question.id.rawValue, mention, unit: unit, group: group, id: id)
        }
    }

    private mutating func count(
        _ answer: Answer, _ measure: Measure?, _ key: String, _ mention: Mention, unit: Int?, group: String?,
        id: IDWords
    ) {
        guard let measure, let metric = MetricRegistry.metric(for: measure) else { return }
        let slot = Slot(question: key, kind: metric.kind)
        guard let unit else { return add(answer, mention, slot, metric, group) }
        let key = UnitKey(unit: unit, slot: slot)
        let own = Latest(mention: mention, answer: answer, group: group, id: id)
        if let other = latest[key], !Self.isLater(own, other) { return }
        latest[key] = own
    }

    private static func isLater(_ left: Latest, _ right: Latest) -> Bool {
        left.mention.submitted != right.mention.submitted
            ? left.mention.submitted > right.mention.submitted : right.id < left.id
    }

    private mutating func add(
        _ answer: Answer, _ mention: Mention, _ slot: Slot, _ metric: any QuestionMetric.Type, _ group: String?
    ) {
        total.metrics[slot, default: metric.init()].add(answer, mention)
        if frame.breakdown != nil {
            groups[group, default: Tally()].metrics[slot, default: metric.init()].add(answer, mention)
        }
    }

    /// Takes in what another sink counted.
    mutating func merge(_ other: ResultsSink) {
        total.merge(other.total)
        for (group, tally) in other.groups { groups[group, default: Tally()].merge(tally) }
        unknownVersions.merge(other.unknownVersions, uniquingKeysWith: +)
        if other.strictest == .anonymous || strictest == .named { strictest = other.strictest }
        for (key, own) in other.latest {
            let key = UnitKey(unit: units.insert(other.units.name(key.unit)), slot: key.slot)
            if let known = latest[key], !Self.isLater(own, known) { continue }
            latest[key] = own
        }
    }

    /// Counts those who count once a wave, when all parts are together.
    mutating func finish() {
        for (key, own) in latest {
            guard let metric = MetricRegistry.standard.first(where: { $0.kind == key.slot.kind }) else { continue }
            add(own.answer, own.mention, key.slot, metric, own.group)
        }
        latest = [:]
    }

    /// The group that a response belongs to; nil for those without a value.
    private func groupName(
        _ breakdown: Breakdown, role: ContactRole?, language: String?, account: String?, contact: String?
    ) -> String? {
        let record = contact.flatMap { frame.people.contactIDs.find($0) }.map { frame.people.contacts[$0] }
        switch breakdown {
        case .role: return (role ?? record?.role)?.words
        case .language: return language
        case .tier, .manager:
            let number =
                account.flatMap { frame.people.accountIDs.find($0) }
                ?? record.flatMap { $0.account < 0 ? nil : Int($0.account) }
            let account = number.flatMap { frame.people.accounts[$0] }
            return breakdown == .tier ? account?.tier : account?.manager
        }
    }

    private static func value(_ answer: ScannedAnswer, _ bytes: RawSpan) -> Answer? {
        if let integer = answer.integer { return .integer(integer) }
        let range = answer.range
        if ByteWords.byte(bytes, range.start) == 0x22,
            let end = StringScanning.plainEnd(bytes, from: range.start + 1), end == range.start + range.count - 1
        {
            return .text(ByteWords.text(bytes, range.start + 1, count: range.count - 2))
        }
        return (try? JSONParser.parse(ByteWords.array(bytes, range.start, count: range.count))).flatMap(Answer.init)
    }
}
