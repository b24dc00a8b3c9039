import Diagnostics
import LibXML
import Markup
import QuestionnaireModel
import SurveyCompiler
import Testing

/// Every example of the manual does what it is there to show: those of elements and functions compile, those of
/// diagnostics give exactly their own code.
@Suite struct ManualExampleTests {
    private static func compile(_ example: String) -> CompiledSurvey {
        let text = SurveyExample.document(example)
        return MarkedSurvey.compiler.compile(SourceText(file: "example.xml", bytes: Array(text.utf8)))
    }

    private static let shapes: [ElementShape] = {
        var shapes: [ElementShape] = []
        func collect(_ shape: ElementShape) {
            if shapes.contains(where: { $0.name == shape.name && $0.summary == shape.summary }) { return }
            shapes.append(shape)
            for case .element(let inner) in shape.children.map(\.content) { collect(inner) }
        }
        collect(SurveyLanguage.survey)
        SurveyLanguage.questions.forEach(collect)
        return shapes
    }()

    private static let examples =
        shapes.flatMap(\.examples) + QuestionTypeRegistry.standard.flatMap { $0.shape.examples }

    @Test func elementsCompileWithoutAWarning() {
        for example in Self.examples {
            #expect(Self.compile(example).diagnostics.map(\.text) == [], "\(example)")
        }
    }

    /// What no example shows nobody would find.
    @Test func elementsShowEveryAttributeAndChild() throws {
        var attributes: Set<String> = []
        var children: Set<String> = []
        func collect(_ element: MarkupElement) {
            for attribute in element.attributes { attributes.insert("\(element.name) \(attribute.name)") }
            for child in element.elements {
                children.insert("\(element.name) \(child.name)")
                collect(child)
            }
        }
        for example in Self.examples {
            let text = SourceText(file: "example.xml", bytes: Array("<all>\(example)</all>".utf8))
            collect(try #require(XMLReader.read(text, schema: nil).root, "\(example)"))
        }
        for shape in Self.shapes {
            for attribute in shape.attributes
            where !SurveyLanguage.commonAttributes.contains(where: { $0.name == attribute.name }) {
                #expect(attributes.contains("\(shape.name) \(attribute.name)"))
            }
            for child in shape.children where !SurveyLanguage.commonChildren.contains(where: { $0.name == child.name })
            {
                if case .question = child.content { continue }
                #expect(children.contains("\(shape.name) \(child.name)"))
            }
        }
        for attribute in SurveyLanguage.commonAttributes {
            #expect(attributes.contains { $0.hasSuffix(" " + attribute.name) })
        }
        for child in SurveyLanguage.commonChildren { #expect(children.contains { $0.hasSuffix(" " + child.name) }) }
    }

    @Test func functionsCompileWithoutAWarning() {
        for function in ConditionFunction.all {
            let survey = Self.compile("show-if=\"\(function.example)\"")
            #expect(survey.diagnostics.map(\.text) == [], "\(function.name)")
            #expect(function.example.contains(function.name + "("))
        }
    }

    /// Examples that are no survey: a command, and what takes more room than a page of a manual.
    private static let beyondText = ["S001", "S006", "S007", "S045", "S070"]

    @Test func diagnosticsGiveExactlyTheirCode() {
        for code in SurveyCompiler.codes where !Self.beyondText.contains(code.id) {
            let found = Self.compile(code.example).diagnostics
            #expect(Set(found.map(\.code.id)) == [code.id], "\(code.id): \(found.map(\.text))")
        }
    }

    @Test func tooMuchIsSaid() {
        let attributes = (0..<300).map { "a\($0)=\"1\"" }.joined(separator: " ")
        #expect(Self.compile("<survey \(attributes)/>").diagnostics.map(\.code.id).contains("S006"))
        let doubling = (1..<12).map { "<let name=\"v\($0)\" value=\"v\($0 - 1) + v\($0 - 1)\"/>" }.joined()
        let found = Self.compile("<let name=\"v0\" value=\"recommend\"/>" + doubling).diagnostics
        #expect(found.map(\.code.id) == ["S045"])
        #expect(found.first?.message.contains("\"v8\"") == true)
    }
}
