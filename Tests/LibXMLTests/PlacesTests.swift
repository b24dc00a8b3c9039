import Diagnostics
import LibXML
import Markup
import Testing

/// Every element, attribute and text knows the very bytes it was read from.
@Suite struct PlacesTests {
    private func read(_ text: String) throws -> (root: MarkupElement, bytes: [UInt8]) {
        let source = SourceText(file: "t.xml", bytes: Array(text.utf8))
        let document = XMLReader.read(source)
        #expect(document.diagnostics.map(\.message) == [])
        return (try #require(document.root), source.bytes)
    }

    private func written(_ range: Range<Int>, _ bytes: [UInt8]) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }

    @Test(arguments: ["\n", "\r\n"], ["", "\u{FEFF}", "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!-- a < b -->"])
    func attributesStandWhereTheyAreWritten(_ newline: String, _ start: String) throws {
        let text = """
            <a xmlns="urn:x" one='1 &gt; "0"'\(newline)  zwei = "ä>&#233;&amp;" xmlns:p="urn:p" p:three="">
            <!-- <not> --><p:b  é="x"/>হ্যালো <c\(newline)d="&lt;"
            >text</c ></a>
            """
        let (root, bytes) = try read(start + text)
        #expect(root.attributes.map(\.name) == ["one", "zwei", "three"])
        #expect(root.attributes.map { written($0.nameRange, bytes) } == ["one", "zwei", "p:three"])
        #expect(root.attributes.map { written($0.valueRange, bytes) } == ["1 &gt; \"0\"", "ä>&#233;&amp;", ""])
        #expect(root.attributes.map(\.value) == ["1 > \"0\"", "ä>é&", ""])
        #expect(root.attributes[2].namespace == "urn:p")
        #expect(written(root.startTag, bytes).hasPrefix("<a xmlns") && written(root.startTag, bytes).hasSuffix("\"\">"))
        let children = root.elements
        #expect(children.map(\.name) == ["b", "c"])
        #expect(children.map { written($0.nameRange, bytes) } == ["p:b", "c"])
        #expect(written(children[0].startTag, bytes) == "<p:b  é=\"x\"/>")
        #expect(children[0].namespace == "urn:p" && children[1].namespace == "urn:x")
        #expect(children[1].text == "text")
        #expect(written(children[1].textRange, bytes) == "text")
    }

    @Test func textsStandBetweenTheirTags() throws {
        let (root, bytes) = try read("<a>x &amp; <![CDATA[<y>]]>é<!-- c -->z<b/>\n w</a>")
        let texts = root.children.compactMap { if case .text(let text) = $0 { text } else { nil } }
        #expect(texts.map(\.value) == ["x & <y>é", "z", "\n w"])
        #expect(texts.map { written($0.range, bytes) } == ["x &amp; <![CDATA[<y>]]>é", "z", "\n w"])
    }

    @Test func spaceThatOnlyPartsElementsIsLeftOut() throws {
        let (root, _) = try read("<a>\n  <b>  </b>\n  <c/>\n</a>")
        #expect(root.children.count == 2)
        #expect(root.elements[0].text == "  ")
    }

    @Test func writtenTextFollowsEntities() {
        let raw = "a&amp;b&#233;\r\nc<![CDATA[&d]]>e&#x1F600;f"
        let value = "a&bé\nc&de😀f"
        let written = WrittenText(0..<raw.utf8.count, of: Array(raw.utf8), count: value.utf8.count)
        let bytes = Array(raw.utf8)
        var offset = 0
        var parts: [String] = []
        for character in value.unicodeScalars {
            let width = String(character).utf8.count
            parts.append(String(decoding: bytes[written.place(of: offset..<offset + width)], as: UTF8.self))
            offset += width
        }
        #expect(parts == ["a", "&amp;", "b", "&#233;", "\r\n", "c<![CDATA[", "&", "d]]>", "e", "&#x1F600;", "f"])
    }

    @Test func positionsInLargeFilesAreThoseOfSmallOnes() {
        let line = "é" + String(repeating: "x", count: 96) + "\n"
        let bytes = Array(String(repeating: line, count: 3000).utf8)
        let large = SourceText(file: "l", bytes: bytes)
        for offset in stride(from: 0, through: bytes.count, by: 997) {
            let before = bytes[..<offset]
            let start = before.lastIndex(of: 10).map { $0 + 1 } ?? 0
            let column = before[start...].filter { $0 & 0xC0 != 0x80 }.count + 1
            let expected = SourcePosition(line: before.filter { $0 == 10 }.count + 1, column: column)
            #expect(large.position(at: offset) == expected)
            #expect(
                large.scalars(in: 1..<max(1, offset)) == bytes[1..<max(1, offset)].filter { $0 & 0xC0 != 0x80 }.count)
        }
    }
}
