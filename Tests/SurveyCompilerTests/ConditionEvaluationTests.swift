import Diagnostics
import Feedback
import QuestionnaireModel
import SurveyCompiler
import Testing

/// Conditions as written, under answers as given: from the file to the truth.
@Suite struct ConditionEvaluationTests {
    static let answers: [String: Value] = [
        "recommend": .number(6), "age": .number(40), "contact-me": .text("yes"), "topics": .set(["price", "speed"]),
        "quote": .boolean(true), "reason": .text("slow"), "order.size": .number(3), "order.product": .text("Kettle"),
        "order.day": LocalDate(year: 2026, month: 3, day: 1).map { .date($0) } ?? .unknown,
    ]

    /// `stars` is not answered.
    @Test(
        arguments: [
            ("recommend le 6", true), ("recommend lt 6", false), ("recommend ge 6", true), ("recommend gt 6", false),
            ("recommend eq 6", true), ("recommend ne 6", false), ("6 ge recommend", true),
            ("recommend le 6 or stars ge 4", true), ("stars ge 4 or recommend le 6", true),
            ("recommend le 6 and stars ge 4", nil),
            ("recommend gt 6 and stars ge 4", false), ("recommend gt 6 or stars ge 4", nil), ("not(stars ge 4)", nil),
            ("not(recommend gt 6)", true), ("stars eq stars or recommend eq 6", true),
            ("contact-me eq 'yes'", true), ("contact-me ne &quot;yes&quot;", false),
            ("contact-me in ('no','yes')", true),
            ("recommend in (1, 6)", true), ("recommend in (1, 2)", false), ("stars in (1, 2)", nil),
            ("quote", true), ("not(quote)", false), ("quote and recommend eq 6", true),
            ("answered(stars)", false), ("answered(recommend)", true), ("not(answered(stars))", true),
            ("answered(order.size)", true),
            ("selected(topics, 'price')", true), ("selected(topics,'none')", false), ("count(topics) eq 2", true),
            ("length(reason) ge 4", true), ("length(reason) gt 4", false),
            ("age + 2 eq 42", true), ("age - 50 eq -10", true), ("age * 2 eq 80", true), ("age div 8 eq 5", true),
            ("age mod 7 eq 5", true), ("-age eq -40", true), ("age div 0 eq 1", nil),
            ("age mod (order.size - 3) eq 1", nil),
            ("age + 2 * 10 eq 60", true), ("(age + 2) * 10 eq 420", true), ("order.size * 10 lt age", true),
            ("order.product eq 'Kettle'", true), ("order.product eq reason", false),
            ("order.day lt '2026-03-02'", true), ("order.day ge '2026-03-01'", true),
            ("order.day in ('2026-03-01')", true),
            ("'2026-02-28' lt order.day", true),
        ] as [(String, Bool?)])
    func isTrueFalseOrUnknown(_ condition: String, _ expected: Bool?) throws {
        let survey = MarkedSurvey(MarkedSurvey.shown(if: condition)).compile()
        let errors = survey.diagnostics.filter { $0.severity == .error }
        #expect(errors.map(\.message) == [])
        let question = try #require(survey.questionnaire?.questions.last?.question)
        let visibleWhen = try #require(question.visibleWhen)
        #expect(visibleWhen.source == condition.replacing("&quot;", with: "\""))
        let value = visibleWhen.expression.value { Self.answers[$0.name] ?? .unknown }
        #expect(value == (expected.map { .boolean($0) } ?? .unknown))
        #expect(visibleWhen.holds { Self.answers[$0.name] ?? .unknown } == (expected == true))
    }
}
