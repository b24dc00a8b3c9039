import Diagnostics
import FeedbackTestSupport
import FoundationEssentials
import LibXML
import SurveyCompiler
import Testing

/// Every kind of problem is found at the very word.
@Suite struct DiagnosticPlaceTests {
    /// A survey with marks, by the code that they show; several for most.
    static let samples = ofXMLAndConditions + ofConstructs

    static let ofXMLAndConditions: [(code: String, marked: String)] = [
        ("S002", "<?xml version=\"1.0\" encoding=\"«latin1»\"?><survey/>"),
        ("S003", "«<!DOCTYPE» survey><survey/>"),
        ("S004", "<survey><page>«</survey»>"),
        ("S004", "<survey a=\"1\" «a»=\"2\"></survey>"),
        ("S005", "<?«xml-stylesheet» href=\"x\"?><survey/>"),
        ("S006", String(repeating: "<a>", count: 64) + "«<»a>"),
        ("S008", "«<x:survey»/>"),
        ("S009", "<«survey»/>"),
        ("S009", "<«page» xmlns=\"urn:heed:survey:1\"/>"),
        ("S010", MarkedSurvey.asking("<page id=\"p\"><«npss» id=\"x\"/><nps id=\"y\"><prompt>P</prompt></nps></page>")),
        ("S010", MarkedSurvey.asking("<«nps» id=\"x\"/>")),
        ("S010", MarkedSurvey.around("<page id=\"p\"><nps id=\"y\"><prompt>P <«b»>bold</b></prompt></nps></page>")),
        ("S010", MarkedSurvey.asking("<«x:page» xmlns:x=\"urn:other\" id=\"p\"/>")),
        (
            "S011",
            MarkedSurvey.asking("<page id=\"p\"><nps id=\"y\" «requird»=\"true\"><prompt>P</prompt></nps></page>")
        ),
        ("S011", MarkedSurvey.asking("", attributes: "languages=\"en\" «xml:lang»=\"en\"")),
        (
            "S011",
            MarkedSurvey.asking(
                "",
                attributes:
                    "languages=\"en\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" «xsi:schemaLocation»=\"urn:heed:survey:1 http://127.0.0.1:9/\""
            )
        ),
        ("S012", MarkedSurvey.asking("<page id=\"p\"><«nps»><prompt>P</prompt></nps></page>")),
        ("S012", MarkedSurvey.asking("<«case» id=\"x\" due=\"1d\"/>")),
        (
            "S013",
            MarkedSurvey.around(
                "<page id=\"p\"><choice id=\"y\"><prompt>P</prompt><option code=\"a\">A</option><option code=\"«a»\">B</option></choice></page>"
            )
        ),
        ("S014", MarkedSurvey.shown(if: "answered(reason) and «recomend» le 6")),
        ("S014", MarkedSurvey.shown(if: "'&lt;&amp;é' ne reason or «x» eq 1")),
        ("S015", MarkedSurvey.asking("<page id=\"p\"><«nps» id=\"y\"/></page>")),
        ("S015", MarkedSurvey.asking("<«page» id=\"p\"/>")),
        (
            "S015",
            MarkedSurvey.asking(
                "<page id=\"p\"><«choice» id=\"y\"><prompt>P</prompt><option code=\"a\">A</option></choice></page>")
        ),
        (
            "S015",
            "<«survey» xmlns=\"urn:heed:survey:1\" id=\"t\" version=\"1\" kind=\"transactional\" languages=\"en\"><page id=\"p\"><nps id=\"y\"><prompt>P</prompt></nps></page><ending><message>T</message></ending></survey>"
        ),
        ("S016", MarkedSurvey.asking("<«fields»><field name=\"a\" type=\"text\"/></fields>")),
        ("S017", MarkedSurvey.asking("<page id=\"p\">\n  «হ্যালো» you<nps id=\"y\"><prompt>P</prompt></nps></page>")),
        (
            "S018",
            MarkedSurvey.asking("<page id=\"p\"><nps id=\"y\" required=\"«yes»\"><prompt>P</prompt></nps></page>")
        ),
        ("S018", MarkedSurvey.asking("<page id=\"«_p»\"><nps id=\"y\"><prompt>P</prompt></nps></page>")),
        ("S018", MarkedSurvey.asking("", attributes: "languages=\"en «en»\"")),
        ("S018", MarkedSurvey.asking("", attributes: "languages=\"en\" partial-after=\"«soon»\"")),
        (
            "S018",
            MarkedSurvey.asking(
                "<ending><message>T</message><offer kind=\"review\" href=\"«http://x.example/»\"/></ending>"
            ).replacing("\n<ending><message>Thanks.</message></ending>", with: "")
        ),
        ("S019", MarkedSurvey.asking("<page id=\"«first»\"><nps id=\"y\"><prompt>P</prompt></nps></page>")),
        ("S019", MarkedSurvey.asking("<page id=\"p\"><nps id=\"«recommend»\"><prompt>P</prompt></nps></page>")),
        (
            "S019",
            MarkedSurvey.asking(
                "<case id=\"x\" when=\"recommend le 6\" due=\"1d\"/><case id=\"«x»\" when=\"recommend le 6\" due=\"1d\"/>"
            )
        ),
        (
            "S020",
            MarkedSurvey.asking(
                "<page id=\"p\"><nps id=\"y\"><prompt>P</prompt><prompt xml:lang=\"«bn»\">প</prompt></nps></page>")
        ),
        (
            "S021",
            MarkedSurvey.asking("<page id=\"p\"><nps id=\"y\"><prompt>P</prompt><«prompt»>Q</prompt></nps></page>")
        ),
        (
            "S022",
            MarkedSurvey.around(
                "<page id=\"p\"><nps id=\"y\"><«prompt» xml:lang=\"bn\">প</prompt></nps></page>",
                attributes: "languages=\"en bn\"",
                ending: "<ending><message>T</message><message xml:lang=\"bn\">ত</message></ending>"
            ).replacing("<title>T</title>", with: "<title>T</title><title xml:lang=\"bn\">ত</title>")
        ),
        (
            "S023",
            MarkedSurvey.around(
                "<page id=\"p\"><nps id=\"y\"><«prompt»>P</prompt></nps></page>", attributes: "languages=\"en bn\"",
                ending: "<ending><message>T</message><message xml:lang=\"bn\">ত</message></ending>"
            ).replacing("<title>T</title>", with: "<title>T</title><title xml:lang=\"bn\">ত</title>")
        ),
        ("S024", MarkedSurvey.asking("<page id=\"p\"><nps id=\"y\"><«prompt»> </prompt></nps></page>")),
        (
            "S024",
            MarkedSurvey.asking(
                "<page id=\"p\"><choice id=\"y\"><prompt>P</prompt><option code=\"a\">A</option><«option» code=\"b\"/></choice></page>"
            )
        ),
        ("S025", MarkedSurvey.asking("<page id=\"p\"><nps id=\"y\"><prompt>a &amp; {{ «{»Name}</prompt></nps></page>")),
        (
            "S026",
            MarkedSurvey.asking(
                "<page id=\"p\"><nps id=\"y\"><prompt>Dear&#160;&amp;é «{contact.name}», {recommend}</prompt></nps></page>"
            )
        ),
        (
            "S026",
            MarkedSurvey.asking(
                "<page id=\"p\"><nps id=\"y\"><prompt>P</prompt><help>You said «{stars}».</help></nps></page>")
        ),
        (
            "S026",
            MarkedSurvey.asking(
                "<page id=\"p\" show-if=\"recommend le 6\"><nps id=\"y\" required=\"true\"><prompt>P</prompt></nps></page><page id=\"q\"><text id=\"z\"><prompt>«{y}»</prompt></text></page>"
            )
        ),
        (
            "S027",
            MarkedSurvey.asking(
                "<page id=\"p\"><nps id=\"y\"><prompt>How was «{order.prodct|it}»?</prompt></nps></page>")
        ),
        (
            "S028",
            MarkedSurvey.asking(
                "<page id=\"p\"><nps id=\"y\" required=\"true\"><prompt>P</prompt></nps><text id=\"z\"><prompt>«{y}»</prompt></text></page>"
            )
        ),
        ("S029", MarkedSurvey.asking("<page id=\"p\"><nps id=\"y\"><prompt>«{note|x}»</prompt></nps></page>")),
        ("S030", MarkedSurvey.shown(if: "recommend «&lt;=» 6")),
        ("S030", MarkedSurvey.shown(if: "recommend le 6 «or» ").replacing("«or» \"", with: "or« »\"")),
        ("S030", MarkedSurvey.shown(if: "«(»recommend le 6")),
        ("S030", MarkedSurvey.shown(if: "recommend le 6 «recommend» ge 9")),
        ("S030", MarkedSurvey.shown(if: "recommend le 3 «le» 4")),
        ("S030", MarkedSurvey.shown(if: "reason eq «'open»")),
        ("S030", MarkedSurvey.shown(if: "«Recommend» le 6")),
        ("S030", MarkedSurvey.shown(if: "contact-me in («yes»)")),
        ("S031", MarkedSurvey.shown(if: "not(«answerd»(reason))")),
        ("S032", MarkedSurvey.shown(if: "«selected(topics)»")),
        ("S032", MarkedSurvey.shown(if: "count(«contact-me») ge 2")),
        ("S032", MarkedSurvey.shown(if: "answered(«5»)")),
        ("S033", MarkedSurvey.shown(if: "«recommend eq 'nine'»")),
        ("S033", MarkedSurvey.shown(if: "«recommend»")),
        ("S033", MarkedSurvey.shown(if: "«contact-me le 'yes'»")),
        ("S033", MarkedSurvey.shown(if: "«topics eq 'price'»")),
        ("S033", MarkedSurvey.shown(if: "order.day lt «'2026-02-30'»")),
        ("S033", MarkedSurvey.shown(if: "answered(reason) and «stars»")),
        ("S033", MarkedSurvey.shown(if: "answered(«note»)")),
        ("S033", MarkedSurvey.shown(if: "stars in (1, «'two'»)")),
        ("S034", MarkedSurvey.shown(if: "contact-me eq «'yess'»")),
        ("S034", MarkedSurvey.shown(if: "contact-me in ('yes',«'maybe'»)")),
        ("S034", MarkedSurvey.shown(if: "selected(topics, «'prise'»)")),
        ("S035", MarkedSurvey.shown(if: "answered(reason) or «recommend ge 11»")),
        ("S035", MarkedSurvey.shown(if: "«age gt 120»")),
        ("S035", MarkedSurvey.shown(if: "«recommend eq 6.5»")),
        ("S035", MarkedSurvey.shown(if: "«count(topics) gt 3»")),
        ("S035", MarkedSurvey.shown(if: "«stars in (1, 6)»")),
        ("S035", MarkedSurvey.shown(if: "«recommend le 6 and recommend ge 9»")),
        ("S035", MarkedSurvey.shown(if: "«contact-me eq 'yes' and answered(reason) and contact-me eq 'no'»")),
        ("S036", MarkedSurvey.shown(if: "«recommend ge 0» and answered(reason)")),
        (
            "S037",
            MarkedSurvey.asking("<page id=\"p\" show-if=\"«y» le 6\"><nps id=\"y\"><prompt>P</prompt></nps></page>")
        ),
        (
            "S037",
            MarkedSurvey.around(
                "<page id=\"p\"><text id=\"x\" show-if=\"«y» le 6\"><prompt>P</prompt></text></page><page id=\"q\"><nps id=\"y\"><prompt>P</prompt></nps></page>"
            )
        ),
        (
            "S038",
            MarkedSurvey.around(
                "<page id=\"p\"><text id=\"x\" show-if=\"answered(y)\"><prompt>P</prompt></text><text id=\"y\" show-if=\"answered(«x»)\"><prompt>P</prompt></text></page>"
            )
        ),
        (
            "S038",
            MarkedSurvey.around("<page id=\"p\"><nps id=\"x\" show-if=\"«x» le 6\"><prompt>P</prompt></nps></page>")
        ),
        (
            "S040",
            MarkedSurvey.around(
                "<page id=\"p\"><rating id=\"x\" from=\"5\" to=\"«1»\"><prompt>P</prompt></rating></page>")
        ),
        (
            "S041",
            MarkedSurvey.around(
                "<page id=\"p\"><rating id=\"x\" from=\"0\" to=\"«50»\"><prompt>P</prompt></rating></page>")
        ),
        (
            "S042",
            MarkedSurvey.around(
                "<page id=\"p\"><choice id=\"x\"><prompt>P</prompt><option code=\"a\" other=\"true\">A</option><option code=\"b\" «other»=\"true\">B</option></choice></page>"
            )
        ),
        (
            "S043",
            MarkedSurvey.around(
                "<page id=\"p\"><matrix id=\"x\"><prompt>P</prompt><item id=\"a\">A</item><«option» code=\"a\">A</option></matrix></page>"
            )
        ),
        (
            "S018",
            MarkedSurvey.around("<page id=\"p\"><date id=\"x\" from=\"«2026-02-30»\"><prompt>P</prompt></date></page>")
        ),
        ("S050", MarkedSurvey.around("<page id=\"p\"><text id=\"«language»\"><prompt>P</prompt></text></page>")),
        ("S050", MarkedSurvey.around("<page id=\"p\"><text id=\"«mod»\"><prompt>P</prompt></text></page>")),
        (
            "S043",
            MarkedSurvey.around(
                "<page id=\"p\"><matrix id=\"x\" «from»=\"1\"><prompt>P</prompt><item id=\"a\">A</item><option code=\"b\">B</option><option code=\"c\">C</option></matrix></page>"
            )
        ),
        ("S033", MarkedSurvey.shown(if: "«grid eq 1»")),
        ("S014", MarkedSurvey.shown(if: "«grid.sped» le 2")),
        ("S035", MarkedSurvey.shown(if: "«grid.speed gt 5»")),
        ("S034", MarkedSurvey.shown(if: "selected(order-of, «'z'»)")),
        ("S035", MarkedSurvey.shown(if: "«visited lt '2026-01-01'»")),
        (
            "S050",
            MarkedSurvey.around(
                "<fields><field name=\"«contact.name»\" type=\"text\"/></fields><page id=\"p\"><nps id=\"x\"><prompt>P</prompt></nps></page>"
            )
        ),
        (
            "S051",
            MarkedSurvey.around(
                "<page id=\"p\"><nps id=\"x\"><prompt>P</prompt></nps></page>",
                ending: "<ending «show-if»=\"x ge 9\"><message>T</message></ending>")
        ),
        (
            "S052",
            MarkedSurvey.asking("<ending><message>T</message></ending>").replacing(
                "\n<ending><message>Thanks", with: "\n<«ending»><message>Thanks")
        ),
        ("S053", MarkedSurvey.asking("", attributes: "languages=\"en\" privacy=\"«anonymous»\"")),
        (
            "S054",
            MarkedSurvey.asking(
                "<page id=\"p\"><statement id=\"s\" «required»=\"true\"><prompt>P</prompt></statement></page>")
        ),
        ("S055", MarkedSurvey.asking("", attributes: "languages=\"«tlh»\"")),
        (
            "S056",
            MarkedSurvey.around("<page id=\"p\"><statement id=\"s\"><prompt>P</prompt></statement></page>").replacing(
                "<survey ", with: "<«survey» ")
        ),
        (
            "S060",
            MarkedSurvey.asking(
                "<page id=\"sorry\" show-if=\"recommend le 6\"><text id=\"best\" show-if=\"«recommend ge 9»\"><prompt>P</prompt></text></page>"
            )
        ),
        (
            "S060",
            MarkedSurvey.asking(
                "<ending show-if=\"answered(recommend)\"><message>A</message></ending><«ending»><message>B</message></ending>"
            ).replacing("\n<ending><message>Thanks.</message></ending>", with: "")
        ),
        (
            "S061",
            MarkedSurvey.asking(
                "<page id=\"p\"><rating id=\"b\" from=\"1\" to=\"5\" required=\"true\"><prompt>P</prompt></rating><check that=\"«b gt recommend»\">M</check></page>"
            )
        ),
        (
            "S062",
            MarkedSurvey.asking(
                "<page id=\"sorry\" show-if=\"recommend le 6\"><text id=\"why\" show-if=\"«recommend le 8»\"><prompt>P</prompt></text></page>"
            )
        ),
        (
            "S063",
            MarkedSurvey.asking(
                "<page id=\"p\" show-if=\"recommend le 6\"><rating id=\"b\"><prompt>P</prompt></rating><check that=\"«not(recommend ge 7 and b ge 2)»\">M</check></page>"
            )
        ),
        (
            "S064",
            MarkedSurvey.asking(
                "<page id=\"p\"><consent id=\"again\" show-if=\"recommend le 6\"><prompt>P</prompt></consent></page><page id=\"q\"><text id=\"why\" show-if=\"not(«again»)\"><prompt>P</prompt></text></page>"
            )
        ),
        (
            "S065",
            MarkedSurvey.asking(
                "<ending show-if=\"stars le 3\"><message>A</message></ending><ending show-if=\"«stars ge 3»\"><message>B</message></ending>"
            )
        ),
        (
            "S066",
            MarkedSurvey.asking(
                "<page id=\"p\"><text id=\"bad\" show-if=\"stars lt 4\"><prompt>P</prompt></text><text id=\"good\" show-if=\"«stars gt 4»\"><prompt>P</prompt></text></page>"
            )
        ),
        ("S069", MarkedSurvey.shown(if: "«age * age eq 7.3»")),
    ]

    @Test(arguments: samples.indices) func isFoundAtTheVeryWord(_ index: Int) {
        let sample = Self.samples[index]
        MarkedSurvey.expect([sample.code], in: sample.marked)
    }

    /// S001 is about files, S007 about what only the schema would notice: neither has a word in a survey. S045 takes a
    /// dozen (`ManualExampleTests`).
    @Test func everyCodeHasASample() {
        let shown = Set(Self.samples.map(\.code)).union(["S001", "S007", "S045", "S070"])
        #expect(SurveyCompiler.codes.map(\.id).filter { !shown.contains($0) } == [])
    }

    @Test func codesAreUniqueAndSayWhy() {
        let codes = SurveyCompiler.codes
        #expect(Set(codes.map(\.id)).count == codes.count)
        for code in codes {
            #expect(code.id.count == 4 && code.id.hasPrefix("S") && code.id.dropFirst().allSatisfy(\.isNumber))
            #expect(!code.title.isEmpty && code.title.first?.isLowercase != false || code.title.hasPrefix("DOCTYPE"))
            #expect(code.why.hasSuffix(".") && !code.example.isEmpty, "\(code.id)")
        }
    }

    /// A code that is declared but not registered could not be explained.
    @Test func everyDeclaredCodeIsRegistered() throws {
        var declared: [String] = []
        let sources = Checkout.path + "/Sources"
        for name in try FileManager.default.subpathsOfDirectory(atPath: sources) where name.hasSuffix(".swift") {
            let text = String(decoding: try #require(Checkout.bytes(of: "Sources/" + name)), as: UTF8.self)
            for match in text.matches(of: /DiagnosticCode\(\s*"(S[0-9]{3})"/) {
                declared.append(String(match.output.1))
            }
        }
        #expect(declared.sorted() == SurveyCompiler.codes.map(\.id))
    }

    @Test func allProblemsAreReportedAtOnce() {
        MarkedSurvey.expect(
            ["S023", "S011", "S015", "S033", "S014", "S037", "S051"],
            in: """
                <survey xmlns="urn:heed:survey:1" id="t" version="1" kind="transactional" languages="en bn">
                <«title»>T</title>
                <page id="one" «sho-if»="x">
                <«nps» id="recommend"/>
                <text id="a" show-if="«recommend eq 'x'» or «b»c eq 1"><prompt>P</prompt><prompt xml:lang="bn">প</prompt></text>
                <text id="d" show-if="«e» eq 'x'"><prompt>P</prompt><prompt xml:lang="bn">প</prompt></text>
                </page>
                <page id="two"><text id="e"><prompt>P</prompt><prompt xml:lang="bn">প</prompt></text></page>
                <ending «show-if»="recommend ge 9"><message>T</message><message xml:lang="bn">ত</message></ending>
                </survey>
                """.replacing("«b»c", with: "«bc»"))
    }

    @Test func helpNamesTheNearestWord() {
        func help(_ marked: String) -> [String?] { MarkedSurvey(marked).compile().diagnostics.map(\.help) }
        #expect(help(MarkedSurvey.shown(if: "recomend le 6")) == ["Did you mean \"recommend\"?"])
        #expect(help(MarkedSurvey.shown(if: "contact-me eq 'Yes'")) == ["Did you mean 'yes'?"])
        #expect(help(MarkedSurvey.shown(if: "recommend eq '9'")) == ["Write the number without quotes: 9."])
        #expect(help(MarkedSurvey.shown(if: "topics eq 'price'")) == ["Write selected(topics, 'price')."])
        #expect(help(MarkedSurvey.shown(if: "recommend &gt;= 9")) == ["Write ge."])
        #expect(
            help(MarkedSurvey.shown(if: "quote eq 'yes'")) == ["A yes or no stands for itself: write quote, or not(…)."]
        )
    }

    @Test func strictTurnsWarningsIntoErrors() {
        let compiled = MarkedSurvey(MarkedSurvey.asking("", attributes: "languages=\"tlh\"")).compile()
        #expect(compiled.questionnaire != nil && !compiled.hasErrors)
        #expect(compiled.strict.questionnaire == nil && compiled.strict.hasErrors)
    }

    @Test func endlessProblemsAreCut() {
        let pages = String(
            repeating: "<page id=\"p\"><nps id=\"y\" bad=\"\"><prompt>P</prompt></nps></page>\n", count: 3000)
        let compiled = MarkedSurvey(MarkedSurvey.around(pages)).compile()
        #expect(compiled.diagnostics.count == 1001)
        #expect(compiled.diagnostics.contains { $0.code == .tooMuch })
    }
}
