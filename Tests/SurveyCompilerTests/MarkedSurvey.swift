import Diagnostics
import SurveyCompiler
import Testing

/// A survey in which `«word»` marks where a diagnostic must point.
struct MarkedSurvey {
    let text: String
    /// The marked places, in order.
    let marks: [Mark]

    struct Mark: Equatable, CustomStringConvertible {
        let line: Int
        let column: Int
        let width: Int

        var description: String { "\(line):\(column)+\(width)" }
    }

    init(_ marked: String) {
        var text = String.UnicodeScalarView()
        var marks: [Mark] = []
        var line = 1
        var column = 1
        var start: (line: Int, column: Int)?
        for scalar in marked.unicodeScalars {
            switch scalar {
            case "«": start = (line, column)
            case "»":
                if let start {
                    marks.append(Mark(line: start.line, column: start.column, width: column - start.column))
                }
                start = nil
            default:
                text.append(scalar)
                column = scalar == "\n" ? 1 : column + 1
                if scalar == "\n" { line += 1 }
            }
        }
        self.text = String(text)
        self.marks = marks
    }

    static let compiler = SurveyCompiler()

    /// What compiling the text without its marks gives.
    func compile() -> CompiledSurvey { Self.compiler.compile(SourceText(file: "t.xml", bytes: Array(text.utf8))) }

    /// Compiles, and expects exactly these codes at the marks, in order.
    static func expect(
        _ codes: [String], in marked: String, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let survey = MarkedSurvey(marked)
        let found = survey.compile().diagnostics
        let what = found.map { "\($0.code.id) \($0.position.line):\($0.position.column)+\($0.width) \($0.message)" }
        #expect(found.map(\.code.id) == codes, "\(what)", sourceLocation: sourceLocation)
        let places = found.map { Mark(line: $0.position.line, column: $0.position.column, width: $0.width) }
        #expect(places == survey.marks, "\(what)", sourceLocation: sourceLocation)
    }

    /// A whole survey around some pages, endings or other parts of the root; a last ending is added.
    static func around(
        _ parts: String, attributes: String = "languages=\"en\"",
        ending: String = "<ending><message>Thanks.</message></ending>"
    ) -> String {
        """
        <survey xmlns="urn:heed:survey:1" id="t" version="1" kind="transactional" \(attributes)>
        <title>T</title>
        \(parts)
        \(ending)
        </survey>
        """
    }

    /// A survey with a page that asks one of each, and what comes after it.
    static func asking(_ after: String, attributes: String = "languages=\"en\"") -> String {
        around(
            """
            <fields><field name="order.product" type="text"/><field name="order.size" type="number"/><field name="order.day" type="date"/></fields>
            <page id="first">
            <nps id="recommend" required="true"><prompt>P</prompt></nps>
            <rating id="stars" from="1" to="5"><prompt>P</prompt></rating>
            <number id="age" least="0" most="120"><prompt>P</prompt></number>
            <text id="reason"><prompt>P</prompt></text>
            <choice id="contact-me"><prompt>P</prompt><option code="yes">Y</option><option code="no">N</option></choice>
            <choices id="topics"><prompt>P</prompt><option code="price">A</option><option code="speed">B</option><option code="none" exclusive="true">C</option></choices>
            <consent id="quote"><prompt>P</prompt></consent>
            <statement id="note"><prompt>P</prompt></statement>
            <matrix id="grid" from="1" to="5"><prompt>P</prompt><item id="speed">A</item><item id="price">B</item></matrix>
            <ranking id="order-of"><prompt>P</prompt><option code="a">A</option><option code="b">B</option></ranking>
            <date id="visited" from="2026-01-01"><prompt>P</prompt></date>
            </page>
            \(after)
            """, attributes: attributes)
    }

    /// A second page with one question shown on a condition.
    static func shown(if condition: String) -> String {
        asking("<page id=\"second\"><text id=\"more\" show-if=\"\(condition)\"><prompt>P</prompt></text></page>")
    }
}
