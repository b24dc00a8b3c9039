import Diagnostics
import Testing

/// What a file quotes into a message cannot make the message long.
@Suite struct QuotingTests {
    @Test func shortMessagesStayAsTheyAre() {
        for message in ["", "\"abc\" is not an id.", "The attribute \"show-if\" stands twice on this tag."] {
            #expect(Quoting.shortened(message) == message)
        }
    }

    @Test func aLongValueEndsInAnEllipsisAndTheSentenceGoesOn() {
        let value = String(repeating: "a b", count: 1_000_000)
        let shown = Quoting.shortened("\"\(value)\" is not an id.")
        #expect(shown == "\"\(value.prefix(60))…\" is not an id.")
        let name = String(repeating: "é", count: 100)
        #expect(Quoting.shortened("<\(name)> is not known here.").unicodeScalars.count < 90)
    }

    @Test func noMessageIsLongerThanAScreen() {
        let hostile = String(repeating: "a \" ", count: 100_000)
        let source = SourceText(file: "t.xml", bytes: Array("<a/>".utf8))
        let code = DiagnosticCode("S000", title: "t", why: "w")
        let problem = Diagnostic(code, in: source, at: 0..<1, message: hostile, help: hostile)
        #expect(problem.message.unicodeScalars.count <= 1001)
        #expect(problem.text.utf8.count < 4000)
    }
}
