import Diagnostics
import Feedback
import FeedbackTestSupport
import QuestionnaireModel
import SurveyCompiler
import Testing

/// What CSS shows is what the server counts, for every combination of answers.
@Suite struct ConditionSelectorTests {
    /// Questions of small domains on one page, one before it, and a field.
    static let pages = """
        <page id="before"><csat id="early"><prompt>P</prompt></csat></page>
        <page id="here">
        <rating id="a" from="-1" to="1"><prompt>P</prompt></rating>
        <choice id="b"><prompt>P</prompt><option code="x">X</option><option code="y">Y</option></choice>
        <choices id="c"><prompt>P</prompt><option code="x">X</option><option code="y">Y</option><option code="z">Z</option></choices>
        <consent id="d"><prompt>P</prompt></consent>
        <text id="t"><prompt>P</prompt></text>
        </page>
        """

    static func questionnaire() throws -> Questionnaire {
        try Samples.questionnaire(pages, root: "<fields><field name=\"size\" type=\"number\"/></fields>")
    }

    /// The same survey with conditions on some questions.
    static func with(
        _ conditions: [String: Expression], options: [String: [String: Expression]] = [:],
        in questionnaire: Questionnaire
    ) -> Questionnaire {
        let pages = questionnaire.pages.map { page in
            QuestionnairePage(
                id: page.id, title: page.title, visibleWhen: page.visibleWhen,
                questions: page.questions.map { question in
                    Question(
                        id: question.id, type: question.type, prompt: question.prompt, help: question.help,
                        isRequired: question.isRequired, messages: question.messages,
                        optionConditions: (options[question.id.rawValue] ?? [:]).mapValues {
                            Condition(expression: $0, source: "")
                        },
                        visibleWhen: conditions[question.id.rawValue].map { Condition(expression: $0, source: "") },
                        place: question.place)
                }, place: page.place)
        }
        return Questionnaire(
            id: questionnaire.id, version: questionnaire.version, digest: questionnaire.digest,
            profile: questionnaire.profile,
            title: questionnaire.title, introduction: nil, sender: nil, privacyNotice: nil,
            fields: questionnaire.fields,
            pages: pages, endings: [], caseRules: [])
    }

    /// Every way to fill the page, as checked controls: filled or not, shown or not.
    static func combinations(_ questionnaire: Questionnaire) -> [[(name: String, value: String)]] {
        combinations(of: questionnaire.pages[1].questions)
    }

    /// Every way to fill some questions, as checked controls; typed ones stay empty.
    static func combinations(of questions: [Question]) -> [[(name: String, value: String)]] {
        var combinations: [[(name: String, value: String)]] = [[]]
        let controls = questions.flatMap { question -> [(name: String, domain: AnswerDomain)] in
            guard let row = question.type.row else { return [(question.id.rawValue, question.type.domain)] }
            return question.type.items.map { ("\(question.id).\($0.code)", row.domain) }
        }
        for (name, domain) in controls {
            let states: [[String]] =
                switch domain {
                case .integers(let range): [[]] + range.map { [String($0)] }
                case .oneOf(let codes): [[]] + codes.map { [$0] }
                case .consent: [[], ["yes"], ["no"]]
                case .subsets(let codes):
                    (0..<1 << codes.count).map { bits in codes.indices.filter { bits >> $0 & 1 == 1 }.map { codes[$0] }
                    }
                case .numbers, .dates, .orders, .rows, .open, .none: [[]]
                }
            combinations = combinations.flatMap { chosen in states.map { chosen + $0.map { (name: name, value: $0) } } }
        }
        return combinations
    }

    static func answers(_ checked: [(name: String, value: String)], _ questionnaire: Questionnaire, early: Int?)
        -> Answers
    {
        let fields = FormFields(checked.map { FormFields.Field(name: $0.name, value: $0.value) })
        var answers = Answers()
        if let early { answers["early"] = .integer(early) }
        for entry in questionnaire.questions {
            guard case .answers(let entries) = entry.question.type.decode(fields, id: entry.question.id) else {
                continue
            }
            for entry in entries { answers[entry.key] = entry.answer }
        }
        return answers
    }

    /// Compares CSS and routing for every combination; returns how many questions CSS could say.
    static func compare(_ questionnaire: Questionnaire, early: Int?, fields: [String: Value]) throws -> Int {
        let known = Routing(questionnaire, answers: answers([], questionnaire, early: early), fields: fields).lookup
        let formulas = questionnaire.pages[1].questions.map {
            ($0.id, questionnaire.visibility(of: $0.id, known: known))
        }
        for checked in combinations(questionnaire) {
            let routing = Routing(questionnaire, answers: answers(checked, questionnaire, early: early), fields: fields)
            var css = SelectorEvaluator(checked: checked)
            for (id, formula) in formulas {
                guard let formula, let index = questionnaire.index(of: id) else { continue }
                let isShown = try css.matches(formula.selector)
                #expect(isShown == routing.questionIsShown[index], "\(id) with \(checked): \(formula.selector)")
                if isShown != routing.questionIsShown[index] { return -1 }
            }
        }
        return formulas.filter { $0.1 != nil }.count
    }

    @Test(arguments: 0..<60) func randomConditionsAgreeWithTheServer(_ seed: Int) throws {
        let plain = try Self.questionnaire()
        var generator = SeededGenerator(seed: UInt64(seed))
        var conditions: [String: Expression] = [:]
        // Each question rests on those above it, so hidden answers take part.
        for (index, name) in ["b", "c", "d", "t"].enumerated() where Int.random(in: 0...3, using: &generator) > 0 {
            conditions[name] = RandomCondition.make(over: index + 1, depth: 3, using: &generator)
        }
        let early = Bool.random(using: &generator) ? Int.random(in: 1...5, using: &generator) : nil
        let fields: [String: Value] = Bool.random(using: &generator) ? ["size": .number(2)] : [:]
        #expect(try Self.compare(Self.with(conditions, in: plain), early: early, fields: fields) == 5)
    }

    @Test(
        arguments: [
            (
                "a eq 1 or b ne 'x'",
                ":is(:has([name=\"a\"][value=\"1\"]:checked),:has([name=\"b\"][value=\"y\"]:checked))"
            ),
            ("a le 0", ":has([name=\"a\"]:is([value=\"-1\"],[value=\"0\"]):checked)"),
            ("answered(c)", ":has([name=\"c\"]:checked)"),
            ("not(answered(c))", ":not(:has([name=\"c\"]:checked))"),
            ("selected(c, 'x')", ":has([name=\"c\"][value=\"x\"]:checked)"),
            ("not(selected(c, 'x'))", ":has([name=\"c\"]:checked):not(:has([name=\"c\"][value=\"x\"]:checked))"),
            ("count(c) ge 1", ":has([name=\"c\"]:checked)"),
            ("a + 1 gt 1", ":has([name=\"a\"][value=\"1\"]:checked)"),
            ("b in ('x', 'y')", ":has([name=\"b\"]:is([value=\"x\"],[value=\"y\"]):checked)"),
            ("early ge 1", ":not(*)"),
            ("early eq 2 and length(t0) gt 3", nil),
            ("t0 eq 'x'", nil),
            ("number gt a", nil),
        ] as [(String, String?)])
    func selectorsAreShort(_ condition: String, _ selector: String?) throws {
        let typed = "<text id=\"t0\"><prompt>P</prompt></text><number id=\"number\"><prompt>P</prompt></number>"
        let pages = Self.pages.replacing(
            "<text id=\"t\">", with: "\(typed)<text id=\"t\" show-if=\"\(condition)\">")
        let compiled = Samples.compile(Samples.survey(pages))
        let questionnaire = try #require(compiled.questionnaire, "\(compiled.diagnostics.map(\.message))")
        let id = try #require(QuestionID("t"))
        #expect(questionnaire.visibility(of: id) { _ in .unknown }?.selector == selector)
    }

    @Test(
        arguments: [
            ("answered(m)", ":is(:has([name=\"m.r\"]:checked),:has([name=\"m.s\"]:checked))"),
            ("not(answered(m))", nil), ("answered(m.s) and answered(m)", nil),
            ("m.r ge 2", ":has([name=\"m.r\"]:is([value=\"2\"],[value=\"3\"]):checked)"), ("m.r lt m.s", nil),
            ("m.r eq 1 and not(answered(m.s))", nil), ("o.p eq 'x' or m.s ne 2", nil), ("selected(k, 'a')", ""),
        ] as [(String, String?)])
    func rowsAreReadLikeQuestions(_ condition: String, _ selector: String?) throws {
        let survey = try Samples.questionnaire(
            """
            <page id="before"><csat id="early"><prompt>P</prompt></csat></page><page id="here">
            <matrix id="m" from="1" to="3"><prompt>P</prompt><item id="r">R</item><item id="s">S</item></matrix>
            <matrix id="o"><prompt>P</prompt><item id="p">P</item><option code="x">X</option><option code="y">Y</option></matrix>
            <ranking id="k"><prompt>P</prompt><option code="a">A</option><option code="b">B</option></ranking>
            <text id="t" show-if="\(condition)"><prompt>P</prompt></text></page>
            """)
        let id = try #require(QuestionID("t"))
        let formula = survey.visibility(of: id) { _ in .unknown }
        // Menus are beyond CSS; the server decides.
        #expect((formula == nil) == (selector == ""))
        if let selector, selector != "" { #expect(formula?.selector == selector) }
        #expect(try Self.compare(survey, early: nil, fields: [:]) == (formula == nil ? 3 : 4))
    }

    @Test func whatIsFalseAnywayNeedsNoCSS() throws {
        let plain = try Self.questionnaire()
        let isEarly = Expression.compare(
            .eq, .reference(.question(try #require(QuestionID("early")))), .literal(.number(5)))
        let typed = Expression.compare(.eq, .reference(.question(try #require(QuestionID("t")))), .literal(.text("x")))
        let survey = Self.with(["d": .and(typed, isEarly)], in: plain)
        let id = try #require(QuestionID("d"))
        #expect(survey.visibility(of: id) { _ in .number(4) } == .never)
        #expect(survey.visibility(of: id) { _ in .number(5) } == nil)
        #expect(survey.visibility(of: id) { _ in .unknown } == nil)
    }

    @Test func aConditionOnItselfIsLeftToTheServer() throws {
        let plain = try Self.questionnaire()
        let id = try #require(QuestionID("b"))
        let survey = Self.with(["b": .not(.compare(.eq, .reference(.question(id)), .literal(.text("x"))))], in: plain)
        #expect(survey.visibility(of: id) { _ in .unknown } == nil)
    }
}
