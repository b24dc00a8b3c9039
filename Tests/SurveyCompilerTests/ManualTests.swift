import Diagnostics
import FeedbackTestSupport
import FoundationEssentials
import QuestionnaireModel
import SurveyCompiler
import Testing

/// `docs/survey-language.md` says what the registries say, and its examples compile.
@Suite struct ManualTests {
    static let file = "docs/survey-language.md"

    /// `HEED_REGENERATE=1 swift test --filter ManualTests` writes the generated parts anew.
    @Test func generatedPartsHaveNotDrifted() throws {
        var text = String(decoding: try #require(Checkout.bytes(of: Self.file)), as: UTF8.self)
        for part in SurveyManual.parts {
            let open = "<!-- generated: \(part.name) -->\n"
            let close = "<!-- end of \(part.name) -->"
            let start = try #require(text.firstRange(of: open), "\(part.name)")
            let end = try #require(text[start.upperBound...].firstRange(of: close), "\(part.name)")
            let range = start.upperBound..<end.lowerBound
            if ProcessInfo.processInfo.environment["HEED_REGENERATE"] == "1" {
                text.replaceSubrange(range, with: "\n" + part.markdown + "\n")
            } else {
                #expect(
                    text[range] == "\n" + part.markdown + "\n",
                    "\(part.name) has drifted; run HEED_REGENERATE=1 swift test --filter ManualTests")
            }
        }
        if ProcessInfo.processInfo.environment["HEED_REGENERATE"] == "1" {
            try Data(text.utf8).write(to: URL(fileURLWithPath: Checkout.path + "/" + Self.file))
        }
    }

    @Test func wholeSurveysInItCompile() throws {
        let text = String(decoding: try #require(Checkout.bytes(of: Self.file)), as: UTF8.self)
        let blocks = text.split(separator: "```xml\n").dropFirst().compactMap { $0.split(separator: "```").first }
        let surveys = blocks.filter { $0.contains("<survey ") }
        #expect(surveys.count >= 2)
        for survey in surveys {
            let compiled = SurveyCompiler().compile(SourceText(file: Self.file, bytes: Array(survey.utf8)))
            #expect(compiled.diagnostics.map(\.text) == [])
        }
    }

    /// Every line of a block marked `condition` is one, over the questions of the manual's first survey.
    @Test func conditionsInItCompile() throws {
        let text = String(decoding: try #require(Checkout.bytes(of: Self.file)), as: UTF8.self)
        let blocks = text.split(separator: "```condition\n").dropFirst().compactMap { $0.split(separator: "```").first }
        let conditions = blocks.flatMap { block in block.split(separator: "\n").map { String($0) } }
        #expect(conditions.count >= 5)
        for condition in conditions {
            let survey = MarkedSurvey(MarkedSurvey.shown(if: condition)).compile()
            #expect(survey.diagnostics.map(\.message) == [], "\(condition)")
        }
    }
}
