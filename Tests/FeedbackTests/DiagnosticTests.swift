import Diagnostics
import Testing

@Suite struct DiagnosticTests {
    static let source = SourceText(file: "x.xml", bytes: Array("one\nzwei é👍 drei\r\n\nend".utf8))

    @Test func `columns count Unicode scalars and lines count line feeds`() {
        let offset = Self.source.bytes.firstIndex(of: UInt8(ascii: "d")) ?? 0
        #expect(Self.source.position(at: offset) == SourcePosition(line: 2, column: 9))
        #expect(Self.source.line(at: offset) == "zwei é👍 drei")
        #expect(Self.source.position(at: 9999) == SourcePosition(line: 4, column: 4))
        #expect(Self.source.position(at: -1) == SourcePosition(line: 1, column: 1))
    }

    @Test func `the marked width ends with the line`() {
        let code = DiagnosticCode("S999", title: "t", why: "w")
        let diagnostic = Diagnostic(code, in: Self.source, at: 2..<100, message: "m")
        #expect(diagnostic.position == SourcePosition(line: 1, column: 3) && diagnostic.width == 1)
    }

    @Test(
        arguments: [("recomend", "recommend"), ("langauge", "language"), ("nsp", "nps"), ("zzzz", nil)]
            as [(String, String?)])
    func `a typo finds its word`(typo: String, meant: String?) {
        #expect(Spelling.nearest(to: typo, among: ["recommend", "language", "nps", "reason"]) == meant)
    }
}
