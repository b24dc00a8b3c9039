import Diagnostics
import FeedbackTestSupport
import Records
import SurveyCompiler
import Testing

@Suite struct RenderingTests {
    private static let code = DiagnosticCode("S999", title: "test", why: "Because.")

    private func render(_ line: String, _ marked: Range<Int>, message: String = "Wrong.") -> [String] {
        let bytes = Array(("first\n" + line + "\nlast").utf8)
        let diagnostic = Diagnostic(
            Self.code, in: SourceText(file: "a.xml", bytes: bytes), at: marked.lowerBound + 6..<marked.upperBound + 6,
            message: message, help: "Do better.")
        return diagnostic.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    @Test func theFormIsTheOneOfTheContract() {
        #expect(
            render("<nps/>", 1..<4) == [
                "a.xml:2:2: error[S999]: Wrong.", " 2 | <nps/>", "   |  ^~~", "   why: Because.", "  help: Do better.",
                "",
            ])
    }

    @Test func caretsStandBelowTheirWords() {
        #expect(render("\tx\ty", 3..<4)[1...2] == [" 2 | \tx\ty", "   | \t \t^"])
        #expect(render("éé x", 5..<6)[1...2] == [" 2 | éé x", "   |    ^"])
        // Wide letters take two columns, marks none.
        #expect(render("日本 x", 7..<8)[1...2] == [" 2 | 日本 x", "   |      ^"])
        #expect(render("日本 x", 0..<6)[2] == "   | ^~~~")
        #expect(render("e\u{301} x", 4..<5)[2] == "   |   ^")
        #expect(render("<a", 2..<3)[1...2] == [" 2 | <a", "   |   ^"])
    }

    @Test func nothingInAFileMovesTheCursor() {
        let lines = render("a\u{1B}[2Jb\u{202E}c", 1..<2, message: "No \u{1B}[31m \"\u{7}\".")
        #expect(lines[0] == "a.xml:2:2: error[S999]: No <U+001B>[31m \"<U+0007>\".")
        #expect(lines[1] == " 2 | a<U+001B>[2Jb<U+202E>c")
        #expect(lines[2] == "   |  ^~~~~~~~")
        #expect(lines.joined().unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202E })
    }

    @Test func longLinesAreCutAroundThePlace() {
        let line = String(repeating: "é", count: 50_000) + "<x>" + String(repeating: "y", count: 50_000)
        let lines = render(line, 100_001..<100_002)
        #expect(lines[0].hasPrefix("a.xml:2:50002: "))
        #expect(lines[1].count < 500 && lines[1].contains("<x>"))
        let caret = lines[2].firstIndex(of: "^").map { lines[2].distance(from: lines[2].startIndex, to: $0) }
        #expect(caret.map { Array(lines[1])[$0] } == "x")
    }

    @Test func summaryCounts() {
        let source = SourceText(file: "a", bytes: [65])
        let error = Diagnostic(Self.code, in: source, at: 0..<1, message: "")
        let warning = Diagnostic(Self.code, in: source, at: 0..<1, message: "", severity: .warning)
        #expect(DiagnosticSummary([error, warning, error], files: 3).text == "2 errors, 1 warning in 3 files")
        #expect(DiagnosticSummary([], files: 1).text == "no problems in 1 file")
    }

    // MARK: JSON and SARIF

    private static let bad = MarkedSurvey(MarkedSurvey.shown(if: "recomend le 6")).compile()
    private static let good = MarkedSurvey(MarkedSurvey.shown(if: "recommend le 6")).compile()

    @Test func jsonIsTheContracts() throws {
        let report = CompileReport([Self.good, Self.bad])
        let value = try JSONParser.parse(report.json)
        let survey = try #require(value["surveys"]?.array?.first)
        #expect(value["surveys"]?.array?.count == 1)
        #expect(survey["id"]?.string == "t" && survey["file"]?.string == "t.xml")
        #expect(survey["pages"]?.integer == 2 && survey["questions"]?.integer == 12)
        let diagnostic = try #require(value["diagnostics"]?.array?.first)
        #expect(diagnostic["code"]?.string == "S014" && diagnostic["severity"]?.string == "error")
        #expect(diagnostic["line"]?.integer == 17 && diagnostic["column"]?.integer == 44)
        #expect(diagnostic["help"]?.string == "Did you mean \"recommend\"?")
    }

    @Test func sarifNamesRuleAndPlace() throws {
        let value = try JSONParser.parse(CompileReport([Self.bad]).sarif)
        #expect(value["version"]?.string == "2.1.0")
        let run = try #require(value["runs"]?.array?.first)
        let result = try #require(run["results"]?.array?.first)
        let rules = try #require(run["tool"]?["driver"]?["rules"]?.array)
        #expect(result["ruleId"]?.string == "S014" && result["level"]?.string == "error")
        #expect(rules[Int(try #require(result["ruleIndex"]?.integer))]["id"]?.string == "S014")
        let place = try #require(result["locations"]?.array?.first?["physicalLocation"])
        #expect(place["artifactLocation"]?["uri"]?.string == "t.xml")
        #expect(place["region"]?["startLine"]?.integer == 17 && place["region"]?["endColumn"]?.integer == 52)
    }

    @Test func textListsSurveysAfterProblems() {
        let report = CompileReport([Self.good, Self.bad])
        #expect(
            report.text.hasSuffix(
                "\n\nt 1: 2 pages, 12 questions, 2 paths of 10 to 11 questions, about 111 s\n  en: 23 of 23 texts, grade 0.0 (Flesch–Kincaid)\n"
            ))
        #expect(report.summary.text == "1 error in 2 files")
    }

    @Test func everyCodeCanBeExplained() {
        for code in SurveyCompiler.codes {
            #expect(code.explanation.hasPrefix("\(code.id) (\(code.severity.rawValue)): "))
        }
    }
}
