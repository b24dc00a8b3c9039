import Diagnostics
import Feedback
import FeedbackTestSupport
import QuestionnaireModel
import SurveyCompiler
import Testing

/// `<let>`: whatever they name, in whatever order, a condition reads what working them out one by one would give.
@Suite struct ComputedValueTests {
    private static func compile(_ root: String) throws -> Questionnaire {
        let found = MarkedSurvey(MarkedSurvey.asking(root)).compile()
        return try #require(found.questionnaire, "\(found.diagnostics.map(\.message))")
    }

    private func lookup(_ values: [String: Value]) -> (Reference) -> Value { { values[$0.name] ?? .unknown } }

    /// A chain of random values, each over those before it, written in random order.
    @Test(arguments: 0..<60) func aChainMeansWhatItsStepsMean(_ seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        var written: [String] = []
        var steps: [(name: String, make: @Sendable ([Double?]) -> Double?)] = []
        for index in 0..<Int.random(in: 1...7, using: &random) {
            // Of what stands before it: the two answers are -2 and -1.
            let (left, right) = (Int.random(in: -2..<index, using: &random), Int.random(in: -2..<index, using: &random))
            let kind = Int.random(in: 0...5, using: &random)
            func name(_ place: Int) -> String { place == -2 ? "stars" : place == -1 ? "age" : "v\(place)" }
            let (a, b) = (name(left), name(right))
            let value = [
                "\(a) + \(b)", "\(a) - \(b)", "min(\(a), \(b))", "max(\(a), \(b))", "default(\(a), \(b))",
                "if(stars ge 3, \(a), \(b))",
            ][kind]
            written.append("<let name=\"v\(index)\" value=\"\(value)\"/>")
            steps.append(
                (
                    "v\(index)",
                    { known in
                        let (x, y) = (known[left + 2], known[right + 2])
                        if kind == 4 { return x ?? y }
                        // Of an `if` that nobody can decide two alike are still that value.
                        if kind == 5 { return known[0].map { $0 >= 3 ? x : y } ?? (x == y ? x : nil) }
                        guard let x, let y else { return nil }
                        return [x + y, x - y, min(x, y), max(x, y)][kind]
                    }
                ))
        }
        let survey = try Self.compile(written.shuffled(using: &random).joined())
        for stars in [nil, 1.0, 4] {
            for age in [nil, 0.0, 3, 50] {
                var known: [Double?] = [stars, age]
                let values: [String: Value] = [
                    "stars": stars.map { .number($0) } ?? .unknown, "age": age.map { .number($0) } ?? .unknown,
                ]
                for step in steps {
                    known.append(step.make(known))
                    let computed = try #require(survey.computed(step.name))
                    let expected = known.last.flatMap(\.self).map { Value.number($0) } ?? .unknown
                    #expect(computed.value(lookup(values)) == expected, "\(step.name) of \(written)")
                }
            }
        }
    }

    @Test func typesAreWorkedOut() throws {
        let survey = try Self.compile(
            """
            <let name="mood" value="if(recommend ge 9, 'fan', if(recommend ge 7, 'calm', 'sorry'))"/>
            <let name="isfan" value="mood eq 'fan'"/><let name="other" value="default(contact-me, 'unsaid')"/>
            <let name="when" value="default(visited, '2026-01-01')"/><let name="words" value="default(reason, order.product)"/>
            <let name="wait" value="days(order.day, when)"/><let name="both" value="topics"/>
            """)
        let types = Dictionary(uniqueKeysWithValues: survey.computed.map { ($0.name, $0.type) })
        #expect(types["mood"] == .choice(["fan", "calm", "sorry"]) && types["isfan"] == .boolean)
        #expect(types["other"] == .choice(["yes", "no", "unsaid"]) && types["when"] == .date)
        #expect(
            types["words"] == .text && types["wait"] == .number && types["both"] == .set(["price", "speed", "none"]))
    }

    @Test func aConditionReadsThemByName() throws {
        let survey = try Self.compile(
            """
            <let name="unhappy" value="recommend le 6 or stars le 2"/>
            <page id="second" show-if="unhappy"><text id="more" show-if="answered(unhappy)"><prompt>P</prompt></text></page>
            <case id="call" when="unhappy and contact-me eq 'yes'" due="1d"/>
            """)
        func shows(_ answers: [String: Answer]) -> Bool {
            let given = Answers(answers.map { Answers.Entry(key: $0.key, answer: $0.value) })
            return Routing(survey, answers: given, fields: [:]).pageIsShown[1]
        }
        #expect(shows(["recommend": .integer(3)]) && shows(["stars": .integer(1)]))
        #expect(
            !shows([:]) && !shows(["recommend": .integer(9)])
                && !shows(["recommend": .integer(9), "stars": .integer(5)]))
    }

    @Test func aFallbackIsNeededWhereTheValueMayBeUnknown() {
        func codes(_ value: String) -> [String] {
            let text = MarkedSurvey.asking(
                "<let name=\"l\" value=\"\(value)\"/><page id=\"p\"><nps id=\"y\"><prompt>{l}</prompt></nps></page>")
            return MarkedSurvey(text).compile().diagnostics.map(\.code.id)
        }
        for sure in ["recommend + 1", "default(stars, 3)", "if(answered(stars), 1, 2)", "recommend div 2"] {
            #expect(codes(sure) == [], "\(sure)")
        }
        for unsure in ["stars", "recommend div stars", "if(stars ge 2, 1, 2)", "default(stars, age)", "order.size"] {
            #expect(codes(unsure) == ["S026"], "\(unsure)")
        }
    }

    /// A thousand in one chain are worked out at once, and ten that double each other are refused rather than drawn.
    @Test func longChainsTakeNoTime() throws {
        let chain = (1...400).map { "<let name=\"v\($0)\" value=\"v\($0 - 1)\"/>" }.reversed().joined()
        let survey = try Self.compile("<let name=\"v0\" value=\"recommend\"/>" + chain)
        #expect(survey.computed("v400")?.expression == .reference(.question(try #require(QuestionID("recommend")))))
        let circle = (0..<400).map { "<let name=\"c\($0)\" value=\"c\(($0 + 1) % 400)\"/>" }.joined()
        let found = MarkedSurvey(MarkedSurvey.asking(circle)).compile().diagnostics
        #expect(found.map(\.code.id) == ["S039"])
    }
}
