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

    /// The metric of one question, or of one row of a matrix (`id.item`), told apart by id, kind and how a score is
    /// asked, so that what changed is never mixed.
    struct Slot: Hashable {
        let question: String
        let kind: String
        let asked: ScoreSeries?

        init(_ questionnaire: Questionnaire, _ id: QuestionID, row: String?, kind: String) {
            question = row.map { "\(id).\($0)" } ?? id.rawValue
            self.kind = kind
            asked = questionnaire.scoreSeries(of: id, row: row)
        }
    }

    /// A question or row of a version, as its slot is remembered by.
    private struct Asked: Hashable {
        let version: Int
        let question: QuestionID
        let row: String?
    }

    /// An answer of somebody who counts once a wave.
    private struct Latest {
        let mention: Mention
        let answer: Answer
        let group: String?
    }

    /// What is asked of a version for every line, so that its definition is not copied each time.
    private struct VersionFacts {
        let isCounted: Bool
        let isRelationship: Bool
        /// By key: the question's slot; -1 for what is not counted, -2 for what has rows.
        let slots: [Int]
        /// By key: whether the answer is words, which are only counted.
        let isWords: [Bool]
    }

    /// What is counted for a group.
    struct Tally: Sendable {
        var responses = 0
        var partials = 0
        var metrics: [Slot: any QuestionMetric] = [:]
        /// Answers that do not fit their question's measure, such as a score off its scale.
        var rejected: [Slot: Int] = [:]
        /// The same while counting, by the slot's number.
        fileprivate var counting: [(metric: (any QuestionMetric)?, rejected: Int)] = []

        fileprivate mutating func add(
            _ answer: Answer, _ mention: Mention, to slot: Int, _ metric: any QuestionMetric.Type
        ) {
            while counting.count <= slot { counting.append((nil, 0)) }
            if counting[slot].metric == nil { counting[slot].metric = metric.init() }
            if counting[slot].metric?.add(answer, mention) == false { counting[slot].rejected += 1 }
        }

        /// Puts what was counted under its slots.
        fileprivate mutating func settle(_ slots: [Slot]) {
            for (number, counted) in counting.enumerated() {
                guard let metric = counted.metric else { continue }
                if counted.rejected > 0 { rejected[slots[number], default: 0] += counted.rejected }
                if metrics[slots[number]] == nil {
                    metrics[slots[number]] = metric
                } else {
                    metrics[slots[number]]?.merge(metric)
                }
            }
            counting = []
        }

        mutating func merge(_ other: Tally) {
            responses += other.responses
            partials += other.partials
            rejected.merge(other.rejected, uniquingKeysWith: +)
            for (slot, metric) in other.metrics {
                if metrics[slot] == nil { metrics[slot] = metric } else { metrics[slot]?.merge(metric) }
            }
        }
    }

    let frame: Frame
    /// Lines that do not count, by place in the part.
    var losers: [Winners.Standing] = []
    private var nextLoser = 0
    /// Which part is being read.
    var part = 0
    private(set) var total = Tally()
    private(set) var groups: [String?: Tally] = [:]
    private(set) var unknownVersions: [String: Int] = [:]
    private var units = NameTable()
    private var scratch: [UInt8] = []
    private var lastQuarter: Int32 = .min
    private var quarterWords: [UInt8] = []
    /// By unit and slot.
    private var latest: [UInt64: Latest] = [:]
    private var slots: [Slot] = []
    private var slotMetrics: [any QuestionMetric.Type] = []
    private var slotNumbers: [Slot: Int] = [:]
    private var slotsAsked: [Asked: Int] = [:]
    private var facts: [VersionFacts] = []
    private let tieBreaker: LineOrder

    init(_ frame: Frame, _ parts: [SegmentPart]) {
        self.frame = frame
        tieBreaker = LineOrder(parts)
    }

    /// The number of a question's or row's slot; nil where nothing is counted.
    private mutating func slot(
        _ version: Int, _ questionnaire: Questionnaire, _ question: QuestionID, row: String? = nil, _ measure: Measure?
    ) -> Int? {
        let asked = Asked(version: version, question: question, row: row)
        if let known = slotsAsked[asked] { return known }
        guard let measure, let metric = MetricRegistry.metric(for: measure) else { return nil }
        let number = number(of: Slot(questionnaire, question, row: row, kind: metric.kind), metric)
        slotsAsked[asked] = number
        return number
    }

    private mutating func number(of slot: Slot, _ metric: any QuestionMetric.Type) -> Int {
        if let known = slotNumbers[slot] { return known }
        slotNumbers[slot] = slots.count
        slots.append(slot)
        slotMetrics.append(metric)
        return slots.count - 1
    }

    private mutating func learn(_ versions: KnownVersions) {
        while facts.count < versions.all.count {
            let version = versions[facts.count]
            guard let questionnaire = version.questionnaire, let keys = version.keys else {
                facts.append(VersionFacts(isCounted: false, isRelationship: false, slots: [], isWords: []))
                continue
            }
            let isCounted = version.survey == frame.survey
            let questions = keys.questions.map { questionnaire.questions[$0].question }
            let number = facts.count
            let numbers = questions.map {
                $0.type.row != nil ? -2 : slot(number, questionnaire, $0.id, $0.type.measure) ?? -1
            }
            facts.append(
                VersionFacts(
                    isCounted: isCounted, isRelationship: questionnaire.profile.kind == .relationship, slots: numbers,
                    isWords: questions.map { $0.type.measure == .verbatim }))
        }
    }

    mutating func take(
        _ line: borrowing ScannedLine, in bytes: RawSpan, at offset: Int, _ context: Void, _ versions: KnownVersions
    ) {
        guard line.known <= frame.asOf else { return }
        if facts.count <= line.version { learn(versions) }
        let counts = counts(offset)
        guard counts, facts[line.version].isCounted, line.submitted >= frame.since, line.submitted < frame.until else {
            return
        }
        func text(_ range: ByteRange) -> String? {
            range.isEmpty ? nil : ByteWords.text(bytes, range.start, count: range.count)
        }
        let needsAccount = frame.breakdown == .tier || frame.breakdown == .manager
        let group = frame.breakdown.flatMap {
            groupName(
                $0, role: line.role, language: text(line.language), account: needsAccount ? text(line.account) : nil,
                contact: needsAccount || $0 == .role ? text(line.contact) : nil)
        }
        note(isComplete: line.isComplete, group: group)
        let mention = Mention(submitted: line.submitted, part: part, offset: offset)
        var unit: Int?
        if facts[line.version].isRelationship, !line.contact.isEmpty {
            unit = self.unit(line, bytes)
        }
        for index in 0..<line.answers.count {
            let key = line.answers[index].key
            let slot = facts[line.version].slots[key]
            if slot == -1 { continue }
            let isWords = facts[line.version].isWords[key]
            guard let value = isWords ? .text("") : Self.value(line.answers[index], bytes) else { continue }
            if slot >= 0 {
                count(value, slot, mention, unit: unit, group: group)
            } else if let version = versions[line.version].keys, let own = versions[line.version].questionnaire {
                let question = own.questions[version.questions[key]].question
                count(value, of: question, line.version, own, mention, unit: unit, group: group)
            }
        }
    }

    mutating func take(_ line: ResponseLine, number: Int, at offset: Int, _ context: Void, _ versions: KnownVersions) {
        guard line.known.milliseconds <= frame.asOf else { return }
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
        note(isComplete: line.isComplete, group: group)
        let mention = Mention(submitted: line.submitted.milliseconds, part: part, offset: offset)
        var unit: Int?
        if questionnaire.profile.kind == .relationship, let contact = line.contact {
            unit = self.unit(contact: contact.rawValue, wave: line.effectiveWave)
        }
        for (question, _) in questionnaire.questions {
            guard let answer = line.answers[question.id.rawValue] else { continue }
            let isWords = question.type.measure == .verbatim
            count(isWords ? .text("") : answer, of: question, number, questionnaire, mention, unit: unit, group: group)
        }
    }

    /// Whether the line at a place is the last word of its id; places come in order.
    private mutating func counts(_ offset: Int) -> Bool {
        while nextLoser < losers.count, losers[nextLoser].offset < offset { nextLoser += 1 }
        return nextLoser == losers.count || losers[nextLoser].offset != offset || losers[nextLoser].now
    }

    private mutating func note(isComplete: Bool, group: String?) {
        func add(_ tally: inout Tally) { if isComplete { tally.responses += 1 } else { tally.partials += 1 } }
        add(&total)
        if frame.breakdown != nil { add(&groups[group, default: Tally()]) }
    }

    private mutating func unit(contact: String, wave: String) -> Int { units.insert(contact + "\0" + wave) }

    /// The same from a line's own bytes.
    private mutating func unit(_ line: borrowing ScannedLine, _ bytes: RawSpan) -> Int {
        scratch.removeAll(keepingCapacity: true)
        for index in 0..<line.contact.count { scratch.append(ByteWords.byte(bytes, line.contact.start + index)) }
        scratch.append(0)
        if line.wave.isEmpty {
            if line.quarter != lastQuarter {
                lastQuarter = line.quarter
                quarterWords = Array("\(line.quarter / 4)Q\(line.quarter % 4 + 1)".utf8)
            }
            scratch += quarterWords
        } else {
            for index in 0..<line.wave.count { scratch.append(ByteWords.byte(bytes, line.wave.start + index)) }
        }
        let count = scratch.count
        scratch.append(contentsOf: repeatElement(0, count: ByteWords.slack))
        let key = scratch
        return units.insert(key.span.bytes, 0, count: count)
    }

    private mutating func count(
        _ answer: Answer, of question: Question, _ version: Int, _ questionnaire: Questionnaire, _ mention: Mention,
        unit: Int?, group: String?
    ) {
        guard case .grid(let rows) = answer, let row = question.type.row else {
            guard let slot = slot(version, questionnaire, question.id, question.type.measure) else { return }
            return count(answer, slot, mention, unit: unit, group: group)
        }
        for part in rows {
            guard let slot = slot(version, questionnaire, question.id, row: part.item, row.measure) else { continue }
            count(part.answer, slot, mention, unit: unit, group: group)
        }
    }

    private mutating func count(_ answer: Answer, _ slot: Int, _ mention: Mention, unit: Int?, group: String?) {
        guard let unit else { return add(answer, mention, slot, group) }
        keep(Latest(mention: mention, answer: answer, group: group), unit, slot)
    }

    private mutating func keep(_ own: Latest, _ unit: Int, _ slot: Int) {
        let key = UInt64(unit) << 16 | UInt64(slot)
        if let other = latest[key], !tieBreaker.isLater(own.mention, other.mention) { return }
        latest[key] = own
    }

    private mutating func add(_ answer: Answer, _ mention: Mention, _ slot: Int, _ group: String?) {
        total.add(answer, mention, to: slot, slotMetrics[slot])
        if frame.breakdown != nil { groups[group, default: Tally()].add(answer, mention, to: slot, slotMetrics[slot]) }
    }

    /// Puts what was counted under its slots, when the part is read.
    mutating func settle() {
        total.settle(slots)
        for group in Array(groups.keys) { groups[group]?.settle(slots) }
    }

    /// Takes in what another sink counted.
    mutating func merge(_ other: ResultsSink) {
        total.merge(other.total)
        for (group, tally) in other.groups { groups[group, default: Tally()].merge(tally) }
        unknownVersions.merge(other.unknownVersions, uniquingKeysWith: +)
        let numbers = other.slots.indices.map { number(of: other.slots[$0], other.slotMetrics[$0]) }
        // Every unit is looked up once, however many questions it answered.
        let own = units.insert(all: other.units)
        latest.reserveCapacity(latest.count + other.latest.count)
        for (key, entry) in other.latest { keep(entry, own[Int(key >> 16)], numbers[Int(key & 0xFFFF)]) }
    }

    /// Counts those who count once a wave, when all parts are together.
    mutating func finish() {
        for (key, own) in latest { add(own.answer, own.mention, Int(key & 0xFFFF), own.group) }
        latest = [:]
        settle()
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
