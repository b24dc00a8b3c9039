import Diagnostics
import FeedbackTestSupport
import FoundationEssentials
import SurveyCompiler
import Testing

/// The surveys of the checkout are the compiler's end-to-end fixtures.
@Suite struct ShippedSurveyTests {
    static let files: [String] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: Checkout.path + "/surveys")) ?? []
        return names.filter { $0.hasSuffix(".xml") }.sorted()
    }()

    @Test(arguments: files) func compilesWithoutAWarning(_ name: String) throws {
        let bytes = try #require(Checkout.bytes(of: "surveys/" + name))
        let compiled = SurveyCompiler().compile(SourceText(file: name, bytes: bytes))
        #expect(
            compiled.diagnostics.map { "\($0.position.line):\($0.position.column) \($0.code.id) \($0.message)" } == [])
        #expect(compiled.questionnaire != nil)
    }

    @Test func thereAreSome() { #expect(Self.files.count >= 3) }
}
