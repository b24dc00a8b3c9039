import Feedback
import QuestionnaireModel
import Testing

/// The order of shuffled options: one for each response, always the same, fair, and never out of place.
@Suite struct OptionOrderTests {
    private static let element = """
        <choices id="topics" order="random"><prompt>P</prompt>
        <option code="first" exclusive="true">F</option>
        <option code="a">A</option><option code="b">B</option><option code="c">C</option>
        <group><label>G</label><option code="d">D</option><option code="e">E</option></group>
        <option code="else" other="true">Else</option></choices>
        """

    private func order(_ question: Question, _ number: Int) throws -> [String] {
        OptionOrder.codes(of: question, seed: try #require(ResponseID("response-\(number)")))
    }

    @Test func nothingIsLostOrOutOfPlace() throws {
        let question = try Samples.question(Self.element)
        for number in 0..<300 {
            let codes = try order(question, number)
            #expect(codes.sorted() == question.type.options.map(\.code).sorted())
            #expect(codes[0] == "first" && codes[6] == "else" && Set(codes[4...5]) == ["d", "e"])
            #expect(codes == (try order(question, number)))
        }
    }

    /// Stored orders and pages drawn later must never differ: these are the orders of all versions of heed.
    @Test func theOrderOfAResponseNeverChanges() throws {
        let question = try Samples.question(
            "<choice id=\"topics\" order=\"random\"><prompt>P</prompt>"
                + ["a", "b", "c", "d", "e"].map { "<option code=\"\($0)\">\($0)</option>" }.joined() + "</choice>")
        let seeds = ["01KB2V8J3N5Q7R9T1W3Y5Z7A9C", "r-1", "r-2"]
        let found = try seeds.map { OptionOrder.codes(of: question, seed: try #require(ResponseID($0))).joined() }
        #expect(found == ["bdcea", "cebda", "aebdc"])
    }

    @Test func everyOrderIsAsLikelyAsTheOthers() throws {
        let question = try Samples.question(
            """
            <choice id="q" order="random"><prompt>P</prompt><option code="a">A</option><option code="b">B</option>
            <option code="c">C</option></choice>
            """)
        var counts: [String: Int] = [:]
        for number in 0..<6000 { counts[try order(question, number).joined(), default: 0] += 1 }
        #expect(counts.count == 6)
        // 1,000 each; the chance of one beyond 5 standard deviations is below one in a million.
        #expect(counts.values.allSatisfy { abs($0 - 1000) < 145 }, "\(counts)")
    }

    @Test func questionsOfOneResponseDifferAndWrittenOnesStay() throws {
        let options = (0..<8).map { "<option code=\"o\($0)\">O</option>" }.joined()
        let survey = try Samples.questionnaire(
            """
            <page id="p"><choice id="x" order="random"><prompt>P</prompt>\(options)</choice>
            <choice id="y" order="random"><prompt>P</prompt>\(options)</choice>
            <choice id="z" order="written"><prompt>P</prompt>\(options)</choice></page>
            """)
        let orders = try survey.questions.map { try order($0.question, 7) }
        #expect(orders[0] != orders[1] && orders[2] == (0..<8).map { "o\($0)" })
    }
}
