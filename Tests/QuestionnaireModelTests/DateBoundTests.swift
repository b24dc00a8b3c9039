import Feedback
import QuestionnaireModel
import Testing

/// Bounds counted from the day of answering.
@Suite struct DateBoundTests {
    private func date(_ text: String) throws -> LocalDate { try #require(LocalDate(text)) }

    @Test(
        arguments: [
            ("2024-02-29", "2026-11-22", "2024-02-29"), ("today", "2026-11-22", "2026-11-22"),
            ("today+1d", "2026-12-31", "2027-01-01"), ("today-2w", "2026-01-10", "2025-12-27"),
            ("today+1m", "2026-01-31", "2026-02-28"), ("today-1m", "2024-03-31", "2024-02-29"),
            ("today-18y", "2028-02-29", "2010-02-28"), ("today+14m", "2026-11-22", "2028-01-22"),
        ])
    func meanADay(_ written: String, _ today: String, _ expected: String) throws {
        #expect(try #require(DateBound(written)).date(on: date(today)) == date(expected))
    }

    @Test(arguments: [
        "", "Today", "today+", "today 1d", "today+1", "today+d", "today++1d", "today+1h", "2026-02-30", "today+999y",
        "today+100000d",
    ])
    func nothingElseIsOne(_ written: String) { #expect(DateBound(written) == nil) }

    @Test func todayIsWhereverTheCustomerIs() throws {
        let element = "<date id=\"q\" from=\"today\" to=\"today\"><prompt>P</prompt></date>"
        let question = try Samples.question(element)
        // Noon UTC on 22 November: in Kiritimati the 23rd has begun, on Baker Island the 22nd just has.
        let day = AnsweringDay(at: try #require(Timestamp("2026-11-22T12:00:00.000Z")))
        func problem(_ text: String) -> AnswerProblem.Kind? { question.type.problem(with: .text(text), on: day) }
        #expect(problem("2026-11-22") == nil && problem("2026-11-23") == nil)
        #expect(problem("2026-11-21") == .tooEarly(try date("2026-11-22")))
        #expect(problem("2026-11-24") == .tooLate(try date("2026-11-23")))
        #expect(question.type.dependsOnToday)
        #expect(
            try !Samples.question("<date id=\"q\" from=\"2026-01-01\"><prompt>P</prompt></date>").type.dependsOnToday)
    }

    /// Sent again the day after, an accepted page is the same page: no customer comes too late for what was taken.
    @Test func whatWasTakenStaysTaken() throws {
        let survey = try Samples.questionnaire(
            "<page id=\"p\"><date id=\"q\" to=\"today\"><prompt>P</prompt></date></page>")
        var session = ResponseSession(survey)
        let form = FormFields([.init(name: "q", value: "2026-11-22")])
        let before = AnsweringDay(at: try #require(Timestamp("2026-11-20T12:00:00.000Z")))
        let then = AnsweringDay(at: try #require(Timestamp("2026-11-22T12:00:00.000Z")))
        guard case .refused = session.accept(page: 0, form, today: before) else {
            Issue.record("a day to come was taken")
            return
        }
        #expect(session.accept(page: 0, form, today: then) == .accepted(changed: true))
        #expect(session.isUnchanged(byPage: 0, form))
    }
}
