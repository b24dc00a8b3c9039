import Diagnostics
import Feedback
import QuestionnaireModel
import SurveyCompiler
import Testing

/// What particular question types do, beyond what all promise.
@Suite struct QuestionTypeTests {
    func decode(_ element: String, _ pairs: (String, String)...) throws -> DecodedAnswer {
        let question = try Samples.question(element)
        return question.type.decode(QuestionTypeConformanceTests.fields(pairs), id: question.id)
    }

    func answers(_ entries: (String, Answer)...) -> DecodedAnswer {
        .answers(entries.map { Answers.Entry(key: $0.0, answer: $0.1) })
    }

    @Test func choicesAreStoredInDefinitionOrder() throws {
        let element = """
            <choices id="q"><prompt>P</prompt><option code="z">Z</option><option code="a">A</option>\
            <option code="m">M</option></choices>
            """
        #expect(try decode(element, ("q", "m"), ("q", "z"), ("q", "m")) == answers(("q", .list(["z", "m"]))))
        #expect(
            try Samples.question(element).type.formFields(cell: "m; z ;", id: try Samples.question(element).id).map(
                \.value) == ["m", "z"])
        #expect(try decode(element, ("q", "m"), ("q", "nothing")) == .problem(.notAnOption))
    }

    @Test func choicesKeepTheirBounds() throws {
        let element = try #require(Samples.elements["choices"]?.first)
        #expect(try decode(element, ("q", "z")) == .problem(.tooFew(2)))
        #expect(try decode(element, ("q", "z"), ("q", "a"), ("q", "m"), ("q", "else")) == .problem(.tooMany(3)))
        #expect(try decode(element, ("q", "none")) == answers(("q", .list(["none"]))))
        #expect(try decode(element, ("q", "none"), ("q", "a")) == .problem(.exclusive))
    }

    @Test func otherTextCountsOnlyWithItsOption() throws {
        let element = try #require(Samples.elements["choice"]?.first)
        #expect(try decode(element, ("q", "a"), ("q.other", "x")) == answers(("q", .text("a"))))
        #expect(
            try decode(element, ("q", "else"), ("q.other", "x"))
                == answers(("q", .text("else")), ("q.other", .text("x"))))
        #expect(try decode(element, ("q", "else"), ("q.other", "  ")) == answers(("q", .text("else"))))
        let long = String(repeating: "x", count: 501)
        #expect(try decode(element, ("q", "else"), ("q.other", long)) == .problem(.tooLong(most: 500, count: 501)))
    }

    @Test(arguments: [
        ("12", "12"), (" 3.50 ", "3.5"), ("3,5", "3.5"), ("-0", "0"), ("−7", "-7"), ("+7", "7"), ("0,125", "0.125"),
        (",5", "0.5"),
        (".5", "0.5"), ("1 234", "1234"), ("1\u{A0}234\u{A0}567,8", "1234567.8"), ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1,234,567", "1234567"), ("1.234.567", "1234567"), ("1'234.50", "1234.5"), ("1.234", "1.234"),
        ("1,2345", "1.2345"),
        ("১২", "12"), ("٣٫٥", "3.5"), ("१२.५", "12.5"), ("007", "7"),
    ])
    func numbersAreReadAsPeopleWriteThem(_ typed: String, _ stored: String) throws {
        let expected = Int(stored).map { Answer.integer($0) } ?? DecimalNumber(stored).map { Answer.number($0) }
        let answer = try #require(expected)
        #expect(try decode("<number id=\"q\"><prompt>P</prompt></number>", ("q", typed)) == answers(("q", answer)))
    }

    @Test(arguments: [
        "1,234", "１０", "1e1", "NaN", "0x1", "1.2.3", "1,23,456", "12 34", "1..2", "-", ",", "1,", "1-2", "--1",
        "1.234,567.8", "٣a",
        "1234567890123456", "1,234 567",
    ])
    func whatIsInDoubtIsNoNumber(_ typed: String) throws {
        #expect(try decode("<number id=\"q\"><prompt>P</prompt></number>", ("q", typed)) == .problem(.notANumber))
    }

    @Test func numbersKeepTheirBounds() throws {
        let element = "<number id=\"q\" least=\"-2.5\" most=\"10\" whole=\"true\"><prompt>P</prompt></number>"
        #expect(try decode(element, ("q", "1.5")) == .problem(.notWhole))
        let (least, most) = (try #require(DecimalNumber("-2.5")), try #require(DecimalNumber("10")))
        #expect(try decode(element, ("q", "-3")) == .problem(.tooLow(least)))
        #expect(try decode(element, ("q", "10.0")) == answers(("q", .integer(10))))
        #expect(try decode(element, ("q", "11")) == .problem(.tooHigh(most)))
    }

    @Test func consentKeepsTheDigestOfItsWords() throws {
        // printf 'May we?\nAll of it' | sha256sum | head -c 32
        let given = try decode(
            "<consent id=\"q\"><prompt>May we?</prompt><terms>All of it</terms></consent>", ("q", "yes"))
        #expect(given == answers(("q", .consent(given: true, text: "ea89ebe7bd98c7c4624b2e56c9128543"))))
        let other = try decode(
            "<consent id=\"q\"><prompt>May we now?</prompt><terms>All of it</terms></consent>", ("q", "yes"))
        #expect(given != other)
    }

    @Test func ratingsRunWhereTheirAuthorSays() throws {
        let zeroToTen = try Samples.question("<rating id=\"q\" from=\"0\" to=\"10\"><prompt>P</prompt></rating>")
        #expect(zeroToTen.type.domain == .integers(0...10))
        #expect(zeroToTen.type.measure == .rating(0...10))
        #expect(try Samples.question("<rating id=\"q\"><prompt>P</prompt></rating>").type.domain == .integers(1...10))
    }

    @Test(arguments: [
        ("<rating id=\"q\" from=\"5\" to=\"5\"><prompt>P</prompt></rating>", "S040"),
        ("<rating id=\"q\" from=\"0\" to=\"21\"><prompt>P</prompt></rating>", "S041"),
        ("<number id=\"q\" least=\"5\" most=\"4\"><prompt>P</prompt></number>", "S040"),
        (
            "<choices id=\"q\" least=\"3\"><prompt>P</prompt><option code=\"a\">A</option><option code=\"b\">B</option></choices>",
            "S040"
        ),
        (
            """
            <choice id="q"><prompt>P</prompt><option code="a" other="true">A</option>\
            <option code="b" other="true">B</option></choice>
            """, "S042"
        ),
    ])
    func impossibleQuestionsAreFoundByTheCompiler(_ element: String, _ code: String) {
        let compiled = Samples.compile(Samples.survey("<page id=\"p\">\(element)</page>"))
        #expect(compiled.diagnostics.map(\.code.id) == [code])
        #expect(compiled.questionnaire == nil)
    }
}
