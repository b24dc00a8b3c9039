import Analysis
import ArchiveExport
import DataFolder
import Feedback
import FeedbackTestSupport
import FoundationEssentials
import QuestionnaireModel
import Records
import SurveyCompiler
import Testing

/// Rows, rankings, addresses and dates on their way in, into results and out again.
@Suite("Import and export: every kind of answer")
struct EveryTypeImportTests {
    private static let survey = """
        <survey xmlns="urn:heed:survey:1" id="kinds" version="1" kind="transactional" languages="en">
        <title>Kinds</title>
        <page id="one">
        <matrix id="aspects" to="5" required="true"><prompt>How was</prompt><item id="speed">Speed</item><item id="price">Price</item></matrix>
        <matrix id="agree"><prompt>Agree?</prompt><item id="fair">It was fair</item><option code="yes">Yes</option><option code="no">No</option></matrix>
        <ranking id="order" least="1"><prompt>Order</prompt><option code="z">Z</option><option code="a">A</option><option code="m">M</option></ranking>
        <email id="mail"><prompt>Mail</prompt></email>
        <phone id="call"><prompt>Call</prompt></phone>
        <date id="day" from="2026-01-01"><prompt>Day</prompt></date>
        </page>
        <page id="two"><text id="why" show-if="aspects.speed le 2"><prompt>Why?</prompt></text></page>
        <ending><message>Thanks</message></ending></survey>
        """

    private static let table = """
        id,aspects.speed,aspects.price,agree.fair,order,mail,call,day,why
        r1,2,5,yes,m;z,maria@example.com,+44 20 7946 0000,2026-03-04,slow
        r2,4,3,no,a,,(030) 90 18-20,,
        r3,,3,,,,,,
        x1,6,3,,,,,,
        x2,4,3,maybe,,,,,
        x3,4,3,,z;z,,,,
        x4,4,3,,z;q,,,,
        x5,4,3,,,maria,,,
        x6,4,3,,,,12,,
        x7,4,3,,,,,2025-12-31,
        x8,4,3,,,,,31.12.2026,
        x9,4,3,,,,,,slow

        """

    @Test("they are checked as the form would, and come out as they went in")
    func walk() async throws {
        let fixture = try await ImportFixture()
        try await fixture.publish(Array(Self.survey.utf8))
        let outcome = try await fixture.responses("kinds.csv", Self.table, survey: "kinds")
        #expect(outcome.summary.description == "3 added, 0 changed, 0 unchanged, 9 rejected")
        #expect(
            outcome.rejects == [
                "line 5: aspects: \"6;3\" is not a number from 1 to 5",
                "line 6: agree: \"maybe\" is not one of the options",
                "line 7: order: \"z;z\" is more than one answer", "line 8: order: \"z;q\" is not one of the options",
                "line 9: mail: \"maria\" is not an e-mail address", "line 10: call: \"12\" is not a telephone number",
                "line 11: day: \"2025-12-31\" is before 2026-01-01",
                "line 12: day: \"31.12.2026\" is not a date such as 2026-01-31",
                "line 13: why: this is only asked when aspects.speed le 2",
            ])
        let lines = try fixture.lines("kinds")
        #expect(lines.map(\.isComplete) == [true, true, false], "a required row is open in the third")
        #expect(
            lines[0].answers["aspects"]
                == .grid([GridRow(item: "speed", answer: .integer(2)), GridRow(item: "price", answer: .integer(5))]))
        #expect(lines[0].answers["agree"] == .grid([GridRow(item: "fair", answer: .text("yes"))]))
        #expect(lines[0].answers["order"] == .list(["m", "z"]) && lines[0].answers["day"] == .text("2026-03-04"))

        // A table has a column for each row; heed's own lines go in again and change nothing.
        let csv = try await Self.export(fixture, "csv")
        #expect(
            csv.split(separator: "\r\n").first?.hasSuffix(
                "version,aspects.speed,aspects.price,agree.fair,order,mail,call,day,why") == true)
        #expect(csv.contains(",2,5,yes,m;z,maria@example.com,"))
        let jsonl = try await Self.export(fixture, "jsonl")
        let again = try await fixture.responses("again.jsonl", jsonl, survey: "kinds")
        #expect(again.summary.description == "0 added, 0 changed, 3 unchanged, 0 rejected", "\(again.rejects)")
        let archive = try await Self.export(fixture, "archive")
        for part in [
            "<row item=\"speed\">2</row>", "<row item=\"fair\">yes</row>", "<item id=\"speed\">",
            "<code>m</code><code>z</code>", "maria@example.com",
        ] {
            #expect(archive.contains(part), "\(part)")
        }
        let verification = try ArchiveVerification.verify(fixture.file("kinds.xml", archive))
        #expect(verification.problems == [])
    }

    @Test("objects and lists of JSON are read like the form's fields, and unknown parts are refused")
    func objects() async throws {
        let fixture = try await ImportFixture()
        try await fixture.publish(Array(Self.survey.utf8))
        let rows = [
            #"{"id":"a","aspects":{"price":5,"speed":4},"order":["a","z"]}"#,
            #"{"id":"b","aspects":{"speed":4,"colour":1}}"#, #"{"id":"c","aspects":"4"}"#,
            #"{"id":"d","aspects.speed":4,"order":["a","a"]}"#,
        ]
        let outcome = try await fixture.responses("r.jsonl", rows.joined(separator: "\n") + "\n", survey: "kinds")
        #expect(outcome.summary.description == "1 added, 0 changed, 0 unchanged, 3 rejected", "\(outcome.rejects)")
        let line = try #require(try fixture.lines("kinds").first)
        #expect(
            line.answers["aspects"]
                == .grid([GridRow(item: "speed", answer: .integer(4)), GridRow(item: "price", answer: .integer(5))]))
        #expect(line.answers["order"] == .list(["a", "z"]))
    }

    @Test("every row of a matrix has results of its own")
    func results() async throws {
        let fixture = try await ImportFixture()
        try await fixture.publish(Array(Self.survey.utf8))
        _ = try await fixture.responses("kinds.csv", Self.table, survey: "kinds")
        let survey = try #require(SurveyID("kinds"))
        let questionnaire = try #require(fixture.folder.catalog.live(survey)?.questionnaire)
        let segments = try fixture.folder.responseSegments(of: survey).map { ResponseSegment(survey: survey, path: $0) }
        let analyzer = SurveyAnalyzer(
            DataFiles(segments: segments), definitions: SurveyDefinitions { _, _ in questionnaire })
        let results = try analyzer.results(of: survey, live: questionnaire.version, asOf: fixture.time.now())
        #expect(results.questions.map(\.id) == ["aspects.speed", "aspects.price", "agree.fair", "why"])
        #expect(results.questions.map(\.kind) == ["rating", "rating", "choice", "text"])
        #expect(results.questions.map(\.n) == [2, 3, 2, 1])
        #expect(results.questions[0].figure?.value == 3 && results.questions[0].prompt == "How was · Speed")
        #expect(results.questions[2].distribution.map(\.count) == [1, 1])
        #expect(results.questions[2].distribution.map(\.label) == ["Yes", "No"])
    }

    private static func export(_ fixture: ImportFixture, _ format: String) async throws -> String {
        let survey = try #require(SurveyID("kinds"))
        let questionnaire = try #require(fixture.folder.catalog.live(survey)?.questionnaire)
        let job = ExportJob(
            survey: survey,
            definitions: [PublishedDefinition(questionnaire: questionnaire, source: Array(Self.survey.utf8))],
            accountsPath: fixture.files.file("none"), contactsPath: fixture.files.file("none"),
            made: fixture.time.now(),
            generator: "test")
        let exporter = try #require(
            Exporter(job, format: format, segments: Segments(fixture.folder.responseSegments(of: survey))))
        let sink = MemorySink()
        _ = try await exporter.run(to: sink)
        return String(decoding: sink.bytes, as: UTF8.self)
    }
}
