import Feedback
import FeedbackTestSupport
import QuestionnaireModel
import SurveyPages
import Testing

/// What authors write with the language's constructs, as customers see it.
@Suite struct LanguageTests {
    let renderer = PageRenderer()

    private func typed(_ page: SurveyPage, _ problems: [AnswerProblem]) throws -> HTMLPage {
        var page = page
        page.problems = problems
        return try checkPage(renderer.render(page))
    }

    private func id(_ text: String) throws -> QuestionID { try #require(QuestionID(text)) }

    @Test func everyProblemIsSaidInTheAuthorsOwnWords() throws {
        let survey = try Fixtures.survey(
            """
            <page id="p">
            <number id="n"><prompt>N</prompt><prompt xml:lang="bn">ন</prompt>
            <range-message>Ours go from 1.</range-message><range-message xml:lang="bn">১ থেকে।</range-message>
            <format-message>Digits!</format-message><format-message xml:lang="bn">সংখ্যা!</format-message></number>
            <text id="t" pattern="[A-Z]+"><prompt>T</prompt><prompt xml:lang="bn">ট</prompt>
            <pattern-message>Capitals only, {contact.name|you}.</pattern-message>
            <pattern-message xml:lang="bn">বড় হাতের।</pattern-message>
            <length-message>Longer.</length-message><length-message xml:lang="bn">আরও।</length-message></text>
            </page>
            """.replacing("\n", with: ""), languages: "en bn",
            root: "<title xml:lang=\"bn\">নমুনা</title>"
        )
        let least = try #require(DecimalNumber("1"))
        let cases: [(String, AnswerProblem.Kind, String, String)] = [
            ("n", .tooLow(least), "Ours go from 1.", "১ থেকে।"), ("n", .notANumber, "Digits!", "সংখ্যা!"),
            ("t", .unlikePattern, "Capitals only, you.", "বড় হাতের।"),
            ("t", .tooShort(least: 3, count: 1), "Longer.", "আরও।"),
        ]
        let bn = try #require(LanguageTag("bn"))
        for (question, kind, english, bengali) in cases {
            let problem = AnswerProblem(question: try id(question), kind: kind)
            for (language, words) in [(LanguageTag.english, english), (bn, bengali)] {
                let page = try typed(Fixtures.page(survey, 0, language, typed: [("n", "0")]), [problem])
                let places = page.elements.filter { $0["class"] == "wrong" }
                #expect(places.map(\.text) == [words] && places[0]["id"] == "_\(question).problem")
            }
        }
    }

    @Test func aCheckSpeaksBesideItsQuestion() throws {
        let survey = try Fixtures.survey(
            """
            <page id="p"><number id="a"><prompt>A</prompt></number><number id="b"><prompt>B</prompt></number>
            <check that="b le a">More than {order.size|you ordered} came back.</check></page>
            """, root: "<fields><field name=\"order.size\" type=\"number\"/></fields>")
        let base = Fixtures.page(survey, typed: [("a", "1"), ("b", "2")], fields: ["order.size": .number(3)])
        let page = try typed(base, base.routing.unmetChecks(on: 0))
        #expect(page.elements.first { $0["id"] == "_b.problem" }?.text == "More than 3 came back.")
        #expect(page.elements.first { $0["id"] == "_problems" }?.text.contains("More than 3 came back.") == true)
        #expect(page.elements.first { $0["id"] == "b" }?["aria-invalid"] == "true")
    }

    private static let groups = """
        <page id="p"><choices id="of"><prompt>Which?</prompt>
        <option code="x">X</option><option code="y">Y</option></choices>
        <choice id="q" required="true"><prompt>Q</prompt>
        <group><label>Town</label><option code="a" show-if="selected(of, 'x')">A</option>
        <option code="b" show-if="selected(of, 'y')">B</option></group>
        <group><label>Country</label><option code="c">C</option></group>
        <option code="d" other="true" show-if="answered(of)">D</option></choice></page>
        """

    @Test func groupsAreFieldsetsWithinTheQuestion() throws {
        let survey = try Fixtures.survey(Self.groups)
        let page = try checkPage(renderer.render(Fixtures.page(survey)))
        let groups = page.all("fieldset").filter { $0["class"] == "group" }
        #expect(groups.map { $0["id"] } == ["_q__0", nil])
        #expect(page.all("legend").map(\.text) == ["Which?", "Q required", "Town", "Country"])
        // Each option is a label that CSS can hide, within its group.
        let labels = page.all("label").filter { $0["id"]?.hasPrefix("_q_") == true }
        #expect(labels.compactMap { $0["id"] } == ["_q_a", "_q_b", "_q_d"])
        let style = try #require(page.all("style").first).text
        for rule in [
            "form:not(:has([name=\"of\"][value=\"x\"]:checked)) #_q_a",
            "form:not(:has([name=\"of\"]:checked)) #q>.other",
            "form:not(:has([name=\"of\"][value=\"x\"]:checked)):not(:has([name=\"of\"][value=\"y\"]:checked)) #_q__0",
        ] {
            #expect(style.contains(rule), "\(rule)")
        }
        #expect(style.contains("{display:none}}"))
    }

    @Test func whatAnEarlierPageDecidedNeedsNoCSS() throws {
        let survey = try Fixtures.survey(
            """
            <page id="one"><choices id="of"><prompt>Which?</prompt><option code="x">X</option><option code="y">Y</option></choices></page>
            <page id="two"><choice id="q"><prompt>Q</prompt><option code="a" show-if="selected(of, 'x')">A</option>
            <option code="b" show-if="selected(of, 'y')">B</option><option code="c">C</option></choice></page>
            """)
        let page = try checkPage(renderer.render(Fixtures.page(survey, 1, typed: [("of", "x")])))
        #expect(page.all("input").filter { $0["name"] == "q" }.compactMap { $0["value"] } == ["a", "c"])
        let other = try checkPage(renderer.render(Fixtures.page(survey, 1, typed: [("of", "y")])))
        #expect(other.all("input").filter { $0["name"] == "q" }.compactMap { $0["value"] } == ["b", "c"])
    }

    @Test func everyResponseSeesItsOwnOrderAgainAndAgain() throws {
        let survey = try Fixtures.survey(
            """
            <page id="p"><choice id="q" order="random"><prompt>Q</prompt>\
            \((0..<9).map { "<option code=\"o\($0)\">O</option>" }.joined())\
            <option code="none" other="true">N</option></choice></page>
            """)
        var seen: Set<[String]> = []
        for number in 0..<20 {
            var page = Fixtures.page(survey)
            let response = try #require(ResponseID("r-\(number)"))
            page.response = response
            let order = OptionOrder.codes(of: survey.questions[0].question, seed: response)
            for _ in 0..<2 {
                let drawn = try checkPage(renderer.render(page)).all("input").filter { $0["name"] == "q" }
                #expect(drawn.compactMap { $0["value"] } == order)
            }
            seen.insert(order)
        }
        #expect(seen.count > 15 && seen.allSatisfy { $0.last == "none" })
        // A page nobody answers, such as a preview, has the order written.
        let plain = try checkPage(renderer.render(Fixtures.page(survey))).all("input").filter { $0["name"] == "q" }
        #expect(plain.first?["value"] == "o0")
    }

    @Test func aPickerKnowsWhatTodayIs() throws {
        let survey = try Fixtures.survey(
            "<page id=\"p\"><date id=\"d\" from=\"today-1m\" to=\"today\"><prompt>D</prompt></date></page>")
        for (moment, least, most) in [
            ("2026-11-22T09:00:00.000Z", "2026-10-21", "2026-11-22"),
            ("2026-12-31T12:00:00.000Z", "2026-11-30", "2027-01-01"),
        ] {
            var page = Fixtures.page(survey)
            page.today = AnsweringDay(at: try #require(Timestamp(moment)))
            let input = try #require(checkPage(renderer.render(page)).all("input").first { $0["id"] == "d" })
            #expect(input["min"] == least && input["max"] == most)
        }
        let input = try checkPage(renderer.render(Fixtures.page(survey))).all("input").first { $0["id"] == "d" }
        #expect(input?["min"] == nil && input?["max"] == nil)
    }

    @Test func computedValuesAreReadInTheReadersLanguage() throws {
        let survey = try Fixtures.survey(
            """
            <let name="double" value="recommend * 2"/><let name="took" value="default(place, 'nowhere')"/>
            <let name="mood" value="if(recommend ge 9, 'glad', 'sorry')">
            <option code="glad"><label>glad</label><label xml:lang="bn">খুশি</label></option></let>
            <page id="one"><nps id="recommend" required="true"><prompt>R</prompt><prompt xml:lang="bn">র</prompt></nps>
            <choice id="place"><prompt>P</prompt><prompt xml:lang="bn">প</prompt>
            <option code="shop"><label>the shop</label><label xml:lang="bn">দোকান</label></option>
            <option code="web"><label>the web</label><label xml:lang="bn">ওয়েব</label></option></choice></page>
            <page id="two"><statement id="s"><prompt>{double}, {took}, {mood}.</prompt>
            <prompt xml:lang="bn">{double}, {took}, {mood}।</prompt></statement>
            <csat id="c"><prompt>C</prompt><prompt xml:lang="bn">স</prompt></csat></page>
            """.replacing("\n", with: ""), languages: "en bn", root: "<title xml:lang=\"bn\">নমুনা</title>")
        func statement(_ language: LanguageTag, _ fields: [(String, String)]) throws -> String? {
            let page = try checkPage(renderer.render(Fixtures.page(survey, 1, language, typed: fields)))
            let words = page.elements.first { $0["id"] == "s" }?.text
            return words.map { String($0.unicodeScalars.filter { !["\u{2068}", "\u{2069}"].contains($0) }) }
        }
        let bn = try #require(LanguageTag("bn"))
        #expect(try statement(.english, [("recommend", "9"), ("place", "web")]) == "18, the web, glad.")
        #expect(try statement(bn, [("recommend", "9"), ("place", "shop")]) == "18, দোকান, খুশি।")
        #expect(try statement(.english, [("recommend", "4")]) == "8, nowhere, sorry.")
    }

    @Test func aCouponIsShownWithItsCode() throws {
        let survey = try Fixtures.compile(
            """
            <survey xmlns="urn:heed:survey:1" id="sample" version="1" kind="transactional" languages="en"><title>Sample</title>\
            <page id="p"><nps id="recommend"><prompt>R</prompt></nps></page><ending><message>Thanks</message>\
            <offer kind="coupon" code="K7&lt;QX2" href="https://shop.example/"><label>10 % off</label></offer>\
            <offer kind="coupon" code="PLAIN"/></ending></survey>
            """)
        let page = EndingPage(
            questionnaire: survey, language: .english, routing: Routing(survey, answers: Answers(), fields: [:]))
        let read = try checkPage(page.render())
        #expect(read.elements.filter { $0.name == "strong" }.map(\.text) == ["K7<QX2", "PLAIN"])
        #expect(read.all("a").map { $0["href"] } == ["https://shop.example/"])
        #expect(read.all("main").first?.text.contains(Words.english(.offerCoupon)) == true)
    }
}
