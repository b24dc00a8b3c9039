import DataFolder
import Diagnostics
import Feedback
import FeedbackTestSupport
import QuestionnaireModel
import Records
import SurveyCompiler
import Testing

/// What a response line keeps of what its customer was shown and given.
@Suite struct RecordedOrderTests {
    private static let shuffled = """
        <survey xmlns="urn:heed:survey:1" id="mix" version="1" kind="relationship" languages="en">
          <title>T</title>
          <page id="one"><choices id="topics" order="random"><prompt>P</prompt><option code="a">A</option>
            <option code="b">B</option><option code="c">C</option><option code="d">D</option></choices></page>
          <page id="two"><choice id="best" order="random"><prompt>P</prompt>
            <option code="a" show-if="selected(topics, 'a')">A</option><option code="b" show-if="selected(topics, 'b')">B</option>
            <option code="c" show-if="selected(topics, 'c')">C</option></choice></page>
          <ending show-if="selected(topics, 'a')"><message>M</message><offer kind="coupon" code="K7"/></ending>
          <ending><message>M</message></ending></survey>
        """

    @Test func theOrderShownAndTheCouponAreInTheLine() async throws {
        let bench = try await FolderWorkbench(Self.shuffled)
        let invitation = try await bench.invite("maria", to: "mix")
        _ = try await bench.send(invitation.id, "mix", page: "one", ["topics": "c", "topics": "a"])
        _ = try await bench.send(invitation.id, "mix", page: "two", ["best": "b"])
        let line = try #require(try bench.responses("mix").last)
        #expect(line.answers["topics"] == .list(["a", "c"]) && line.answers["best"] == nil)
        let source = SourceText(file: "mix.xml", bytes: Array(Self.shuffled.utf8))
        let survey = try #require(SurveyCompiler().compile(source).questionnaire)
        func shown(_ question: Int, _ offered: [String]) -> JSONValue {
            let codes = OptionOrder.codes(of: survey.questions[question].question, seed: invitation.id)
            return .array(codes.filter { offered.contains($0) }.map { .string($0) })
        }
        #expect(line.orders?["topics"] == shown(0, ["a", "b", "c", "d"]))
        #expect(line.orders?["best"] == shown(1, ["a", "c"]))
        #expect(line.offers == .array([.object([.init("kind", .string("coupon")), .init("code", .string("K7"))])]))
        #expect(bench.lines("responses/mix").last?.hasSuffix("}}") == true)
    }

    @Test func whoSeesNoCouponGetsNone() async throws {
        let bench = try await FolderWorkbench(Self.shuffled)
        let invitation = try await bench.invite("maria", to: "mix")
        _ = try await bench.send(invitation.id, "mix", page: "one", ["topics": "b"])
        _ = try await bench.send(invitation.id, "mix", page: "two", [:])
        #expect(try bench.responses("mix").last?.offers == nil)
    }
}
