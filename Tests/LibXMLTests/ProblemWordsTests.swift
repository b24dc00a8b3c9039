import Diagnostics
import LibXML
import Testing

/// What libxml2 finds is said in the words of somebody who writes surveys, at the place they would look at.
@Suite struct ProblemWordsTests {
    private func problems(_ text: String) -> [Diagnostic] {
        XMLReader.read(SourceText(file: "t.xml", bytes: Array(text.utf8))).diagnostics
    }

    /// What the caret of a problem marks.
    private func marked(_ diagnostic: Diagnostic) -> String {
        let scalars = Array(diagnostic.sourceLine.unicodeScalars).dropFirst(diagnostic.caret).prefix(diagnostic.width)
        return String(String.UnicodeScalarView(scalars))
    }

    @Test func aRepeatedAttributeIsMarkedAtItsSecondName() throws {
        let problem = try #require(
            problems("<a>\n<page id=\"one\" show-if=\"x\" id=\"two\" title=\"id\">\n</page></a>").first)
        #expect(problem.position == SourcePosition(line: 2, column: 28))
        #expect(marked(problem) == "id")
    }

    @Test(arguments: ["&#1;", "&#x1F;", "&#xFFFE;", "&#0;"]) func aForbiddenCharacterByNumberIsNamed(_ written: String)
        throws
    {
        let found = problems("<a><p>before \(written) after</p></a>")
        let problem = try #require(found.first)
        #expect(found.count == 1)
        #expect(marked(problem) == written)
        #expect(problem.message == "\(written) stands for no character that XML may hold.")
    }

    @Test func aLessThanInAnAttributeIsOneProblem() throws {
        let found = problems("<a>\n<page id=\"p\" show-if=\"a < b\" x=\"c\">\n<q id=\"x\"/></page></a>")
        #expect(found.count == 1, "\(found.map(\.headline))")
        #expect(found.first?.position == SourcePosition(line: 2, column: 25))
        #expect(found.first?.message == "A < cannot stand inside an attribute.")
    }

    @Test func onlyXMLOnePointZeroIsRead() throws {
        let problem = try #require(problems("<?xml version=\"1.1\" encoding=\"UTF-8\"?><a/>").first)
        #expect(problem.message.contains("XML 1.1") && marked(problem) == "1.1")
        #expect(problems("<?xml version=\"1.0\" encoding=\"UTF-8\"?><a/>").isEmpty)
        #expect(problems("<?xml version='1.0'?><a/>").isEmpty)
    }

    @Test func noMessageSpeaksOfTheLibrary() {
        let broken = [
            "<a", "<a b>", "<a b=c>", "<a b='c'd='e'/>", "<a>&", "<a>&b", "<a>&#;</a>", "<a>&#xG;</a>", "<a><b></a>",
            "<a/><b/>", "x",
            "<a><!-- -- --></a>", "<a><!--</a>", "<a><![CDATA[</a>", "<a>]]></a>", "<1/>", "<a 1='2'/>", "<a:b/>",
            "<a xmlns:b=''/>",
            "<a></b></a>", "<a>&x;</a>", "<a b='&x;'/>", "<a b='&#1;'/>",
            "<?xml version='1.0' standalone='maybe'?><a/>", "<?xml?><a/>",
        ]
        for text in broken {
            let found = problems(text)
            #expect(!found.isEmpty, "\(text)")
            for problem in found {
                for word in ["xml", "PCDATA", "StartTag", "EndTag", "AttValue", "CharRef", "EntityRef", "xmlns:"] {
                    #expect(!problem.message.contains(word) || text.contains(word), "\(text): \(problem.message)")
                }
            }
        }
    }
}
