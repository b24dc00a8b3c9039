import Feedback
import FeedbackTestSupport
import QuestionnaireModel
import Testing

/// Options that are offered under a condition: what CSS shows is what the server counts, and nothing else is stored.
@Suite struct OptionConditionTests {
    /// Random conditions on the options of `b`, `c` and `d` beside those on questions, each over what stands above.
    private static func survey(_ generator: inout SeededGenerator) throws -> Questionnaire {
        var conditions: [String: Expression] = [:]
        var options: [String: [String: Expression]] = [:]
        for (index, name) in ["b", "c", "d", "t"].enumerated() {
            if Int.random(in: 0...2, using: &generator) == 0 {
                conditions[name] = RandomCondition.make(over: index + 1, depth: 1, using: &generator)
            }
            guard name == "b" || name == "c" else { continue }
            for code in ["x", "y", "z"] where Bool.random(using: &generator) {
                options[name, default: [:]][code] = RandomCondition.make(over: index + 1, depth: 1, using: &generator)
            }
        }
        options["b"]?["z"] = nil
        return ConditionSelectorTests.with(conditions, options: options, in: try ConditionSelectorTests.questionnaire())
    }

    @Test(arguments: 0..<60) func cssAndServerAgree(_ seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed) + 5000)
        let survey = try Self.survey(&generator)
        let early = Bool.random(using: &generator) ? Int.random(in: 1...5, using: &generator) : nil
        let fields: [String: Value] = Bool.random(using: &generator) ? ["size": .number(2)] : [:]
        #expect(try ConditionSelectorTests.compare(survey, early: early, fields: fields) >= 1)
        let known = Routing(
            survey, answers: ConditionSelectorTests.answers([], survey, early: early), fields: fields
        ).lookup
        for checked in ConditionSelectorTests.combinations(survey) {
            let answers = ConditionSelectorTests.answers(checked, survey, early: early)
            let routing = Routing(survey, answers: answers, fields: fields)
            var css = SelectorEvaluator(checked: checked)
            for question in survey.pages[1].questions {
                let index = try #require(survey.index(of: question.id))
                for option in question.type.options where routing.questionIsShown[index] {
                    guard let formula = survey.visibility(ofOption: option.code, of: question.id, known: known) else {
                        continue
                    }
                    let isOffered = routing.offered(question).contains(option.code)
                    guard try css.matches(formula.selector) == isOffered else {
                        Issue.record("\(question.id).\(option.code) with \(checked): \(formula.selector)")
                        return
                    }
                }
            }
        }
    }

    /// Whatever is sent, only what is offered is kept; sending what is stored again changes nothing.
    @Test(arguments: 0..<40) func onlyWhatIsOfferedIsStored(_ seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed) + 9000)
        let survey = try Self.survey(&generator)
        for checked in ConditionSelectorTests.combinations(survey).shuffled(using: &generator).prefix(60) {
            var session = ResponseSession(survey)
            _ = session.accept(page: 0, FormFields([.init(name: "early", value: "3")]))
            let form = FormFields(checked.map { FormFields.Field(name: $0.name, value: $0.value) })
            guard case .accepted = session.accept(page: 1, form) else {
                Issue.record("refused \(checked)")
                return
            }
            for question in survey.pages[1].questions {
                let offered = session.routing.offered(question)
                let chosen: [String] =
                    switch session.answers[question.id.rawValue] {
                    case .text(let code) where !question.type.options.isEmpty: [code]
                    case .list(let codes): codes
                    default: []
                    }
                #expect(chosen.allSatisfy { offered.contains($0) })
            }
            #expect(session.isUnchanged(byPage: 1, form))
            #expect(Routing(survey, answers: session.answers, fields: [:]).answers == session.answers)
        }
    }

    private static let shop = """
        <page id="p">
        <choices id="bought"><prompt>P</prompt><option code="lamp">L</option><option code="rug">R</option></choices>
        <choices id="liked" least="2"><prompt>P</prompt><option code="light" show-if="selected(bought, 'lamp')">A</option>
        <option code="wool" show-if="selected(bought, 'rug')">B</option>
        <option code="else" other="true" show-if="count(bought) ge 2">C</option></choices>
        <matrix id="marks" from="1" to="3" required="true"><prompt>P</prompt>
        <item id="lamp" show-if="selected(bought, 'lamp')">L</item><item id="rug" show-if="selected(bought, 'rug')">R</item>
        </matrix>
        <text id="why" show-if="selected(liked, 'wool')"><prompt>P</prompt></text>
        </page>
        """

    private static func accept(_ fields: [(String, String)]) throws -> (ResponseSession, PageOutcome) {
        var session = ResponseSession(try Samples.questionnaire(shop))
        let form = FormFields(fields.map { FormFields.Field(name: $0.0, value: $0.1) })
        return (session, session.accept(page: 0, form))
    }

    @Test func boundsComeDownToWhatIsOffered() throws {
        // Two are asked for, one is offered: one is enough, and what is hidden counts for nothing.
        let fields = [
            ("bought", "lamp"), ("liked", "light"), ("liked", "wool"), ("liked.other", "x"), ("marks.lamp", "3"),
            ("marks.rug", "1"), ("why", "warm"),
        ]
        var session = ResponseSession(try Samples.questionnaire(Self.shop))
        let form = FormFields(fields.map { FormFields.Field(name: $0.0, value: $0.1) })
        #expect(session.accept(page: 0, form) == .accepted(changed: true))
        #expect(session.answers["liked"] == .list(["light"]))
        #expect(session.answers["marks"] == .grid([GridRow(item: "lamp", answer: .integer(3))]))
        #expect(session.answers["liked.other"] == nil && session.answers["why"] == nil)
    }

    @Test func aQuestionWithNothingToOfferIsNotAsked() throws {
        var session = ResponseSession(try Samples.questionnaire(Self.shop))
        #expect(
            session.accept(page: 0, FormFields([.init(name: "marks.lamp", value: "3")])) == .accepted(changed: true))
        #expect(session.answers.isEmpty)
        #expect(session.routing.shownQuestions(of: 0).map(\.id.rawValue) == ["bought"])
    }

    @Test func everyRowThatIsOfferedIsRequired() throws {
        let (_, outcome) = try Self.accept([("bought", "lamp"), ("bought", "rug"), ("marks.lamp", "3")])
        let marks = try #require(QuestionID("marks"))
        #expect(outcome == .refused(problems: [AnswerProblem(question: marks, kind: .rowsOpen)], revealed: []))
    }
}
