import Diagnostics
import QuestionnaireModel
import SurveyCompiler
import Testing

@Suite("What a new version breaks")
struct SurveyDiffTests {
    private static let first = """
        <survey xmlns="urn:heed:survey:1" id="t" version="1" kind="relationship" languages="en bn">
        <title>T</title><title xml:lang="bn">শ</title>
        <fields><field name="order.size" type="number"/></fields>
        <page id="score">
        <nps id="recommend"><prompt>How likely?</prompt><prompt xml:lang="bn">কত?</prompt></nps>
        <rating id="stars" from="1" to="5"><prompt>Stars?</prompt><prompt xml:lang="bn">তারা?</prompt></rating>
        <choice id="why"><prompt>Why?</prompt><prompt xml:lang="bn">কেন?</prompt>
        <option code="price"><label>Price</label><label xml:lang="bn">দাম</label></option>
        <option code="speed"><label>Speed</label><label xml:lang="bn">গতি</label></option>
        <option code="care"><label>Care</label><label xml:lang="bn">যত্ন</label></option></choice>
        <text id="more" show-if="recommend le 6"><prompt>More?</prompt><prompt xml:lang="bn">আরও?</prompt></text>
        </page>
        <ending><message>Thanks.</message><message xml:lang="bn">ধন্যবাদ।</message></ending>
        </survey>
        """

    private func version(_ text: String, _ file: String) throws -> SurveyDiff.Version {
        let source = SourceText(file: file, bytes: Array(text.utf8))
        let compiled = MarkedSurvey.compiler.compile(source)
        return SurveyDiff.Version(
            try #require(compiled.questionnaire, "\(compiled.diagnostics.map(\.headline))"), source)
    }

    /// Compares the first version with an edit of it.
    private func diff(_ edits: (String, String)...) throws -> SurveyDiff {
        let edited = edits.reduce(Self.first) { $0.replacing($1.0, with: $1.1) }
        return SurveyDiff(from: try version(Self.first, "old.xml"), to: try version(edited, "new.xml"))
    }

    /// The elements of a verdict, by kind and name.
    private func names(_ diff: SurveyDiff, _ verdict: SurveyDiff.Verdict) -> [String] {
        diff.changes(verdict).map { "\($0.element) \($0.name)" }
    }

    @Test func theSameIsTheSame() throws {
        let diff = try diff()
        #expect(diff.verdict == .same)
        #expect(diff.changes.allSatisfy { $0.reasons.isEmpty && $0.old?.line == $0.new?.line && $0.old?.line != nil })
        #expect(diff.changes.map(\.element).contains("field") && diff.changes.map(\.name).contains("why.speed"))
    }

    @Test func helpOtherLanguagesAndConditionsAreNoBreak() throws {
        let diff = try diff(
            ("recommend le 6", "recommend le 7"), ("কত?", "কতটা?"), ("version=\"1\"", "version=\"2\""),
            ("<prompt>Why?</prompt>", "<prompt>Why is that?</prompt>"))
        #expect(diff.verdict == .same)
        let told = diff.changes.filter { !$0.reasons.isEmpty }.map(\.name)
        #expect(told == ["recommend", "why", "more"])
    }

    @Test(arguments: [
        ("How likely?", "How probable?", ["question recommend"]),
        ("to=\"5\"", "to=\"7\"", ["question stars"]),
        (
            "<prompt>Stars?</prompt>", "<prompt>Stars?</prompt><low>Bad</low><low xml:lang=\"bn\">খ</low>",
            ["question stars"]
        ),
        (
            "<nps id", "<date id=\"new\"><prompt>N</prompt><prompt xml:lang=\"bn\">ন</prompt></date><nps id",
            ["question recommend", "question stars"]
        ),
        ("kind=\"relationship\"", "kind=\"transactional\"", ["survey t", "question recommend", "question stars"]),
    ])
    func aScoreAskedOtherwiseBreaksTheTrend(_ old: String, _ new: String, _ broken: [String]) throws {
        let diff = try diff((old, new))
        #expect(diff.verdict == .breaksTrend)
        #expect(names(diff, .breaksTrend) == broken)
    }

    @Test func whatIsStoredBreaksByTypeCodeAndId() throws {
        #expect(
            names(
                try diff(
                    ("<rating id=\"stars\" from=\"1\" to=\"5\">", "<csat id=\"stars\">"), ("</rating>", "</csat>")),
                .breaksAnswers) == ["question stars"])
        let removed = "<option code=\"care\"><label>Care</label><label xml:lang=\"bn\">যত্ন</label></option>"
        let dropped = try diff((removed, ""))
        #expect(names(dropped, .breaksAnswers) == ["option why.care"])
        #expect(
            dropped.changes(.breaksAnswers)[0].old?.file == "old.xml"
                && dropped.changes(.breaksAnswers)[0].old?.line == 10)
        #expect(dropped.changes(.breaksAnswers)[0].new == nil)
        #expect(names(try diff(("id=\"more\"", "id=\"rest\"")), .breaksAnswers) == ["question more"])
        #expect(
            names(try diff(("\"order.size\" type=\"number\"", "\"order.size\" type=\"text\"")), .breaksAnswers) == [
                "field order.size"
            ])
    }

    @Test func aCodeGivenToSomethingElseIsToldFromACorrectedWord() throws {
        #expect(
            names(try diff(("<label>Care</label>", "<label>Opening hours</label>")), .breaksAnswers) == [
                "option why.care"
            ])
        #expect(try diff(("<label>Price</label>", "<label>Prices</label>")).verdict == .same)
        // Two labels that change places change the meaning of both codes.
        let swapped = try diff(
            ("<label>Price</label>", "<label>X</label>"), ("<label>Speed</label>", "<label>Price</label>"),
            ("<label>X</label>", "<label>Speed</label>"))
        #expect(names(swapped, .breaksAnswers) == ["option why.price", "option why.speed"])
    }

    @Test func aRenamedQuestionIsRecognisedByItsWords() throws {
        let added = try #require(try diff(("id=\"stars\"", "id=\"rating\"")).changes.first { $0.name == "rating" })
        #expect(added.reasons.contains { $0.contains("stars") })
    }

    @Test func rowsOfAMatrixAreSeriesOfTheirOwn() throws {
        let matrix =
            "<matrix id=\"grid\" from=\"1\" to=\"5\"><prompt>How?</prompt><item id=\"a\">Speed</item><item id=\"b\">Care</item></matrix>"
        let old = MarkedSurvey.around("<page id=\"p\">\(matrix)</page>")
        let new = old.replacing("Speed", with: "Speediness")
        let diff = SurveyDiff(from: try version(old, "old.xml"), to: try version(new, "new.xml"))
        #expect(names(diff, .breaksTrend) + names(diff, .breaksAnswers) == ["row grid.a"])
    }

    @Test func bothFormsNamePlacesAndReasons() throws {
        let diff = try diff(("How likely?", "How probable?"))
        #expect(
            diff.text.contains(
                "breaks the trend: question recommend (old.xml:5 → new.xml:5)\n    the wording changed\n"))
        #expect(diff.summary.contains("1 element: breaks the trend"))
        let json = String(decoding: diff.json, as: UTF8.self)
        #expect(json.contains(#""verdict":"breaks-trend""#))
        #expect(
            json.contains(
                #"{"element":"question","name":"recommend","verdict":"breaks-trend","old":{"file":"old.xml","line":5},"new":{"file":"new.xml","line":5},"reasons":["the wording changed"]}"#
            ))
    }

    @Test func twoFilesForOneVersionAreTold() throws {
        let other = Self.first.replacing("How likely?", with: "How probable?")
        let texts = [("a.xml", Self.first), ("b.xml", other), ("c.xml", Self.first)].map {
            SourceText(file: $0, bytes: Array($1.utf8))
        }
        let surveys = texts.compactMap { CompileReport.Survey(MarkedSurvey.compiler.compile($0)) }
        let found = SameVersion.diagnostics(surveys) { file in texts.first { $0.file == file } }
        #expect(found.map(\.file) == ["b.xml"])
        #expect(found.map(\.code.id) == ["S070"])
        #expect(found.first?.position == SourcePosition(line: 1, column: 51))
        #expect(found.first?.message.contains("a.xml") == true)
    }
}
