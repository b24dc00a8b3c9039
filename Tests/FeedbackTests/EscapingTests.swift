import FeedbackTestSupport
import Markup
import Testing

@Suite struct EscapingTests {
    static let hostile = [
        "<script>alert(1)</script>", "\" onload=\"x", "'&amp;'", "]]>", "\u{0}\u{1}\r\n\t", "a\u{202E}b", "😀 ভালো ليلى",
    ]

    @Test(arguments: hostile) func `HTML text never opens a tag, an attribute or a reference`(text: String) {
        var bytes: [UInt8] = []
        Escaping.appendHTML(text, to: &bytes)
        let written = String(decoding: bytes, as: UTF8.self)
        #expect(!written.contains { "<>\"'".contains($0) })
        let plain = written.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
            .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
        #expect(plain == text)
    }

    @Test func `XML text replaces what XML cannot hold and keeps the rest`() {
        var bytes: [UInt8] = []
        Escaping.appendXMLText("a\u{1}b\u{FFFE}c\r\nd & <e> \u{FFFD}", to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == "a\u{FFFD}b\u{FFFD}c&#13;\nd &amp; &lt;e&gt; \u{FFFD}")
    }

    @Test func `control and direction characters are visible in a terminal`() {
        #expect(Escaping.visible("a\u{1B}[31m\n\u{202E}b\u{2028}") == "a\\u{1B}[31m\\u{A}\\u{202E}b\\u{2028}")
    }

    @Test func `XML is nested, indented and closed`() {
        var xml = XMLWriter()
        xml.start("a")
        xml.attribute("b", "1\n\"2\"")
        xml.element("c", ["d": nil, "e": "&"], text: "<f>")
        xml.element("g")
        xml.end()
        #expect(
            String(decoding: xml.drain(), as: UTF8.self)
                == "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a b=\"1&#10;&quot;2&quot;\">\n <c e=\"&amp;\">&lt;f&gt;</c>\n <g/>\n</a>\n"
        )
    }
}
