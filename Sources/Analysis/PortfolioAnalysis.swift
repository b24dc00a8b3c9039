package import Feedback

/// What one reading of the journals knows: the report, and any account in detail.
package struct PortfolioAnalysis: Sendable {
    private let accounts: AccountHistories
    private let files: DataFiles
    private let definitions: SurveyDefinitions
    private let context: PortfolioContext
    private let unreadable: UnreadableLines
    private let unknownVersions: [String: Int]
    private let scores: ScoreBook
    private let names: AccountOrder

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
        names = AccountOrder(accounts.histories.people)
        let numbers = names.numbers
        let slices = 8
        let counts = try Threads.map(slices) { (slice) throws(AnalysisError) -> [PromoterCounts] in
            numbers[(numbers.count * slice / slices)..<(numbers.count * (slice + 1) / slices)].map {
                accounts.counts($0)
            }
        }
        context = PortfolioContext(settings: settings, shrinkage: Shrinkage(accounts: counts.joined()))
        scores = ScoreBook(context)
    }

    /// The report over all accounts.
    package func report() throws(AnalysisError) -> PortfolioReport {
        let numbers = names.numbers
        let slices = 8
        let parts = try Threads.map(slices) { (slice) throws(AnalysisError) -> ([AccountAnalysis], PortfolioTally) in
            var citations = CitationWriter(accounts.histories.parts, definitions)
            var tally = PortfolioTally()
            var analyses: [AccountAnalysis] = []
            for number in numbers[(numbers.count * slice / slices)..<(numbers.count * (slice + 1) / slices)] {
                let history = accounts.account(number, then: false)
                analyses.append(try analyze(history, &citations))
                tally.add(history)
            }
            return (analyses, tally)
        }
        let analyses = parts.flatMap(\.0)
        let tally = parts.map(\.1).reduce(into: PortfolioTally()) { $0.merge($1) }
        return PortfolioReport(
            asOf: accounts.window.asOf, comparedWith: accounts.window.earlier, settings: context.settings,
            accounts: Self.ordered(analyses), portfolio: PortfolioSummary(analyses, tally, context), unreadable: unreadable.lines,
            unreadableCount: unreadable.count, unknownVersions: unknownVersions)
    }

    /// High, medium, unknown, low; then annual value, descending; then id, which is the order they come in.
    private static func ordered(_ accounts: [AccountAnalysis]) -> [AccountAnalysis] {
        let keys = accounts.indices.map { index in
            (risk: accounts[index].risk, value: accounts[index].annualValue?.value ?? -.infinity, index: index)
        }
        return keys.sorted { left, right in
            if left.risk != right.risk { return left.risk < right.risk }
            return left.value != right.value ? left.value > right.value : left.index < right.index
        }.map { accounts[$0.index] }
    }

    /// One account with its people and what happened; nil when nobody knows it.
    package func detail(of id: AccountID) throws(AnalysisError) -> AccountDetail? {
        guard let number = accounts.histories.people.accountIDs.find(id.rawValue) else { return nil }
        let history = accounts.account(number, then: false)
        var citations = CitationWriter(accounts.histories.parts, definitions)
        let timeline = try AccountTimeline(
            account: id, files: files, definitions: definitions, people: accounts.histories.people,
            asOf: accounts.window.asOf)
        return AccountDetail(
            analysis: try analyze(history, &citations), people: history.people.compactMap(PersonDetail.init).sorted(by: PersonDetail.comesFirst),
            history: timeline.entries, asOf: accounts.window.asOf, settings: context.settings)
    }

    private func analyze(
        _ history: AccountHistory, _ citations: inout CitationWriter
    ) throws(AnalysisError) -> AccountAnalysis {
        let earlier = accounts.account(history.number, then: true)
        let earlierRules = ChurnRiskRules.standard.filter { $0.evaluate(earlier, context) != nil }.map { $0.id }
        var flags: [Flag] = []
        for rule in ChurnRiskRules.standard {
            guard let finding = rule.evaluate(history, context) else { continue }
            var evidence: [Evidence] = []
            for citation in finding.citations { evidence.append(try citations.evidence(citation, account: history.id)) }
            flags.append(
                Flag(
                    rule: rule.id, title: rule.title, since: finding.since, evidence: evidence, clears: finding.clears,
                    isNew: !earlierRules.contains(rule.id)))
        }
        var notices: [Notice] = []
        for rule in NoticeRules.standard {
            let found = rule.evaluate(history, context)
            if found.isEmpty { continue }
            var evidence: [Evidence] = []
            for citation in found { evidence.append(try citations.evidence(citation, account: history.id)) }
            notices.append(Notice(rule: rule.id, title: rule.title, evidence: evidence))
        }
        guard let id = AccountID(history.id) else { preconditionFailure("account ids were checked when they were read") }
        let rules = flags.map(\.rule)
        var nps = scores.score(history.counts, contacts: history.contacts)
        if nps.counts.count < 3 { nps.few = history.voices.map(\.score.score).sorted() }
        return AccountAnalysis(
            id: id, name: history.record?.name, tier: history.record?.tier, manager: history.record?.manager,
            annualValue: history.record?.annualValue, currency: history.record?.currency,
            renewal: history.record?.renewal, since: history.record?.since,
            risk: ChurnRiskRules.band(rules, hasAnswers: history.hasAnswers),
            earlierRisk: ChurnRiskRules.band(earlierRules, hasAnswers: earlier.hasAnswers),
            contacts: history.contacts, answered: history.counts.count, withheld: history.withheld,
            nps: nps,
            touchpoints: history.touchpoints.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { name, counts in
                TouchpointScore(touchpoint: name, counts: counts, interval: scores.interval(counts))
            },
            flags: flags, notices: notices, cleared: earlierRules.filter { !rules.contains($0) })
    }
}

extension AccountHistory {
    /// Whether anybody has answered anything that counts.
    var hasAnswers: Bool { withheld > 0 || confidential.count > 0 || people.contains { !$0.scores.isEmpty } }
}

extension PersonDetail {
    /// A person as the account's page shows them; nil for answers that name nobody.
    init?(_ person: PersonHistory) {
        guard let id = person.id.flatMap(ContactID.init) else { return nil }
        let last = person.scores.last
        let before = last.flatMap { last in person.scores.dropLast().last { $0.group == last.group } }
        self.init(
            id: id, name: person.name, role: person.role, isListed: person.isListed, score: last?.score, at: last?.at,
            earlier: before?.score, earlierAt: before?.at, answeredInConfidence: person.answeredInConfidence)
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

/// The accounts' numbers by id, byte by byte.
struct AccountOrder: Sendable {
    let numbers: [Int]

    init(_ people: People) {
        numbers = people.accounts.indices.sorted { people.accountIDs.precedes($0, $1) }
    }
}
