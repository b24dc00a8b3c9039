import FeedbackTestSupport
import FoundationEssentials
import LibXML
import Markup
import SurveyCompiler
import Testing

@Suite struct SchemaTests {
    /// `HEED_REGENERATE=1 swift test --filter SchemaTests` writes the file anew.
    @Test func committedSchemaIsTheGeneratedOne() throws {
        let file = Checkout.path + "/Sources/Assets/files/survey.xsd"
        let generated = SurveySchema.generate()
        if ProcessInfo.processInfo.environment["HEED_REGENERATE"] == "1" {
            try Data(generated).write(to: URL(fileURLWithPath: file))
            return
        }
        let committed = try #require(Checkout.bytes(of: "Sources/Assets/files/survey.xsd"))
        #expect(
            committed == generated,
            "Sources/Assets/files/survey.xsd has drifted; run HEED_REGENERATE=1 swift test --filter SchemaTests")
        #expect(Asset.surveySchema.bytes == generated)
    }

    @Test func schemaCompiles() { #expect(XMLSchema(SurveySchema.generate()) != nil) }
}
