internal import Feedback
internal import Markup
internal import QuestionnaireModel
internal import Records
import Testing

@testable import Analysis

@Suite("An account's history")
struct AccountTimelineTests {
    @Test("a response that was corrected over to another account is told there, and only there")
    func corrected() throws {
        let folder = try AnalysisFolder()
        try folder.write(accounts: [.named("acme"), .named("beta")], contacts: [.person("maria"), .person("omar")])
        let first = ResponseLine.score(3, by: "maria", on: "2026-10-01", id: "x1", words: "secret")
        var second = ResponseLine.score(3, by: "maria", of: "beta", on: "2026-10-01", id: "x1", words: "secret")
        second.revision = 2
        second.recorded = moment("2026-11-05")
        let other = ResponseLine.score(8, by: "omar", on: "2026-10-02", id: "x2")
        try folder.write(responses: [first, second, other])
        let now = try folder.analysis(moment("2026-11-21"))
        let acme = try #require(try now.detail(of: sure(AccountID("acme"))))
        #expect(acme.history.map(\.id) == ["x2"])
        let beta = try #require(try now.detail(of: sure(AccountID("beta"))))
        #expect(beta.history.map(\.id) == ["x1"])
        // Before the correction was known it stood where it was given.
        let then = try folder.analysis(moment("2026-11-01"))
        #expect(try then.detail(of: sure(AccountID("acme")))?.history.map(\.id) == ["x2", "x1"])
        #expect(try then.detail(of: sure(AccountID("beta")))?.history.isEmpty != false)
    }

    @Test("a name that turns directions cannot turn the sentence it stands in")
    func turnedNames() throws {
        let folder = try AnalysisFolder()
        try folder.write(
            accounts: [.named("acme")], contacts: [.person("maria", .decisionMaker, name: "Maria\u{202E}\u{2067} Vega")]
        )
        try folder.write(responses: [.score(2, by: "maria", on: "2026-11-01")])
        let account = try #require(try folder.accounts(moment("2026-11-21"))["acme"])
        let texts = account.flags.flatMap { $0.evidence.map(\.text) + [$0.clears] }
        #expect(texts.contains { $0.contains("Maria Vega") })
        #expect(!texts.contains { $0.unicodeScalars.contains(where: Escaping.turnsDirection) })
    }

    @Test("a journal that runs ahead of the clock is named, one that does not is not")
    func clock() throws {
        let folder = try AnalysisFolder()
        var late = ResponseLine.score(9, by: "maria", on: "2026-11-01")
        try folder.write(responses: [late])
        #expect(try folder.files.aheadOfClock(moment("2026-11-21")).isEmpty)
        late.recorded = moment("2027-03-01")
        try folder.write(responses: [late])
        let remarks = try folder.files.aheadOfClock(moment("2026-11-21"))
        #expect(remarks.count == 1 && remarks.allSatisfy { $0.contains("2027-03-01T12:00:00.000Z, after now") })
    }

    @Test("a score off its scale is counted as rejected, and nowhere else")
    func rejected() throws {
        let folder = try AnalysisFolder()
        let lines = [9, 42, 3].map { ResponseLine.score($0, by: "p\($0)", on: "2026-11-01") }
        try folder.write(responses: lines)
        let results = try folder.results(Surveys.relationship.id, moment("2026-11-21"))
        let recommend = try #require(results.questions.first { $0.id == "recommend" })
        #expect(recommend.n == 2 && recommend.rejected == 1 && recommend.figure?.value == 0)
    }
}
