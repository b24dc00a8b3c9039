import Diagnostics
import Feedback
import FeedbackTestSupport
import FoundationEssentials
import QuestionnaireModel
import SurveyCompiler
import Testing

/// What the proof says of surveys, in words and figures that an author relies on.
@Suite struct ProofTests {
    private static func found(_ parts: String) -> [Diagnostic] {
        MarkedSurvey(MarkedSurvey.asking(parts)).compile().diagnostics
    }

    private static func questionnaire(_ parts: String) throws -> Questionnaire {
        let text = MarkedSurvey.asking(parts)
        return try #require(SurveyCompiler().unproven(SourceText(file: "t.xml", bytes: Array(text.utf8))))
    }

    @Test func aContradictionNamesTheOtherConditionAndItsLine() throws {
        let found = Self.found(
            """
            <page id="sorry" show-if="recommend le 6"><consent id="call"><prompt>P</prompt></consent></page>
            <page id="more" show-if="stars ge 2"><text id="x" show-if="call and recommend ge 9"><prompt>P</prompt></text></page>
            """)
        let only = try #require(found.first)
        #expect(found.count == 1 && only.code.id == "S060")
        #expect(
            only.message
                == "Nobody ever sees this question: its condition contradicts show-if=\"recommend le 6\" of page \"sorry\" on line 17."
        )
    }

    @Test func aChainOfConditionsIsFollowed() {
        let chain = (1..<30).map {
            "<page id=\"p\($0)\" show-if=\"\($0 == 1 ? "recommend le 6" : "c\($0 - 1)")\"><consent id=\"c\($0)\"><prompt>P</prompt></consent></page>"
        }.joined()
        #expect(
            Self.found(chain + "<page id=\"end\" show-if=\"c29\"><text id=\"x\"><prompt>P</prompt></text></page>")
                .isEmpty)
        let broken = Self.found(
            chain
                + "<page id=\"end\" show-if=\"c29 and recommend ge 9\"><text id=\"x\"><prompt>P</prompt></text></page>")
        #expect(broken.map(\.code.id) == ["S060"])
        #expect(broken.first?.message.contains("contradicts show-if=\"recommend le 6\" of page \"p1\"") == true)
    }

    @Test func findingsCarryTheAnswersThatShowThem() throws {
        let stuck = Self.found(
            "<page id=\"p\"><rating id=\"b\" from=\"1\" to=\"5\" required=\"true\"><prompt>P</prompt></rating><check that=\"b gt recommend\">M</check></page>"
        )
        #expect(stuck.first?.witness == "recommend = 5")
        #expect(stuck.first?.text.contains("   for: recommend = 5\n") == true)
        let gap = MarkedSurvey(
            MarkedSurvey.asking("<ending show-if=\"recommend ge 7\"><message>A</message></ending>").replacing(
                "\n<ending><message>Thanks.</message></ending>", with: "")
        ).compile().diagnostics
        #expect(gap.map(\.code.id) == ["S051"] && gap.first?.witness == "recommend = 0")
    }

    @Test func endingsThatLeaveNobodyOutNeedNoLast() {
        let endings =
            "<ending show-if=\"recommend ge 7\"><message>A</message></ending><ending show-if=\"recommend le 6\"><message>B</message></ending>"
        let compiled = MarkedSurvey(
            MarkedSurvey.asking(endings).replacing("\n<ending><message>Thanks.</message></ending>", with: "")
        ).compile()
        #expect(compiled.diagnostics.map(\.message) == [] && compiled.questionnaire != nil)
    }

    /// What looks alike and is right.
    @Test(arguments: [
        "<page id=\"p\" show-if=\"recommend le 6\"><text id=\"x\" show-if=\"stars le 2\"><prompt>P</prompt></text></page>",
        "<page id=\"p\" show-if=\"answered(recommend)\"><text id=\"x\"><prompt>P</prompt></text></page>",
        "<page id=\"p\"><text id=\"x\" show-if=\"recommend le 6\"><prompt>P</prompt></text><text id=\"y\" show-if=\"recommend ge 9\"><prompt>P</prompt></text></page>",
        "<page id=\"p\"><text id=\"x\" show-if=\"stars le 2\"><prompt>P</prompt></text><text id=\"y\" show-if=\"stars ge 4\"><prompt>P</prompt></text></page>",
        "<page id=\"p\"><text id=\"x\" show-if=\"not(selected(topics, 'none'))\"><prompt>P</prompt></text></page>",
        "<page id=\"p\"><number id=\"n\" least=\"0\" most=\"9\" required=\"true\"><prompt>P</prompt></number><check that=\"n le recommend\">M</check></page>",
        "<page id=\"p\"><text id=\"x\" show-if=\"order.size * 2 gt age\"><prompt>P</prompt></text></page>",
        "<page id=\"p\"><date id=\"d\"><prompt>P</prompt></date><check that=\"d ge visited\">M</check></page>",
        "<page id=\"p\"><text id=\"x\" show-if=\"order.product eq reason\"><prompt>P</prompt></text></page>",
        "<page id=\"p\"><text id=\"x\" show-if=\"length(reason) ge 1999\"><prompt>P</prompt></text></page>",
        "<page id=\"p\"><text id=\"x\" show-if=\"age gt 0.1 and age lt 0.2\"><prompt>P</prompt></text></page>",
    ]) func soundSurveysAreLeftInPeace(_ parts: String) {
        #expect(Self.found(parts).map(\.message) == [])
    }

    @Test func everythingThatIsReachableHasAWitness() throws {
        let questionnaire = try Self.questionnaire(
            """
            <page id="more" show-if="count(topics) ge 2 and length(reason) ge 3"><text id="x" show-if="grid.speed le 2"><prompt>P</prompt></text></page>
            <ending show-if="visited gt '2026-03-01' and order.product eq 'tea'"><message>A</message></ending>
            <case id="c" when="order.size gt 2.5 and quote" due="1d"/>
            """)
        var proof = SurveyProof(questionnaire)
        for target in ProofTarget.all(of: questionnaire) {
            let name = target.name(in: questionnaire)
            let (verdict, witness) = (proof.verdict(target), proof.witness(of: target))
            #expect(verdict == .reachable && witness?.isShortest == true, "\(name)")
        }
        func line(_ name: String) throws -> String? {
            return proof.witness(of: try #require(ProofTarget(name, of: questionnaire)))?.line(questionnaire)
        }
        let lines = try ["page:first", "case:c", "ending:1"].map(line)
        #expect(lines[0] == "whoever answers nothing")
        #expect(lines[1] == "order.size = 4, recommend = 0, quote = yes")
        #expect(lines[2] == "order.product = 'tea', recommend = 0, visited = '2026-03-02'")
    }

    /// Every condition of every shipped survey both ways, and each way leads where it says.
    @Test(arguments: ShippedSurveyTests.files) func coveringAnswersCover(_ file: String) throws {
        let bytes = try #require(Checkout.bytes(of: "surveys/" + file))
        let questionnaire = try #require(SurveyCompiler().compile(SourceText(file: file, bytes: bytes)).questionnaire)
        var proof = SurveyProof(questionnaire)
        let found = proof.coveringAnswers()
        let covering = try #require(found)
        #expect(covering.uncovered == [] && !covering.ways.isEmpty)
        let covered = Set(covering.ways.flatMap(\.covers))
        for (index, entry) in questionnaire.questions.enumerated() where entry.question.visibleWhen != nil {
            let name = ProofTarget.question(index).name(in: questionnaire)
            #expect(covered.isSuperset(of: [name, "not " + name]), "\(name)")
        }
        for way in covering.ways {
            var session = ResponseSession(questionnaire, fields: way.witness.fields)
            for page in way.witness.pages {
                #expect(session.nextPage == page.index)
                #expect(session.accept(page: page.index, page.form) == .accepted(changed: true))
            }
            #expect(session.nextPage == nil && session.answers == way.witness.answers)
        }
    }

    @Test func independentConditionsMultiply() throws {
        let pages = (0..<40).map {
            "<page id=\"p\($0)\"><consent id=\"a\($0)\"><prompt>P</prompt></consent></page><page id=\"q\($0)\" show-if=\"a\($0)\"><consent id=\"b\($0)\"><prompt>P</prompt></consent></page>"
        }.joined()
        var proof = SurveyProof(try Self.questionnaire(pages))
        let counted = proof.pathStatistics()
        let paths = try #require(counted)
        #expect(paths.count == 1 << 40 && paths.isExact)
        #expect(paths.shortest == 10 + 40 && paths.longest == 10 + 80)
    }

    /// DESIGN's bound: 2,000 questions and 500 conditions in under two seconds, here with room for a busy machine.
    @Test func aLargeSurveyIsProvenSoon() throws {
        var random = SeededGenerator(seed: 4)
        var text = ""
        var asked: [String] = []
        for page in 0..<200 {
            var own: [String] = []
            text += "<page id=\"p\(page)\">"
            for question in 0..<10 {
                let id = "q\(page)-\(question)"
                var condition = ""
                if let first = asked.randomElement(using: &random), let second = asked.randomElement(using: &random),
                    Int.random(in: 0..<4, using: &random) == 0
                {
                    condition = " show-if=\"\(first) le 6 and \(second) ge 2\""
                }
                text += "<nps id=\"\(id)\"\(condition)><prompt>P</prompt></nps>"
                own.append(id)
            }
            text += "</page>"
            asked += own
        }
        let bytes = Array(MarkedSurvey.around(text).utf8)
        var compiled: CompiledSurvey?
        let time = ContinuousClock().measure {
            compiled = SurveyCompiler().compile(SourceText(file: "t.xml", bytes: bytes))
        }
        let codes = Set(compiled?.diagnostics.map(\.code.id) ?? [])
        #expect(codes.isSubset(of: ["S062"]))
        #if DEBUG
            #expect(time < .seconds(120))
        #else
            #expect(time < .seconds(2))
        #endif
    }

    @Test(
        "days between two dates that are asked can be any number",
        arguments: [
            "days(from, to) gt 7", "days(from, to) lt 0", "days(from, to) ge 0",
        ])
    func daysBetween(_ condition: String) {
        let text = """
            <page id="a"><date id="from"><prompt>From?</prompt></date><date id="to"><prompt>To?</prompt></date></page>
            <page id="b"><nps id="q" show-if="\(condition)"><prompt>Q</prompt></nps><csat id="c"><prompt>C</prompt></csat></page>
            """
        let compiled = SurveyCompiler().compile(
            SourceText(file: "t.xml", bytes: Array(MarkedSurvey.around(text).utf8)))
        #expect(compiled.questionnaire != nil)
        #expect(compiled.diagnostics.filter { $0.severity != .note }.isEmpty)
    }

    @Test(
        "a page that nobody at all can leave is an error, not a doubt",
        arguments: [
            """
            <csat id="a" required="true"><prompt>A</prompt></csat><csat id="b" required="true"><prompt>B</prompt></csat>
            <check that="a gt b">More.</check><check that="b gt a">Less.</check>
            """,
            """
            <choices id="a" most="1" required="true"><prompt>A</prompt><option code="x">X</option><option code="y">Y</option></choices>
            <check that="count(a) ge 2">Two.</check>
            """,
        ])
    func everybodyStuck(_ page: String) {
        let compiled = SurveyCompiler().compile(
            SourceText(file: "t.xml", bytes: Array(MarkedSurvey.around("<page id=\"p\">\(page)</page>").utf8)))
        #expect(compiled.diagnostics.contains { $0.code.id == "S061" && $0.severity == .error })
    }
}
