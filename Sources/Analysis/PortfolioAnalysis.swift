package import Feedback

/// What one reading of the journals knows: the report, and any account in detail.
package struct PortfolioAnalysis: Sendable {
    /// What decides an account's place in the report.
    struct Outline: Sendable {
        let number: Int
        let risk: RiskBand
        let earlierRules: [String]
        let earlierRisk: RiskBand
        let counts: PromoterCounts
        let decisionMakers: Int
        let decisionMakersHeard: Int
    }

    private let accounts: AccountHistories
    private let files: DataFiles
    private let definitions: SurveyDefinitions
    private let context: PortfolioContext
    private let unreadable: UnreadableLines
    private let unknownVersions: [String: Int]
    private let scores: ScoreBook
    /// The accounts in the report's order.
    private let outlines: [Outline]
    private let summary: PortfolioSummary

    init(
        _ accounts: AccountHistories, files: DataFiles, definitions: SurveyDefinitions, settings: AnalysisSettings,
        unreadable: UnreadableLines, unknownVersions: [String: Int]
    ) throws(AnalysisError) {
        self.accounts = accounts
        self.files = files
        self.definitions = definitions
        self.unreadable = unreadable
        self.unknownVersions = unknownVersions
        // Floating point comes last and in byte order, so that nothing depends on how lines were cut or ordered.
        let people = accounts.histories.people
        let numbers = people.accounts.indices.sorted { people.accountIDs.precedes($0, $1) }
        let piece = 512
        let pieces = stride(from: 0, to: numbers.count, by: piece).map { numbers[$0..<min($0 + piece, numbers.count)] }
        let counts = try Threads.map(pieces.count) { (index) throws(AnalysisError) -> [PromoterCounts] in
            pieces[index].map { accounts.counts($0) }
        }
        let context = PortfolioContext(settings: settings, shrinkage: Shrinkage(accounts: counts.joined()))
        self.context = context
        scores = ScoreBook(context)
        let outlines = try Threads.map(pieces.count) { (index) throws(AnalysisError) -> [Outline] in
            pieces[index].map { Self.outline($0, accounts, context) }
        }.flatMap { $0 }
        summary = PortfolioSummary(outlines, people, context)
        self.outlines = Self.ordered(outlines, people)
    }

    private static func outline(_ number: Int, _ accounts: AccountHistories, _ context: PortfolioContext) -> Outline {
        let history = accounts.account(number, then: false)
        let earlier = accounts.earlier(history)
        let rules = ChurnRiskRules.fired(history, context)
        let earlierRules = ChurnRiskRules.fired(earlier, context)
        var decisionMakers = 0
        var heard = 0
        for person in history.people where person.role == .decisionMaker {
            decisionMakers += 1
            if !person.scores.isEmpty || person.answeredInConfidence { heard += 1 }
        }
        return Outline(
            number: number, risk: ChurnRiskRules.band(rules, hasAnswers: history.hasAnswers),
            earlierRules: earlierRules,
            earlierRisk: ChurnRiskRules.band(earlierRules, hasAnswers: earlier.hasAnswers), counts: history.counts,
            decisionMakers: decisionMakers, decisionMakersHeard: heard)
    }

    /// High, medium, unknown, low; then annual value, descending; then id, which is the order they come in.
    private static func ordered(_ outlines: [Outline], _ people: People) -> [Outline] {
        let keys = outlines.indices.map { index in
            let value = people.accounts[outlines[index].number]?.annualValue?.value
            return (risk: outlines[index].risk, value: value ?? -.infinity, index: index)
        }
        return keys.sorted { left, right in
            if left.risk != right.risk { return left.risk < right.risk }
            return left.value != right.value ? left.value > right.value : left.index < right.index
        }.map { outlines[$0.index] }
    }

    /// The report without its accounts.
    package var frame: PortfolioReport {
        PortfolioReport(
            asOf: accounts.window.asOf, comparedWith: accounts.window.earlier, settings: context.settings, accounts: [],
            portfolio: summary, unreadable: unreadable.lines, unreadableCount: unreadable.count,
            unknownVersions: unknownVersions, breaks: accounts.histories.breaks)
    }

    /// How many accounts the report has.
    package var count: Int { outlines.count }

    /// Some of the report's accounts, by their places in its order.
    package func accounts(_ range: Range<Int>) throws(AnalysisError) -> [AccountAnalysis] {
        var citations = CitationWriter(accounts.histories, definitions, windowDays: context.settings.windowDays)
        var analyses: [AccountAnalysis] = []
        analyses.reserveCapacity(range.count)
        for outline in outlines[range] {
            analyses.append(try analyze(outline, accounts.account(outline.number, then: false), &citations))
        }
        return analyses
    }

    /// The whole report.
    package func report() throws(AnalysisError) -> PortfolioReport {
        var report = frame
        let piece = 512
        let pieces = try Threads.map((count + piece - 1) / piece) { (index) throws(AnalysisError) in
            try accounts((index * piece)..<min((index + 1) * piece, count))
        }
        report.accounts.reserveCapacity(count)
        for piece in pieces { report.accounts += piece }
        return report
    }

    /// One account with its people and what happened; nil when nobody knows it.
    package func detail(of id: AccountID) throws(AnalysisError) -> AccountDetail? {
        let histories = accounts.histories
        guard let number = histories.people.accountIDs.find(id.rawValue),
            let outline = outlines.first(where: { $0.number == number })
        else { return nil }
        let history = accounts.account(number, then: false)
        var citations = CitationWriter(histories, definitions, windowDays: context.settings.windowDays)
        let timeline = try AccountTimeline(
            account: id, files: files, definitions: definitions, people: histories.people, asOf: accounts.window.asOf)
        return AccountDetail(
            analysis: try analyze(outline, history, &citations),
            people: history.people.compactMap { PersonDetail($0, histories) }.sorted(by: PersonDetail.comesFirst),
            history: timeline.entries, asOf: accounts.window.asOf, settings: context.settings)
    }

    private func analyze(
        _ outline: Outline, _ history: AccountHistory, _ citations: inout CitationWriter
    ) throws(AnalysisError) -> AccountAnalysis {
        let people = accounts.histories.people
        let name = people.accountIDs.name(outline.number)
        citations.begin()
        var flags: [Flag] = []
        for rule in ChurnRiskRules.standard {
            guard let finding = rule.evaluate(history, context) else { continue }
            var evidence: [Evidence] = []
            evidence.reserveCapacity(finding.citations.count)
            for citation in finding.citations { evidence.append(try citations.evidence(citation, account: name)) }
            flags.append(
                Flag(
                    rule: rule.id, title: rule.title, since: finding.since, evidence: evidence,
                    clears: citations.words(finding.remedy), isNew: !outline.earlierRules.contains(rule.id)))
        }
        var notices: [Notice] = []
        for rule in NoticeRules.standard {
            let found = rule.evaluate(history, context)
            if found.isEmpty { continue }
            var evidence: [Evidence] = []
            for citation in found { evidence.append(try citations.evidence(citation, account: name)) }
            notices.append(Notice(rule: rule.id, title: rule.title, evidence: evidence))
        }
        guard let id = AccountID(name) else { preconditionFailure("account ids were checked when they were read") }
        let record = people.accounts[outline.number]
        var nps = scores.score(history.counts, contacts: history.contacts)
        if nps.counts.count < 3 { nps.few = history.voices.map(\.score.score).sorted() }
        return AccountAnalysis(
            id: id, name: record?.name, tier: record?.tier, manager: record?.manager, annualValue: record?.annualValue,
            currency: record?.currency, renewal: record?.renewal, since: record?.since, risk: outline.risk,
            earlierRisk: outline.earlierRisk, contacts: history.contacts, answered: history.counts.count,
            withheld: history.withheld, nps: nps, touchpoints: touchpoints(history), flags: flags, notices: notices,
            cleared: outline.earlierRules.filter { rule in !flags.contains { $0.rule == rule } })
    }

    private func touchpoints(_ history: AccountHistory) -> [TouchpointScore] {
        if history.touchpoints.isEmpty { return [] }
        return history.touchpoints.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { name, counts in
            TouchpointScore(touchpoint: name, counts: counts, interval: scores.interval(counts))
        }
    }
}

extension AccountHistory {
    /// Whether anybody has answered anything that counts.
    var hasAnswers: Bool { withheld > 0 || confidential.count > 0 || people.contains { !$0.scores.isEmpty } }
}

extension PersonDetail {
    /// A person as the account's page shows them; nil for answers that name nobody.
    init?(_ person: PersonHistory, _ histories: Histories) {
        guard let id = histories.id(of: person.member).flatMap(ContactID.init) else { return nil }
        let last = person.scores.last
        let before = last.flatMap { last in person.scores.dropLast().last { $0.group == last.group } }
        self.init(
            id: id, name: histories.name(of: person.member), role: person.role, isListed: person.isListed,
            score: last?.score, at: last?.at, earlier: before?.score, earlierAt: before?.at,
            answeredInConfidence: person.answeredInConfidence)
    }

    /// Those who spoke, the latest first; then the silent, decision makers first; then by id.
    static func comesFirst(_ left: PersonDetail, _ right: PersonDetail) -> Bool {
        switch (left.at, right.at) {
        case (let a?, let b?) where a != b: return a > b
        case (.some, nil): return true
        case (nil, .some): return false
        default:
            let (a, b) = (left.role == .decisionMaker, right.role == .decisionMaker)
            return a != b ? a : left.id < right.id
        }
    }
}
