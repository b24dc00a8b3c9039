import Feedback
import FeedbackTestSupport
import QuestionnaireModel
import SurveyPages
import Testing

/// The pages that ask.
@Suite struct SurveyPageTests {
    let renderer = PageRenderer()

    @Test(arguments: Fixtures.shipped) func everyShippedPageIsWhole(_ name: String) throws {
        let survey = try Fixtures.shippedSurvey(name)
        for language in survey.profile.languages {
            for index in survey.pages.indices {
                for score in ["", "0", "8", "10"] {
                    let typed = score.isEmpty ? [] : [("recommend", score)]
                    let page = try checkPage(renderer.render(Fixtures.page(survey, index, language, typed: typed)))
                    #expect(page.all("html").first?["lang"] == language.rawValue)
                    #expect(
                        page.submitted.contains { $0.name == "_page" && $0.value == survey.pages[index].id.rawValue })
                }
            }
            // 14 KiB by gzip -6 is the promise; text of this kind shrinks to less than two fifths.
            #expect(renderer.render(Fixtures.page(survey, 0, language)).bytes.count < 35_000)
        }
    }

    @Test(arguments: Words.all.map(\.language)) func everyStateIsWholeInEveryLanguage(_ tag: String) throws {
        let language = try #require(LanguageTag(tag))
        let survey = try Fixtures.everything(languages: tag == "en" ? "en" : "en \(tag)")
        var page = Fixtures.page(
            survey, 0, language, typed: [("recommend", "3"), ("why", "x"), ("some", "c"), ("weight", "abc")])
        page.problems = try Fixtures.problems(survey)
        page.notice = .busy
        page.contactName = "Maria"
        page.notYouPath = "/s/sample"
        page.unsubscribePath = "/unsubscribe/token"
        page.isPersonalLink = true
        page.canGoBack = true
        page.hidden = [FormFields.Field(name: "_form", value: "\"><script>")]
        let read = try checkPage(renderer.render(page))
        let words = Words.speaking(tag)
        let main = try #require(read.all("main").first).text
        for phrase in [Phrase.notAnOption, .moreThanOne, .notANumber, .notWhole, .forbiddenCharacter, .busyTitle] {
            #expect(main.contains(words(phrase)), "\(phrase)")
        }
        #expect(read.all("html").first?["dir"] == (tag == "ar" ? "rtl" : "ltr"))
        page.notice = .onceMore
        #expect(try checkPage(renderer.render(page)).all("main").first?.text.contains(words(.onceMoreTitle)) == true)
    }

    @Test func whatWasTypedComesBackExactly() throws {
        let survey = try Fixtures.everything()
        let typed = [
            ("recommend", "3"), ("one", "b"), ("one.other", "\"'<&>"), ("some", "a"), ("some", "b"),
            ("some.other", "ক ع"),
            ("weight", "not a number </textarea>"), ("why", "\nx\n\n</textarea><script>alert(1)</script>\u{202E}"),
            ("agree", "no"), ("aspects.price", "bad"), ("parts.lid", "2"), ("order.b", "1"), ("mail", "nobody"),
            ("call", "\"><b>"), ("day", "yesterday"),
        ]
        let page = try checkPage(renderer.render(Fixtures.page(survey, typed: typed)))
        let sent = page.submitted.filter { !$0.name.hasPrefix("_") }
        for name in [
            "recommend", "one", "one.other", "some", "some.other", "weight", "why", "agree", "aspects.speed",
            "aspects.price", "parts.lid", "order.b", "mail", "call", "day",
        ] {
            #expect(sent.filter { $0.name == name }.map(\.value) == typed.filter { $0.0 == name }.map(\.1), "\(name)")
        }
    }

    @Test func textFromOutsideStaysText() throws {
        let nasty = "</title></style><script>alert('x')</script>\" onload=\"y\u{202E}"
        let survey = try Fixtures.survey(
            """
            <page id="p"><title>T {{ {order|x}</title><choice id="q"><prompt>{order|&lt;b&gt;}</prompt>
            <option code="a">{order|&lt;i&gt;}</option><option code="b">B</option></choice></page>
            """,
            root:
                "<introduction>{contact.name|&lt;u&gt;}</introduction><fields><field name=\"order\" type=\"text\"/></fields>"
        )
        for typed in [[], [("q", nasty)]] {
            var page = Fixtures.page(survey, typed: typed, fields: ["order": .text(nasty)])
            page.contactName = nasty
            page.notYouPath = "/s/sample?\"><script>"
            page.unsubscribePath = "/u\"><script>"
            page.action = "/s/\"><script>"
            page.hidden = [FormFields.Field(name: "_form", value: nasty)]
            let read = try checkPage(renderer.render(page))
            let legend = try #require(read.all("legend").first).text
            // Shown as text, without the character that would turn the line around.
            #expect(legend == "\u{2068}</title></style><script>alert('x')</script>\" onload=\"y\u{2069}")
            #expect(read.all("form").first?["action"] == page.action)
            #expect(read.submitted.contains { $0.name == "_form" && $0.value == nasty })
            page.contactName = nil
            page.routing = Fixtures.page(survey).routing
            let fallback = try checkPage(renderer.render(page))
            #expect(fallback.all("legend").first?.text == "<b>")
            #expect(fallback.all("p").first?.text == "<u>")
        }
    }

    @Test func aKeptPageEqualsADrawnOne() throws {
        let everything = try Fixtures.everything(languages: "en de")
        for survey in try [everything] + Fixtures.shipped.map(Fixtures.shippedSurvey) {
            for index in survey.pages.indices {
                for name in [nil, "Maria", "<Ali>"] {
                    var page = Fixtures.page(survey, index, fields: ["order.product": .text("Kettle \u{2067}")])
                    page.contactName = name
                    page.isPersonalLink = index == 0
                    page.notYouPath = "/s/sample"
                    page.unsubscribePath = name.map { "/unsubscribe/\($0)" }
                    page.hidden = [FormFields.Field(name: "_form", value: name ?? "")]
                    let kept = renderer.render(page)
                    #expect(renderer.render(page).bytes == kept.bytes)
                    // A field of no question takes the other way through the renderer and changes nothing.
                    page.fields.append("_go", "next")
                    let drawn = renderer.render(page)
                    #expect(kept.bytes == drawn.bytes)
                    #expect(kept.contentSecurityPolicy == drawn.contentSecurityPolicy)
                }
            }
        }
    }

    @Test func whatRestsOnTheOutsideIsNotMixedUp() throws {
        let survey = try Fixtures.survey(
            """
            <page id="p"><text id="a" show-if="size gt 2"><prompt>Big</prompt></text>
            <text id="b" show-if="size le 2"><prompt>Small</prompt></text><text id="c"><prompt>All</prompt></text></page>
            """, root: "<fields><field name=\"size\" type=\"number\"/></fields>")
        func labels(_ size: Double?) throws -> [String] {
            let page = Fixtures.page(survey, fields: size.map { ["size": .number($0)] } ?? [:])
            return try checkPage(renderer.render(page)).all("label").map(\.text)
        }
        for _ in 0..<2 {
            #expect(try labels(3) == ["Big", "All"])
            #expect(try labels(1) == ["Small", "All"])
            #expect(try labels(nil) == ["All"])
        }
    }

    @Test func followUpsAreStyledOrDrawn() throws {
        let survey = try Fixtures.everything()
        let low = try checkPage(renderer.render(Fixtures.page(survey, typed: [("recommend", "3")])))
        let style = try #require(low.all("style").first).text
        #expect(
            style.hasSuffix(
                "@supports selector(:has(*)){#_why{display:none}form:has([name=\"recommend\"]:is([value=\"0\"],[value=\"1\"],"
                    + "[value=\"2\"],[value=\"3\"],[value=\"4\"],[value=\"5\"],[value=\"6\"]):checked) #_why{display:block}}"
            ))
        // There from the first drawing on, for CSS to show.
        #expect(try checkPage(renderer.render(Fixtures.page(survey))).element(id: "why") != nil)
        // Beyond CSS: drawn once the server found it shown, and marked so.
        #expect(low.element(id: "more") == nil && !low.submitted.contains { $0.name == "_drawn" })
        let more = try checkPage(renderer.render(Fixtures.page(survey, typed: [("recommend", "3"), ("why", "x")])))
        #expect(more.element(id: "more") != nil)
        #expect(more.submitted.contains { $0.name == "_drawn" && $0.value == "more" })
    }

    @Test func buttonsDoWhatTheySay() throws {
        let survey = try Fixtures.survey(
            """
            <page id="one"><text id="a"><prompt>A</prompt></text></page>
            <page id="two" show-if="a eq 'x'"><text id="b"><prompt>B</prompt></text></page>
            <page id="three" show-if="b eq 'x'"><text id="c"><prompt>C</prompt></text></page>
            """, languages: "en bn")
        func buttons(_ index: Int, _ typed: [(String, String)] = []) throws -> [(String, String, String)] {
            try checkPage(renderer.render(Fixtures.page(survey, index, typed: typed))).all("button").map {
                ($0["name"] ?? "", $0["value"] ?? "", $0.text)
            }
        }
        // Enter presses the first button of a form, so that one must go on, not back and not to another language.
        let first = try buttons(0)
        #expect(first.map { "\($0.0)=\($0.1)" } == ["_go=next", "_language=bn", "_go=next"])
        #expect(first.map(\.2) == ["Continue", "বাংলা", "Continue"])
        let second = try buttons(1, [("a", "x")])
        #expect(second.map { "\($0.0)=\($0.1)" } == ["_go=next", "_language=bn", "_go=back", "_go=next"])
        #expect(try buttons(2, [("a", "x"), ("b", "x")]).last?.2 == "Send")
    }

    @Test func progressNeverGoesBackwards() throws {
        let survey = try Fixtures.shippedSurvey("post-purchase.xml")
        var last = 0
        for index in survey.pages.indices {
            let bar = try #require(try checkPage(renderer.render(Fixtures.page(survey, index))).all("progress").first)
            let value = try #require(bar["value"].flatMap { Int($0) })
            #expect(value > last && bar["max"] == String(survey.pages.count))
            last = value
        }
    }

    @Test func problemsStandBesideTheirFieldAndAbove() throws {
        let survey = try Fixtures.everything()
        var page = Fixtures.page(survey)
        page.problems = [
            AnswerProblem(question: try #require(QuestionID("recommend")), kind: .missing),
            AnswerProblem(question: try #require(QuestionID("weight")), kind: .notANumber),
        ]
        let read = try checkPage(renderer.render(page))
        let summary = try #require(read.elements.first { $0["role"] == "alert" })
        #expect(summary.text.hasPrefix("2 things need another look."))
        #expect(summary.text.contains("Do!") && summary.text.contains("Please write a number"))
        #expect(read.element(id: "_recommend.problem")?.text == "Do!")
        #expect(read.element(id: "recommend")?["aria-describedby"] == "_recommend.help _recommend.problem")
        let field = try #require(read.element(id: "weight"))
        #expect(field["aria-invalid"] == "true" && field["aria-required"] == "true")
        #expect(field["aria-describedby"] == "_weight.help _weight.problem")
        #expect(read.all("title").first?.text == "2 things need another look. Sample")
    }

    @Test func partsInAnotherLanguageSaySo() throws {
        // heed does not speak Swahili, and the option was not translated into it.
        let survey = try Fixtures.survey(
            """
            <page id="p"><choice id="q" required="true"><prompt>Q</prompt><prompt xml:lang="sw">Swali</prompt>
            <option code="a"><label>Yes</label></option><option code="b"><label>No</label><label xml:lang="sw">La</label></option>
            </choice></page>
            """, languages: "ar sw")
        let read = try checkPage(renderer.render(Fixtures.page(survey, 0, survey.profile.languages[1])))
        #expect(read.all("html").first?["lang"] == "sw")
        let option = try #require(read.all("span").first { $0.text == "Yes" && $0["lang"] != nil })
        #expect(option["lang"] == "ar" && option["dir"] == "rtl")
        #expect(read.all("span").first { $0.text == "La" }?["lang"] == nil)
        #expect(read.all("span").first { $0.text == "required" }?["lang"] == "en")
        #expect(read.all("div").first { $0["class"] == "acts" }?["lang"] == "en")
    }

    @Test func framingIsOnlyForThoseAllowed() throws {
        let rendered = renderer.render(Fixtures.page(try Fixtures.everything()))
        #expect(rendered.contentSecurityPolicy.hasSuffix("frame-ancestors 'none'"))
        #expect(
            rendered.contentSecurityPolicy(framedBy: ["https://shop.example"]).hasSuffix(
                "frame-ancestors https://shop.example"))
    }

    @Test func manyTasksShareOneRenderer() async throws {
        let survey = try Fixtures.everything()
        await withTaskGroup(of: Bool.self) { group in
            for number in 0..<200 {
                group.addTask { [renderer] in
                    var page = Fixtures.page(survey)
                    page.contactName = "Person \(number)"
                    return String(decoding: renderer.render(page).bytes, as: UTF8.self).contains(
                        "Hello Person \(number)<")
                }
            }
            for await isOwn in group { #expect(isOwn) }
        }
    }
}
