import Diagnostics
import FeedbackTestSupport
import FoundationEssentials
import LibXML
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// Rows X1 to X5 of the faults to survive: refused at once, with a place, touching nothing.
@Suite struct HostileFileTests {
    // Byte loops are some twenty times slower without the optimizer, and the tests share their processors.
    #if DEBUG
        private static let limit = Duration.seconds(60)
    #else
        private static let limit = Duration.seconds(1)
    #endif

    private func problems(_ bytes: [UInt8], sourceLocation: SourceLocation = #_sourceLocation) -> [Diagnostic] {
        let clock = ContinuousClock()
        var document: XMLReader.Document?
        let time = clock.measure { document = XMLReader.read(SourceText(file: "t.xml", bytes: bytes)) }
        #expect(time < Self.limit, sourceLocation: sourceLocation)
        #expect(document?.root == nil, sourceLocation: sourceLocation)
        return document?.diagnostics ?? []
    }

    private func problems(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) -> [Diagnostic] {
        problems(Array(text.utf8), sourceLocation: sourceLocation)
    }

    @Test(arguments: [
        "<!DOCTYPE a>", "<!DOCTYPE a SYSTEM \"file:///etc/passwd\">", "<!DOCTYPE a SYSTEM \"http://127.0.0.1:9/x\">",
        "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
        "<!DOCTYPE a [<!ENTITY % p SYSTEM \"http://127.0.0.1:9/\"> %p;]>",
        "<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;\">]>",
        "<!DOCTYPE a [<!ATTLIST a b CDATA 'x'>]>", "<!DOCTYPE\na>",
    ])
    func noDocumentType(_ doctype: String) throws {
        let found = problems("<?xml version=\"1.0\"?>\n <!-- x -->\(doctype)<a>&a;</a>")
        #expect(found.map(\.code.id) == ["S003"])
        #expect(found.first?.position == SourcePosition(line: 2, column: 12))
    }

    @Test func noProcessingInstructions() {
        let found = problems("<?xml version=\"1.0\"?><?xml-stylesheet href=\"http://127.0.0.1:9/x\"?><a/>")
        #expect(found.map(\.code.id) == ["S005"])
        #expect(found.first?.position == SourcePosition(line: 1, column: 24))
        #expect(problems("<a><?php echo 1 ?></a>").map(\.code.id) == ["S005"])
    }

    @Test func utf8Only() {
        #expect(problems([0xFF, 0xFE] + Array("<\0a\0/\0>\0".utf8)).map(\.code.id) == ["S002"])
        #expect(problems([0xFE, 0xFF, 0, 0x3C]).map(\.code.id) == ["S002"])
        #expect(problems("<?xml version=\"1.0\" encoding='UTF-7'?><a/>").map(\.code.id) == ["S002"])
        let latin = problems("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a/>")
        #expect(latin.map(\.code.id) == ["S002"])
        #expect(latin.first?.position.column == 31 && latin.first?.width == 10)
        #expect(
            problems(Array("<a>\n x".utf8) + [0xE9] + Array("</a>".utf8)).map(\.position) == [
                SourcePosition(line: 2, column: 3)
            ])
        for bad: [UInt8] in [
            [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF0, 0x80, 0x80, 0x80], [0xE2, 0x82], [0],
            [1], [0x80],
        ] {
            let found = problems(Array("<a>".utf8) + bad + Array("</a>".utf8))
            #expect(found.map(\.code.id) == ["S002"] && found.first?.position.column == 4)
        }
        #expect(problems("<a>&#1;</a>").first?.position.line == 1)
        #expect(problems("<?xml version=\"1.1\"?><a>\u{85}&#2;</a>").isEmpty == false)
    }

    @Test func bounds() {
        let attributes = (0..<100_000).map { "a\($0)=\"\"" }.joined(separator: " ")
        #expect(problems("<a \(attributes)/>").map(\.code.id) == ["S006"])
        #expect(problems(String(repeating: "<a>", count: 1_000_000)).map(\.code.id) == ["S006"])
        #expect(
            problems(String(repeating: "<a>", count: 65) + String(repeating: "</a>", count: 65)).map(\.position.column)
                == [193])
        #expect(problems("<a>" + String(repeating: "<b/>", count: 200_000) + "</a>").map(\.code.id) == ["S006"])
        #expect(problems("<a>" + String(repeating: "x", count: 9 << 20) + "</a>").map(\.code.id) == ["S001"])
        // What is allowed is read, quickly.
        let clock = ContinuousClock()
        let wide =
            "<a \((0..<256).map { "a\($0)=\"\"" }.joined(separator: " "))>"
            + String(repeating: "<b>x</b>", count: 100_000) + "</a>"
        let deep = String(repeating: "<a>", count: 64) + String(repeating: "</a>", count: 64)
        for text in [wide, deep] {
            var document: XMLReader.Document?
            let time = clock.measure { document = XMLReader.read(SourceText(file: "t", bytes: Array(text.utf8))) }
            #expect(document?.diagnostics.map(\.message) == [] && document?.root != nil)
            #expect(time < Self.limit)
        }
    }

    /// Kinds of documents that XML 1.0 and Namespaces 1.0 call not well-formed.
    static let broken = [
        "", " ", "text", "<", "<a", "<a>", "<a/", "<a></b>", "<a><b></a></b>", "<a/><b/>", "<a/>text", "x<a/>", "</a>",
        "<a b/>", "<a b=c/>", "<a b='c/>", "<a b=\"<\"/>", "<a b=\"1\" b=\"2\"/>", "<a b='1'c='2'/>", "<a>&x;</a>",
        "<a>&</a>",
        "<a>& b</a>", "<a>&amp</a>", "<a>&#;</a>", "<a>&#x;</a>", "<a>&#xD800;</a>", "<a>&#0;</a>", "<a>]]></a>",
        "<a><!-- -- --></a>", "<a><!-- </a>", "<a><![CDATA[</a>", "<a><![CDATA x]]></a>", "< a/>", "<1a/>", "<a:/>",
        "<:a/>",
        "<p:a/>", "<a p:b='1'/>", "<a xmlns:p=''/>", "<a xmlns:p='u' xmlns:q='u' p:b='1' q:b='2'/>", "<a><b</a>",
        "<a//>",
        "<a>< b/></a>", "<a><?xml version='1.0'?></a>", " <?xml version='1.0'?><a/>", "<?xml?><a/>",
        "<?xml version='1.0'><a/>",
        "<?xml version='1.0' encoding=''?><a/>", "<a b=\"&y;\"/>", "<a b='&lt'/>", "<a><!ELEMENT b></a>",
        "<![CDATA[x]]><a/>",
        "<a/>&amp;", "<a></a b='1'>", "<a><b/></a></a>", "<a xmlns='http://www.w3.org/2000/xmlns/'/>",
        "<a>\u{FFFE}</a>",
    ]

    @Test(arguments: broken) func notWellFormedHasAPlace(_ text: String) throws {
        let found = problems(text)
        let first = try #require(found.first, "nothing found in \(text)")
        #expect(
            first.position.line == 1 && first.position.column >= 1
                && first.position.column <= text.unicodeScalars.count + 1)
        #expect(first.message.hasSuffix(".") && !first.message.contains("\n"))
    }

    @Test func commonMistakesAreSaidPlainly() {
        let mismatch = problems("<a>\n  <b>\n</a>")
        #expect(mismatch.map(\.message) == ["</a> stands where </b> must come first; <b> opened on line 2."])
        #expect(mismatch.first?.position == SourcePosition(line: 3, column: 1) && mismatch.first?.width == 3)
        #expect(problems("<a>x &nbsp; y</a>").first?.position.column == 6)
        #expect(problems("<a>x & y</a>").first?.help == "Write &amp; for a plain &.")
        #expect(problems("<a show='x < 3'/>").first?.message == "A < cannot stand inside an attribute.")
        #expect(problems("<p:a/>").map(\.code.id) == ["S008"])
        #expect(problems("<a>\n<b>").first?.message == "The file ends inside <b>.")
    }

    // MARK: Files

    @Test func onlyRegularFilesAreRead() throws {
        let folder = try TemporaryFolder()
        func message(_ path: String) -> String? {
            do throws(SourceFile.Failure) {
                _ = try SourceFile.read(path)
                return nil
            } catch {
                return error.diagnostic.message
            }
        }
        let fifo = folder.file("fifo")
        #expect(mkfifo(fifo, 0o600) == 0)
        let clock = ContinuousClock()
        let time = clock.measure {
            #expect(message(fifo) == "This is not a regular file.")
            #expect(message("/dev/zero") == "This is not a regular file.")
            #expect(message(folder.path) == "This is a folder.")
        }
        #expect(time < .seconds(1))
        #expect(message(folder.file("none"))?.contains("no such file") == true)
        // A sparse gigabyte: refused by its size, before it is read.
        let large = folder.file("large")
        #expect(FileManager.default.createFile(atPath: large, contents: nil))
        #expect(truncate(large, 1 << 30) == 0)
        #expect(message(large) == "The file has 1073741824 bytes; at most 8388608 are read.")
        try Data("<a/>".utf8).write(to: URL(fileURLWithPath: folder.file("good")))
        #expect(try SourceFile.read(folder.file("good")).bytes == Array("<a/>".utf8))
    }
}
