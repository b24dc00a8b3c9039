import Feedback
import FeedbackTestSupport
import QuestionnaireModel
import Testing

/// Which pages and questions are asked, against a reference that goes through the survey once from top to bottom.
@Suite struct RoutingTests {
    /// Conditions read only what stands above, so one pass decides everything.
    static func shown(_ survey: Questionnaire, _ answers: Answers, _ fields: [String: Value]) -> (
        pages: [Bool], questions: [Bool]
    ) {
        var counted: [Reference: Value] = [:]
        for (name, value) in fields { counted[.field(name)] = value }
        var pages: [Bool] = []
        var questions: [Bool] = []
        for page in survey.pages {
            let isPage =
                page.visibleWhen.map { $0.expression.value { counted[$0] ?? .unknown } == .boolean(true) } ?? true
            pages.append(isPage)
            for question in page.questions {
                let holds =
                    question.visibleWhen.map { $0.expression.value { counted[$0] ?? .unknown } == .boolean(true) }
                    ?? true
                questions.append(isPage && holds)
                if isPage, holds, let answer = answers[question.id.rawValue] {
                    counted[.question(question.id)] = question.type.value(of: answer)
                }
            }
        }
        return (pages, questions)
    }

    @Test(arguments: 0..<40) func agreesWithOnePassFromTheTop(_ seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed) + 1000)
        let plain = try ConditionSelectorTests.questionnaire()
        var conditions: [String: Expression] = [:]
        for (index, name) in ["b", "c", "d", "t"].enumerated() {
            conditions[name] = RandomCondition.make(over: index + 1, depth: 2, using: &generator)
        }
        let survey = ConditionSelectorTests.with(conditions, in: plain)
        for checked in ConditionSelectorTests.combinations(survey) {
            let answers = ConditionSelectorTests.answers(
                checked, survey, early: Int.random(in: 1...5, using: &generator))
            let routing = Routing(survey, answers: answers, fields: ["size": .number(1)])
            let expected = Self.shown(survey, answers, ["size": .number(1)])
            guard routing.questionIsShown == expected.questions, routing.pageIsShown == expected.pages else {
                Issue.record("\(checked): \(routing.questionIsShown), not \(expected.questions)")
                return
            }
            // What counts is what was given to shown questions, and routing again changes nothing.
            #expect(Routing(survey, answers: routing.answers, fields: ["size": .number(1)]).answers == routing.answers)
        }
    }

    @Test func hiddenAnswersDoNotCount() throws {
        let survey = try Samples.questionnaire(
            """
            <page id="one"><nps id="recommend" required="true"><prompt>P</prompt></nps>
            <text id="why" show-if="recommend le 6" required="true"><prompt>P</prompt></text></page>
            <page id="two" show-if="answered(why)"><csat id="care"><prompt>P</prompt></csat></page>
            <page id="three"><csat id="last"><prompt>P</prompt></csat></page>
            """)
        var answers = Answers()
        answers["recommend"] = .integer(9)
        answers["why"] = .text("left over")
        answers["care"] = .integer(1)
        let routing = Routing(survey, answers: answers, fields: [:])
        #expect(routing.answers == Answers([Answers.Entry(key: "recommend", answer: .integer(9))]))
        #expect(routing.pageIsShown == [true, false, true])
        #expect(routing.missing(on: 0).isEmpty)
        let one = try #require(PageID("one"))
        let three = try #require(PageID("three"))
        #expect(routing.nextPage(after: [one]) == 2)
        #expect(routing.nextPage(after: [one, three]) == nil)
        answers["recommend"] = .integer(3)
        let low = Routing(survey, answers: answers, fields: [:])
        #expect(low.pageIsShown == [true, true, true])
        answers["why"] = nil
        #expect(Routing(survey, answers: answers, fields: [:]).missing(on: 0).map(\.id.rawValue) == ["why"])
    }
}
