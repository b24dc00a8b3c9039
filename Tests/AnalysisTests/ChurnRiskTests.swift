internal import Feedback
internal import FeedbackTestSupport
internal import QuestionnaireModel
internal import Records
import Testing

@testable import Analysis

/// Flags and notices: they fire, they do not, they name their evidence, and what is said to clear them clears them.
@Suite struct ChurnRiskTests {
    private static let asOf = moment("2026-11-21")

    private func acme(
        _ contacts: [ContactLine], _ responses: [ResponseLine], account: AccountLine = .named("acme"),
        events: [EventLine] = []
    ) throws
        -> AccountAnalysis
    {
        let folder = try AnalysisFolder()
        try folder.write(accounts: [account], contacts: contacts)
        try folder.write(responses: responses)
        var bytes: [UInt8] = []
        events.forEach { $0.append(to: &bytes) }
        if !events.isEmpty { try folder.write(bytes, to: "events/2026-01.jsonl") }
        return try #require(try folder.accounts(Self.asOf)["acme"])
    }

    @Test func decisionMakerWhoIsADetractor() throws {
        let contacts = [ContactLine.person("tom", .decisionMaker, name: "Tom Berg"), .person("eva", .user)]
        let account = try acme(
            contacts,
            [
                .score(8, by: "tom", on: "2026-05-03"),
                .score(2, by: "tom", on: "2026-11-19", words: "Nobody\ncalled \"back\"."),
                .score(9, by: "eva", on: "2026-11-19"),
            ])
        #expect(account.risk == .high)
        let flag = try #require(account.flags.first { $0.rule == "decision-maker-detractor" })
        #expect(flag.evidence.count == 1)
        #expect(flag.evidence[0].kind == .response && flag.evidence[0].id == "r-tom-rel-20261119-2")
        #expect(flag.evidence[0].at == moment("2026-11-19") && flag.since == moment("2026-11-19"))
        #expect(flag.evidence[0].text == "Tom Berg (decision maker) gave 2 on 19 Nov 2026; 8 on 3 May 2026.")
        #expect(flag.evidence[0].quote == "Nobody\ncalled \"back\"." && flag.evidence[0].language == .english)
        #expect(flag.clears == "Clears when Tom Berg answers 7 or more.")
        #expect(flag.isNew)
        // The latest counts: seven is no detractor; nor is a user's six a decision maker's.
        #expect(
            try acme(contacts, [.score(2, by: "tom", on: "2026-11-01"), .score(7, by: "tom", on: "2026-11-02")]).flags
                .map(\.rule) == [])
        #expect(
            try acme(contacts, [.score(6, by: "eva", on: "2026-11-02")]).flags.map(\.rule).contains(
                "decision-maker-detractor") == false)
        // Any recommend question counts, whatever the kind of survey; what is older than a year does not.
        let delivered = try acme(contacts, [.score(6, by: "tom", on: "2026-11-02", survey: Surveys.delivery)])
        #expect(delivered.flags.map(\.rule) == ["decision-maker-detractor"] && delivered.answered == 0)
        #expect(delivered.touchpoints.map(\.touchpoint) == ["delivery"])
        #expect(try acme(contacts, [.score(0, by: "tom", on: "2025-11-20")]).flags.isEmpty)
    }

    @Test func rolesAreThoseOfTheMoment() throws {
        let folder = try AnalysisFolder()
        var later = ContactLine.person("tom", .user)
        later.recorded = moment("2026-11-20")
        try folder.write(accounts: [.named("acme")], contacts: [.person("tom", .decisionMaker), later])
        try folder.write(responses: [.score(2, by: "tom", on: "2026-11-01")])
        let before = try #require(try folder.accounts(moment("2026-11-19"))["acme"])
        #expect(before.flags.map(\.rule).contains("decision-maker-detractor"))
        let after = try #require(try folder.accounts(moment("2026-11-21"))["acme"])
        #expect(!after.flags.map(\.rule).contains("decision-maker-detractor"))
        // A week before, he still decided: the flag was there and is cleared.
        #expect(after.cleared.contains("decision-maker-detractor") && after.earlierRisk == .high)
    }

    @Test func personWhoFell() throws {
        let contacts = [ContactLine.person("ann"), .person("bob"), .person("cy")]
        let others: [ResponseLine] = [.score(9, by: "bob", on: "2026-11-01"), .score(10, by: "cy", on: "2026-11-01")]
        let fallen = try acme(
            contacts, others + [.score(10, by: "ann", on: "2026-07-01"), .score(7, by: "ann", on: "2026-11-01")])
        #expect(fallen.flags.map(\.rule) == ["person-fell"] && fallen.risk == .medium)
        #expect(fallen.flags[0].evidence.map(\.id) == ["r-ann-rel-20261101-7"])
        #expect(fallen.flags[0].clears == "Clears when ann answers 8 or more.")
        // Two points are no fall; nor is a fall between two surveys, or one that was made good.
        #expect(
            try acme(
                contacts, others + [.score(10, by: "ann", on: "2026-07-01"), .score(8, by: "ann", on: "2026-11-01")]
            ).flags.isEmpty)
        #expect(
            try acme(
                contacts,
                others + [
                    .score(10, by: "ann", on: "2026-07-01"),
                    .score(7, by: "ann", on: "2026-11-01", survey: Surveys.delivery),
                ]
            )
            .flags.isEmpty)
        #expect(
            try acme(
                contacts,
                others + [
                    .score(10, by: "ann", on: "2026-03-01"), .score(2, by: "ann", on: "2026-07-01"),
                    .score(9, by: "ann", on: "2026-11-01"),
                ]
            ).flags.isEmpty)
        // In relationship surveys a person counts once a wave: the later answer takes the place of the earlier.
        #expect(
            try acme(
                contacts, others + [.score(10, by: "ann", on: "2026-10-01"), .score(7, by: "ann", on: "2026-11-01")]
            ).flags.isEmpty)
        #expect(
            try acme(
                contacts,
                others + [
                    .score(10, by: "ann", on: "2026-10-01", survey: Surveys.delivery),
                    .score(7, by: "ann", on: "2026-11-01", survey: Surveys.delivery),
                ]
            ).flags.map(\.rule) == ["person-fell"])
    }

    @Test func shareOfDetractors() throws {
        let contacts = (0..<4).map { ContactLine.person("p\($0)") }
        func flags(_ scores: [Int]) throws -> AccountAnalysis {
            try acme(contacts, scores.enumerated().map { .score($1, by: "p\($0)", on: "2026-11-0\($0 + 1)") })
        }
        // Exactly a third is not above a third, and two voices are too few.
        #expect(try flags([3, 9, 9]).flags.isEmpty)
        #expect(try flags([3, 3]).flags.map(\.rule).contains("detractor-share") == false)
        let account = try flags([9, 3, 9, 6])
        let flag = try #require(account.flags.first { $0.rule == "detractor-share" })
        #expect(flag.evidence.map(\.id) == ["r-p1-rel-20261102-3", "r-p3-rel-20261104-6"])
        #expect(flag.since == moment("2026-11-04"))
        #expect(flag.clears == "Clears when 1 of its 2 detractors answers 7 or more.")
    }

    @Test func probablyNegative() throws {
        let contacts = (0..<6).map { ContactLine.person("p\($0)") }
        func rules(_ scores: [Int]) throws -> [String] {
            try acme(contacts, scores.enumerated().map { .score($1, by: "p\($0)", on: "2026-11-01") }).flags.map(\.rule)
        }
        // All of six: certain. One of six: far from it. Nobody: unknown.
        #expect(try rules([0, 0, 0, 9, 8, 8]).contains("probably-negative"))
        #expect(try !rules([0]).contains("probably-negative"))
        #expect(try rules([]).isEmpty)
        let account = try acme(contacts, (0..<4).map { .score(1, by: "p\($0)", on: "2026-11-01") })
        let flag = try #require(account.flags.first { $0.rule == "probably-negative" })
        #expect(flag.evidence.map(\.kind) == [.account])
    }

    @Test func gapsBetweenPurchases() throws {
        func purchases(_ days: [Int]) -> [EventLine] {
            days.enumerated().map { index, ago in
                var event = EventLine(id: "e\(index)", kind: .purchase, at: Self.asOf.adding(days: -ago))
                event.account = sure(AccountID("acme"))
                return event
            }
        }
        let regular = [171, 141, 111, 81, 61, 31]
        #expect(try acme([], [], events: purchases(regular)).flags.map(\.rule) == ["purchase-gap"])
        #expect(try acme([], [], events: purchases(regular + [2])).flags.isEmpty)
        // As long as the longest gap before is not longer; too few gaps make no habit; a refund is no purchase.
        #expect(try acme([], [], events: purchases(regular.map { $0 - 1 })).flags.isEmpty)
        #expect(try acme([], [], events: purchases([400, 390, 380, 370])).flags.isEmpty)
        let flag = try #require(try acme([], [], events: purchases(regular)).flags.first)
        #expect(flag.evidence[0].text == "No purchase for 31 days; 95 % of the 5 gaps before were 30 days or shorter.")
    }

    @Test func notices() throws {
        let contacts = [
            ContactLine.person("tom", .decisionMaker, name: "Tom"), .person("eva", .decisionMaker, name: "Eva"),
        ]
        let account = try acme(
            contacts, [.score(9, by: "tom", on: "2026-11-01")], account: .named("acme", renewal: "2027-01-05"))
        #expect(account.risk == .low)
        #expect(account.notices.map(\.rule) == ["silent-decision-maker", "renewal-near"])
        #expect(account.notices[0].evidence.map(\.id) == ["eva"])
        #expect(account.notices[0].evidence[0].text == "Eva (decision maker) has not answered in 365 days.")
        #expect(account.notices[1].evidence[0].text == "Renewal on 5 Jan 2027, in 45 days.")
        for (date, isNear) in [
            ("2026-11-21", true), ("2027-02-19", true), ("2027-02-20", false), ("2026-11-20", false),
        ] {
            let rules = try acme([], [], account: .named("acme", renewal: date)).notices.map(\.rule)
            #expect(rules.contains("renewal-near") == isNear, "\(date)")
        }
    }

    @Test func bandsAndOrder() throws {
        let folder = try AnalysisFolder()
        try folder.write(
            accounts: [
                .named("silent", value: "1000000"), .named("cheap", value: "10"), .named("dear", value: "5000.5"),
                .named("also-dear", value: "5000.5"),
                .named("fine", value: "77"), .named("fell", value: "1"),
            ],
            contacts: [
                .person("t1", .decisionMaker, of: "cheap"), .person("t2", .decisionMaker, of: "dear"),
                .person("t3", .decisionMaker, of: "also-dear"),
                .person("u", .user, of: "fine"), .person("f", .user, of: "fell"), .person("s", .user, of: "silent"),
            ])
        try folder.write(responses: [
            .score(0, by: "t1", of: "cheap", on: "2026-11-01"), .score(0, by: "t2", of: "dear", on: "2026-11-01"),
            .score(0, by: "t3", of: "also-dear", on: "2026-11-01"), .score(10, by: "u", of: "fine", on: "2026-11-01"),
            .score(10, by: "f", of: "fell", on: "2026-05-01"), .score(7, by: "f", of: "fell", on: "2026-11-01"),
        ])
        let report = try folder.analysis(Self.asOf).report()
        #expect(report.accounts.map(\.id.rawValue) == ["also-dear", "dear", "cheap", "fell", "silent", "fine"])
        #expect(report.accounts.map(\.risk) == [.high, .high, .high, .medium, .unknown, .low])
        #expect(report.portfolio.byRisk == [.high: 3, .medium: 1, .unknown: 1, .low: 1])
        #expect(report.portfolio.values.map(\.annualValue) == [10_011, 1, 1_000_000, 77])
        #expect(report.portfolio.decisionMakers == 3 && report.portfolio.decisionMakersHeard == 3)
    }

    @Test func confidentialAnswersTellNobody() throws {
        let contacts = (0..<6).map { ContactLine.person("p\($0)", .decisionMaker) }
        func quiet(_ scores: [Int]) -> [ResponseLine] {
            scores.enumerated().map {
                .score($1, by: "p\($0)", on: "2026-11-01", survey: Surveys.confidential, words: "secret")
            }
        }
        let few = try acme(contacts, quiet([0, 0, 10, 9]))
        #expect(few.answered == 0 && few.withheld == 4 && few.nps.value == nil && few.flags.isEmpty)
        let alike = try acme(contacts, quiet([0, 1, 2, 3, 4]))
        #expect(alike.answered == 0 && alike.withheld == 5 && alike.flags.isEmpty)
        let enough = try acme(contacts, quiet([0, 1, 2, 3, 10]))
        #expect(enough.answered == 5 && enough.withheld == 0)
        #expect(enough.nps.counts == PromoterCounts(detractors: 4, promoters: 1))
        let evidence = enough.flags.flatMap(\.evidence)
        #expect(!enough.flags.isEmpty && evidence.allSatisfy { $0.kind == .account && $0.quote == nil })
        // Nobody who answered in confidence is called silent.
        #expect(enough.notices.flatMap(\.evidence).map(\.id) == ["p5"])
    }

    @Test func answersWithoutAContactAreVoicesOfTheirOwn() throws {
        let account = try acme(
            [.person("ann")],
            [
                .score(9, by: nil, on: "2026-11-01", id: "x"), .score(2, by: nil, on: "2026-11-02", id: "y"),
                .score(8, by: "ann", on: "2026-11-03"),
            ])
        #expect(account.nps.counts == PromoterCounts(detractors: 1, passives: 1, promoters: 1))
        #expect(account.contacts == 3 && account.answered == 3)
    }

    /// Doing what a flag says clears it, for every rule, over random accounts.
    @Test(arguments: 0..<60) func theStatedRemedyClears(seed: UInt64) throws {
        var generator = SeededGenerator(seed: 3000 + seed)
        let names = (0..<Int.random(in: 1...6, using: &generator)).map { "p\($0)" }
        let contacts = names.map {
            ContactLine.person($0, ContactRole.allCases.randomElement(using: &generator) ?? .user)
        }
        var lines: [ResponseLine] = []
        for name in names where Int.random(in: 0..<5, using: &generator) > 0 {
            for month in ["01", "05", "08", "11"] where Bool.random(using: &generator) {
                let survey = Bool.random(using: &generator) ? Surveys.relationship : Surveys.delivery
                lines.append(
                    .score(Int.random(in: 0...10, using: &generator), by: name, on: "2026-\(month)-03", survey: survey))
            }
        }
        let folder = try AnalysisFolder()
        try folder.write(accounts: [.named("acme")], contacts: contacts)
        try folder.write(responses: lines)
        let account = try #require(try folder.accounts(Self.asOf)["acme"])
        for flag in account.flags {
            try folder.write(responses: lines + Self.remedy(flag, account, lines, contacts))
            let after = try #require(try folder.accounts(moment("2026-11-22"))["acme"])
            #expect(!after.flags.map(\.rule).contains(flag.rule), "\(flag.rule): \(flag.clears) seed \(seed)")
        }
    }

    /// The answers that the words of a remedy ask for, given the next day to the surveys that the flag speaks of.
    private static func remedy(
        _ flag: Flag, _ account: AccountAnalysis, _ lines: [ResponseLine], _ contacts: [ContactLine]
    ) -> [ResponseLine] {
        var answers: [ResponseLine] = []
        func give(_ person: String, _ score: Int, _ survey: Questionnaire) {
            answers.append(
                .score(score, by: person, on: "2026-11-21T20:00:00.000Z", survey: survey, id: "new-\(answers.count)"))
        }
        let words = flag.clears.dropFirst("Clears when ".count).dropLast()
        for part in words.split(separator: " and ") {
            let tokens = part.split(separator: " ").map(String.init)
            let least = Int(tokens[tokens.count - 3]) ?? 10
            if tokens[0].hasPrefix("p") {
                // The very question that fell, or any for a decision maker.
                let cited = flag.evidence.compactMap { evidence in lines.first { $0.id.rawValue == evidence.id } }
                for line in cited where line.contact?.rawValue == tokens[0] {
                    give(tokens[0], least, line.survey == Surveys.delivery.id ? Surveys.delivery : Surveys.relationship)
                }
            } else {
                let count = Int(tokens[0]) ?? 0
                let detractors = contacts.map(\.id.rawValue).filter { name in
                    let own = lines.filter { $0.contact?.rawValue == name && $0.survey == Surveys.relationship.id }
                    guard case .integer(let score)? = own.max(by: { $0.submitted < $1.submitted })?.answers["recommend"]
                    else { return false }
                    return score <= 6
                }
                let spoken = Set(lines.filter { $0.survey == Surveys.relationship.id }.compactMap(\.contact?.rawValue))
                let silent = contacts.map(\.id.rawValue).filter { !spoken.contains($0) }
                for person
                    in (tokens.contains("more") && tokens.contains("contact") || tokens.contains("contacts")
                    ? silent : detractors).prefix(count)
                {
                    give(person, least, Surveys.relationship)
                }
            }
        }
        return answers
    }
}
