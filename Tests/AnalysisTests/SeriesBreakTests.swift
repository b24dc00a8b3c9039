internal import Feedback
internal import QuestionnaireModel
internal import Records
import Testing

@testable import Analysis

/// What versions ask in another way is shown beside each other, never as one.
@Suite struct SeriesBreakTests {
    private static func version(
        _ number: Int, prompt: String = "Would you recommend us?", help: String = "", before: String = ""
    ) -> Questionnaire {
        Surveys.compiled(
            """
            <survey xmlns="urn:heed:survey:1" id="rel" version="\(number)" kind="relationship" languages="en">
              <title>How are we doing?</title>
              <page id="only">\(before)
                <nps id="recommend"><prompt>\(prompt)</prompt>\(help)</nps>
                <text id="reason"><prompt>Why?</prompt></text></page>
              <ending><message>Thanks</message></ending>
            </survey>
            """)
    }

    private static let asOf = moment("2026-11-21")

    /// Ann gave 10 to the first version and 4 to the second, months later.
    private func folder(_ second: Questionnaire) throws -> AnalysisFolder {
        let first = Self.version(1)
        let folder = try AnalysisFolder([second, first])
        try folder.write(
            accounts: [AccountLine(id: #require(AccountID("acme")))], contacts: [.person("ann"), .person("bob")])
        try folder.write(responses: [
            .score(10, by: "ann", on: "2026-07-01", survey: first),
            .score(9, by: "bob", on: "2026-07-01", survey: first),
            .score(4, by: "ann", on: "2026-11-01", survey: second),
        ])
        return folder
    }

    @Test(arguments: [
        (Self.version(2, prompt: "Are you happy with us?"), "the wording changed"),
        (
            Self.version(2, before: "<date id=\"seen\"><prompt>When?</prompt></date>"),
            "it was question 1 and is question 2"
        ),
    ])
    func aBreakIsShownAndNothingIsDrawnAcrossIt(_ second: Questionnaire, _ reason: String) throws {
        let folder = try folder(second)
        let analysis = try folder.analysis(Self.asOf)
        let account = try #require(try analysis.report().accounts.first)
        #expect(!account.flags.map(\.rule).contains("person-fell"))
        #expect(
            analysis.frame.breaks.map(\.sentence) == [
                "rel, recommend: version 2 is not compared with version 1: \(reason)."
            ])
        // The latest answer still speaks for its giver, once.
        #expect(account.nps.counts.count == 2)
        let asked = try folder.results(second.id, Self.asOf).questions.filter { $0.id == "recommend" }
        #expect(asked.map(\.n) == [1, 2])
        #expect(asked.map { $0.versions.map(\.rawValue) } == [["2"], ["1"]])
        #expect(asked.map(\.breaks) == [["not compared with version 1: \(reason)"], ["not compared with version 2"]])
    }

    @Test func whatIsAskedAlikeIsOneSeries() throws {
        let second = Self.version(2, help: "<help>Think of the last year.</help>")
        let folder = try folder(second)
        let analysis = try folder.analysis(Self.asOf)
        #expect(try analysis.report().accounts.first?.flags.map(\.rule).contains("person-fell") == true)
        #expect(analysis.frame.breaks.isEmpty)
        let asked = try folder.results(second.id, Self.asOf).questions.filter { $0.id == "recommend" }
        #expect(asked.map(\.n) == [3] && asked.allSatisfy { $0.versions.isEmpty && $0.breaks.isEmpty })
    }

    @Test func inOneWaveAPersonHasOneVoiceWhateverTheVersion() throws {
        let (first, second) = (Self.version(1), Self.version(2, prompt: "Are you happy with us?"))
        let folder = try AnalysisFolder([second, first])
        try folder.write(accounts: [AccountLine(id: #require(AccountID("acme")))], contacts: [.person("ann")])
        try folder.write(responses: [
            .score(10, by: "ann", on: "2026-10-01", survey: first),
            .score(2, by: "ann", on: "2026-11-01", survey: second),
        ])
        let account = try #require(try folder.accounts(Self.asOf)["acme"])
        #expect(account.nps.counts.count == 1 && account.nps.counts.detractors == 1)
    }
}
