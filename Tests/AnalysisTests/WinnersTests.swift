internal import Feedback
internal import FeedbackTestSupport
internal import QuestionnaireModel
internal import Records
import Testing

@testable import Analysis

/// Reports against a plain reference over parsed lines: order, repetition, revisions, cuts and as-of moments change
/// nothing.
@Suite struct WinnersTests {
    @Test(arguments: 0..<40) func reportsEqualThePlainReference(seed: UInt64) throws {
        var generator = SeededGenerator(seed: 500 + seed)
        let lines = Self.lines(&generator)
        let folder = try AnalysisFolder()
        let contacts = (0..<4).map { ContactLine.person("c\($0)", $0 == 0 ? .decisionMaker : .user, of: "a\($0 % 2)") }
        try folder.write(accounts: [.named("a0"), .named("a1")], contacts: contacts)
        let asOf = moment(["2026-10-20", "2026-11-20", "2026-12-31"].randomElement(using: &generator) ?? "2026-12-31")
        for round in 0..<3 {
            // Any order, some lines twice, cut anywhere.
            var shuffled = round == 0 ? lines.sorted { $0.id < $1.id } : lines.shuffled(using: &generator)
            if round > 0 { shuffled += shuffled.filter { _ in Int.random(in: 0..<4, using: &generator) == 0 } }
            try folder.write(responses: shuffled)
            let accounts = try folder.accounts(asOf, partSize: round == 2 ? 700 : 1 << 20)
            let expected = Self.reference(lines, contacts, asOf)
            for (id, counts) in expected {
                #expect(accounts[id]?.nps.counts == counts, "\(id), seed \(seed), round \(round)")
            }
            for (id, account) in accounts where expected[id] == nil { #expect(account.nps.counts.count == 0, "\(id)") }
        }
    }

    @Test(arguments: 0..<20) func resultsEqualThePlainReference(seed: UInt64) throws {
        var generator = SeededGenerator(seed: 900 + seed)
        let lines = Self.lines(&generator)
        let folder = try AnalysisFolder()
        let asOf = moment("2026-11-20")
        var earlier: [UInt8]?
        for round in 0..<3 {
            try folder.write(responses: round == 0 ? lines : lines.shuffled(using: &generator) + lines.prefix(5))
            for survey in [Surveys.relationship, Surveys.delivery] {
                let results = try folder.results(survey.id, asOf, partSize: round == 2 ? 500 : 1 << 20)
                let winners = Self.winners(lines, asOf).filter { $0.survey == survey.id }
                #expect(results.responses == winners.count(where: \.isComplete))
                #expect(results.partials == winners.count { !$0.isComplete })
                let latest = Self.latestOfUnits(winners, survey)
                #expect(results.questions.first?.n == latest.count)
                var counts = PromoterCounts()
                for line in latest {
                    if case .integer(let score)? = line.answers["recommend"] { counts.add(score: score) }
                }
                #expect(
                    results.questions.first?.counts.map(\.count) == [
                        counts.detractors, counts.passives, counts.promoters,
                    ])
            }
            // The whole of it, words included, whatever the order.
            let results = try folder.results(Surveys.delivery.id, asOf)
            let figures = Array("\(results.questions.map { ($0.n, $0.counts, $0.figure) })".utf8)
            #expect(earlier == nil || earlier == figures)
            earlier = figures
        }
    }

    @Test func aRepeatedLineChangesNothing() throws {
        let folder = try AnalysisFolder()
        try folder.write(contacts: [.person("maria", .decisionMaker)])
        let line = ResponseLine.score(9, by: "maria", on: "2026-11-01")
        for copies in 1...3 {
            try folder.write(responses: Array(repeating: line, count: copies))
            let acme = try #require(try folder.accounts(moment("2026-11-21"))["acme"])
            #expect(acme.nps.counts == PromoterCounts(promoters: 1))
        }
    }

    @Test func aLaterRevisionCountsFromWhenItIsKnown() throws {
        let folder = try AnalysisFolder()
        try folder.write(contacts: [.person("maria", .decisionMaker)])
        let first = ResponseLine.score(9, by: "maria", on: "2026-10-05", id: "one")
        var second = ResponseLine.score(2, by: "maria", on: "2026-10-05", id: "one")
        second.revision = 2
        second.recorded = moment("2026-11-10")
        try folder.write(responses: [first, second])
        let before = try #require(try folder.accounts(moment("2026-11-09"))["acme"])
        #expect(before.nps.counts == PromoterCounts(promoters: 1) && before.flags.isEmpty)
        let after = try #require(try folder.accounts(moment("2026-11-11"))["acme"])
        #expect(after.nps.counts == PromoterCounts(detractors: 1))
        #expect(after.flags.map(\.rule).contains("decision-maker-detractor") && after.flags.allSatisfy(\.isNew))
        #expect(after.earlierRisk == .low)
    }

    @Test func linesKnownLaterChangeNoPastReport() throws {
        var generator = SeededGenerator(seed: 77)
        let folder = try AnalysisFolder()
        try folder.write(accounts: [.named("a0"), .named("a1")], contacts: [.person("c0", .decisionMaker, of: "a0")])
        let lines = Self.lines(&generator)
        let asOf = moment("2026-11-01")
        try folder.write(responses: lines.filter { $0.known <= asOf })
        let past = try folder.analysis(asOf).report()
        try folder.write(responses: lines)
        let now = try folder.analysis(asOf).report()
        #expect(past.accounts == now.accounts && past.portfolio == now.portfolio)
    }

    // MARK: The plain reference

    static func lines(_ generator: inout SeededGenerator) -> [ResponseLine] {
        (0..<Int.random(in: 5...60, using: &generator)).map { _ in
            let survey = Bool.random(using: &generator) ? Surveys.relationship : Surveys.delivery
            let day = (format2(Int.random(in: 1...28, using: &generator)))
            let month = ["2025-12", "2026-08", "2026-10", "2026-11"].randomElement(using: &generator) ?? "2026-10"
            let account = ["a0", "a1", "a2", nil].randomElement(using: &generator) ?? nil
            let contact = ["c0", "c1", "c2", "c3", "stranger", nil].randomElement(using: &generator) ?? nil
            var line = ResponseLine.score(
                Int.random(in: 0...10, using: &generator), by: contact, of: account, on: "\(month)-\(day)",
                survey: survey,
                id: "r\(Int.random(in: 0..<40, using: &generator))")
            line.revision = [1, 1, 1, 2, 3].randomElement(using: &generator) ?? 1
            if Int.random(in: 0..<3, using: &generator) == 0 {
                line.recorded = line.submitted.adding(days: Int.random(in: 0...40, using: &generator))
            }
            if Int.random(in: 0..<4, using: &generator) == 0 {
                line.wave = ["2026Q4", "autumn"].randomElement(using: &generator) ?? "x"
            }
            line.isComplete = Int.random(in: 0..<5, using: &generator) > 0
            if Int.random(in: 0..<6, using: &generator) == 0 { line.answers = Answers() }
            return line
        }
    }

    private static func format2(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private static func winners(_ lines: [ResponseLine], _ asOf: Timestamp) -> [ResponseLine] {
        Dictionary(grouping: lines.filter { $0.known <= asOf }, by: { "\($0.survey) \($0.id)" }).values.compactMap {
            same in
            same.max { $1.supersedes($0) && $0 != $1 }
        }
    }

    /// Of one contact, wave and survey the latest, where the survey is about the relationship.
    private static func latestOfUnits(_ winners: [ResponseLine], _ survey: Questionnaire) -> [ResponseLine] {
        let answered = winners.filter { $0.answers["recommend"] != nil }
        guard survey.profile.kind == .relationship else { return answered }
        let alone = answered.filter { $0.contact == nil }
        let units = Dictionary(grouping: answered.filter { $0.contact != nil }) {
            "\($0.contact?.rawValue ?? "") \($0.effectiveWave)"
        }
        return alone + units.values.compactMap { $0.max { ($0.submitted, $0.id) < ($1.submitted, $1.id) } }
    }

    private static func reference(_ lines: [ResponseLine], _ contacts: [ContactLine], _ asOf: Timestamp) -> [String:
        PromoterCounts]
    {
        let homes = Dictionary(uniqueKeysWithValues: contacts.map { ($0.id, $0.account) })
        let start = asOf.adding(days: -365)
        let heard = winners(lines, asOf).filter {
            $0.survey == Surveys.relationship.id && $0.answers["recommend"] != nil && $0.submitted > start
                && $0.submitted <= asOf
        }
        var voices: [String: [ResponseLine]] = [:]
        var counts: [String: PromoterCounts] = [:]
        for line in heard {
            guard let account = line.account ?? line.contact.flatMap({ homes[$0] ?? nil }) else { continue }
            guard case .integer(let score)? = line.answers["recommend"] else { continue }
            if let contact = line.contact {
                voices["\(account.rawValue)\n\(contact.rawValue)", default: []].append(line)
            } else {
                counts[account.rawValue, default: PromoterCounts()].add(score: score)
            }
        }
        for (key, lines) in voices {
            let latest = lines.max { ($0.submitted, $0.id) < ($1.submitted, $1.id) }
            guard case .integer(let score)? = latest?.answers["recommend"] else { continue }
            counts[String(key.prefix { $0 != "\n" }), default: PromoterCounts()].add(score: score)
        }
        return counts
    }
}
