import Diagnostics
import Feedback
import FeedbackTestSupport
import QuestionnaireModel
import SurveyCompiler
import Testing

/// Addresses, numbers and dates as people type them; options ranked; rows answered.
@Suite struct TypedQuestionTests {
    func decode(_ element: String, _ pairs: (String, String)...) throws -> DecodedAnswer {
        let question = try Samples.question(element)
        return question.type.decode(QuestionTypeConformanceTests.fields(pairs), id: question.id)
    }

    func stored(_ answer: Answer) -> DecodedAnswer { .answers([Answers.Entry(key: "q", answer: answer)]) }

    static let email = "<email id=\"q\"><prompt>P</prompt></email>"
    static let phone = "<phone id=\"q\"><prompt>P</prompt></phone>"

    @Test(arguments: [
        ("maria@example.com", "maria@example.com"), ("\t maria@example.com \n", "maria@example.com"),
        ("MARIA@Example.COM", "MARIA@Example.COM"), ("a@localhost", "a@localhost"), (".a..b.@x", ".a..b.@x"),
        ("a@" + String(repeating: "b", count: 63) + ".c", "a@" + String(repeating: "b", count: 63) + ".c"),
    ])
    func addressesAreTakenAsBrowsersTakeThem(_ typed: String, _ kept: String) throws {
        #expect(try decode(Self.email, ("q", typed)) == stored(.text(kept)))
    }

    @Test(arguments: [
        "maria", "@example.com", "maria@", "a@b@c", "a b@c", "a@b c", "a@-b", "a@b-", "a@b..c", "a@.b", "a@b.", "ü@b",
        "a@ü", "a\n@b", "<a@b>", "a@b,c@d", "\"a\"@b", "a@[127.0.0.1]", "a@" + String(repeating: "b", count: 64),
        String(repeating: "a", count: 250) + "@b.cd",
    ])
    func whatIsNoAddressIsRefused(_ typed: String) throws {
        #expect(try decode(Self.email, ("q", typed)) == .problem(.notEmail))
    }

    /// The expression of the standard, read independently by a regular expression engine.
    @Test func addressesAgreeWithTheStandardsExpression() throws {
        let standard =
            /[a-zA-Z0-9.!#$%&'*+\/=?^_`{|}~\-]+@[a-zA-Z0-9](?:[a-zA-Z0-9\-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9\-]{0,61}[a-zA-Z0-9])?)*/
            .matchingSemantics(.unicodeScalar)
        var generator = SeededGenerator(seed: 11)
        var taken = 0
        for _ in 0..<3000 {
            let alphabet: [Character] = ["a", "Z", "0", "-", ".", "@", "_", "é", " ", "'", "("]
            let length = Int.random(in: 1...9, using: &generator)
            let text = String((0..<length).map { _ in alphabet.randomElement(using: &generator) ?? "a" })
            if text.contains(" ") || text.isEmpty { continue }
            let expected = text.wholeMatch(of: standard) != nil
            taken += expected ? 1 : 0
            #expect((try decode(Self.email, ("q", text)) == stored(.text(text))) == expected, "\(text)")
        }
        #expect(taken >= 10)
    }

    @Test(arguments: [
        "1234", "1234567890123456", "call me", "+", "12+345", "++12345", "123456 ext. 7", "12345;6", "１２３４５",
        "12345" + String(repeating: " ", count: 40) + "6",
    ])
    func whatIsNoTelephoneNumberIsRefused(_ typed: String) throws {
        #expect(try decode(Self.phone, ("q", typed)) == .problem(.notPhone))
    }

    @Test func telephoneNumbersStayAsTyped() throws {
        #expect(try decode(Self.phone, ("q", "(030)  90 18-20 ")) == stored(.text("(030)  90 18-20")))
        #expect(try decode(Self.phone, ("q", "০১৭১১ ২৩৪৫৬৭")) == stored(.text("০১৭১১ ২৩৪৫৬৭")))
        #expect(try decode(Self.phone, ("q", "\u{202A}+1 202 555 0100\u{202C}")) == stored(.text("+1 202 555 0100")))
    }

    @Test func datesKeepTheirBounds() throws {
        let element = "<date id=\"q\" from=\"2024-02-28\" to=\"2024-03-01\"><prompt>P</prompt></date>"
        let (first, last) = (try #require(LocalDate("2024-02-28")), try #require(LocalDate("2024-03-01")))
        #expect(try decode(element, ("q", "2024-02-29")) == stored(.text("2024-02-29")))
        #expect(try decode(element, ("q", "২০২৪-০২-২৯")) == stored(.text("2024-02-29")))
        #expect(try decode(element, ("q", "2024-02-27")) == .problem(.tooEarly(first)))
        #expect(try decode(element, ("q", "2024-03-02")) == .problem(.tooLate(last)))
        for typed in ["2024-02-30", "2024-2-9", "29.02.2024", "2024-02-29T00:00", "20240229", "today"] {
            #expect(try decode(element, ("q", typed)) == .problem(.notADate), "\(typed)")
        }
    }

    @Test func datesAreComparedInConditions() throws {
        let pages = """
            <page id="a"><date id="q"><prompt>P</prompt></date></page>
            <page id="b" show-if="q ge '2026-01-01' and q ne field"><nps id="n"><prompt>P</prompt></nps></page>
            """
        let survey = try Samples.questionnaire(pages, root: "<fields><field name=\"field\" type=\"date\"/></fields>")
        for (date, isShown) in [("2025-12-31", false), ("2026-01-01", true), ("2026-05-05", false)] {
            let answers = Answers([Answers.Entry(key: "q", answer: .text(date))])
            let fields = ["field": Value.date(try #require(LocalDate("2026-05-05")))]
            #expect(Routing(survey, answers: answers, fields: fields).pageIsShown[1] == isShown)
        }
    }

    static let ranking = """
        <ranking id="q" least="2" most="3"><prompt>P</prompt><option code="z">Z</option><option code="a">A</option>\
        <option code="m">M</option><option code="b">B</option></ranking>
        """

    @Test func rankingsAreStoredInRankOrder() throws {
        #expect(
            try decode(Self.ranking, ("q.z", "3"), ("q.a", ""), ("q.m", "1"), ("q.b", "2"))
                == stored(.list(["m", "b", "z"])))
        // A place left out closes up.
        #expect(try decode(Self.ranking, ("q.z", "3"), ("q.m", "1")) == stored(.list(["m", "z"])))
        #expect(try decode(Self.ranking, ("q.z", "2"), ("q.m", "2")) == .problem(.samePlace(2)))
        #expect(try decode(Self.ranking, ("q.z", "1")) == .problem(.tooFewPlaces(2)))
        #expect(try decode(Self.ranking, ("q.z", "4")) == .problem(.notOnScale(1...3)))
        #expect(try decode(Self.ranking, ("q.z", "1"), ("q.x", "2")) == .problem(.notAnOption))
        #expect(try decode(Self.ranking, ("q.z", "1"), ("q.z", "2")) == .problem(.moreThanOne))
        #expect(try decode(Self.ranking, ("q", "z")) == .problem(.notAnOption))
        let question = try Samples.question(Self.ranking)
        let cell = FormFields(question.type.formFields(cell: "b; z", id: question.id))
        #expect(question.type.decode(cell, id: question.id) == stored(.list(["b", "z"])))
        #expect(question.type.words(for: .list(["b", "z"]), in: .english) == "1. B, 2. Z")
    }

    static let matrix = """
        <matrix id="q" to="5" required="true"><prompt>P</prompt><item id="speed">Speed</item><item id="price">Price</item></matrix>
        """

    @Test func everyRowOfARequiredMatrixIsAnswered() throws {
        let survey = try Samples.questionnaire("<page id=\"p\">\(Self.matrix)</page>")
        func outcome(_ pairs: (String, String)...) -> PageOutcome {
            var session = ResponseSession(survey)
            return session.accept(page: 0, QuestionTypeConformanceTests.fields(pairs))
        }
        let id = survey.questions[0].question.id
        func refused(_ kind: AnswerProblem.Kind) -> PageOutcome {
            .refused(problems: [AnswerProblem(question: id, kind: kind)], revealed: [])
        }
        #expect(outcome() == refused(.missing))
        #expect(outcome(("q.price", "4")) == refused(.rowsOpen))
        #expect(outcome(("q.price", "6"), ("q.speed", "1")) == refused(.notOnScale(1...5)))
        #expect(outcome(("q.price", "4"), ("q.speed", "1")) == .accepted(changed: true))
        // What is there is kept on the way back, and the page is asked again.
        var session = ResponseSession(survey)
        #expect(
            session.keep(page: 0, QuestionTypeConformanceTests.fields([("q.price", "4")]))
                == .kept(changed: true, problems: []))
        #expect(session.answers["q"] == .grid([GridRow(item: "price", answer: .integer(4))]))
        #expect(session.nextPage == 0)
    }

    @Test func rowsAreStoredInDefinitionOrder() throws {
        let rows = [GridRow(item: "speed", answer: .integer(2)), GridRow(item: "price", answer: .integer(5))]
        #expect(try decode(Self.matrix, ("q.price", "5"), ("q.speed", "2")) == stored(.grid(rows)))
        #expect(try decode(Self.matrix, ("q.price", "5"), ("q.colour", "2")) == .problem(.notAnOption))
        #expect(try decode(Self.matrix, ("q.price", "5"), ("q.price", "4")) == .problem(.moreThanOne))
        #expect(try Samples.question(Self.matrix).type.words(for: .grid(rows), in: .english) == "Speed: 2; Price: 5")
    }

    @Test(arguments: [
        ("<date id=\"q\" from=\"2026-02-01\" to=\"2026-01-01\"><prompt>P</prompt></date>", ["S040"]),
        ("<date id=\"q\" from=\"2026-02-30\"><prompt>P</prompt></date>", ["S018"]),
        (
            "<ranking id=\"q\" most=\"3\"><prompt>P</prompt><option code=\"a\">A</option><option code=\"b\">B</option></ranking>",
            ["S040"]
        ),
        ("<matrix id=\"q\" from=\"1\" to=\"30\"><prompt>P</prompt><item id=\"a\">A</item></matrix>", ["S041"]),
        ("<matrix id=\"q\"><prompt>P</prompt></matrix>", ["S015"]),
        (
            "<matrix id=\"q\"><prompt>P</prompt><item id=\"a\">A</item><item id=\"a\">B</item></matrix>", ["S013"]
        ),
        ("<matrix id=\"q\"><prompt>P</prompt><item id=\"a\">A</item><option code=\"x\">X</option></matrix>", ["S043"]),
        (
            """
            <matrix id="q" to="5"><prompt>P</prompt><item id="a">A</item><option code="x">X</option><option code="y">Y</option></matrix>
            """, ["S043"]
        ),
    ])
    func impossibleQuestionsAreFoundByTheCompiler(_ element: String, _ codes: [String]) {
        let compiled = Samples.compile(Samples.survey("<page id=\"p\">\(element)</page>"))
        #expect(compiled.diagnostics.map(\.code.id) == codes)
        #expect(compiled.questionnaire == nil)
    }

    @Test func rowsAreNamedInConditionsAndAreNoFields() throws {
        func codes(_ condition: String, field: String = "order.product") -> [String] {
            Samples.compile(
                Samples.survey(
                    "<page id=\"p\">\(Self.matrix)</page><page id=\"r\" show-if=\"\(condition)\"><nps id=\"n\"><prompt>P</prompt></nps></page>",
                    root: "<fields><field name=\"\(field)\" type=\"text\"/></fields>")
            ).diagnostics.map(\.code.id)
        }
        #expect(codes("q.speed le 2 and answered(q)") == [])
        #expect(codes("q.spede le 2") == ["S014"])
        #expect(codes("q.speed ge 6") == ["S035"])
        #expect(codes("q eq 2") == ["S033"])
        #expect(codes("answered(q)", field: "q.speed") == ["S019"])
    }
}
