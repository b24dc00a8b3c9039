import Feedback
import QuestionnaireModel
import Testing

/// What answers must satisfy together: only what is known to be false is refused.
@Suite struct PageCheckTests {
    private static let pages = """
        <page id="one"><number id="guests" required="true"><prompt>P</prompt></number></page>
        <page id="two"><number id="adults"><prompt>P</prompt></number>
        <number id="children" show-if="guests ge 2"><prompt>P</prompt></number>
        <check that="adults + children le guests">More came than were asked.</check></page>
        """

    private func form(_ fields: [String: String]) -> FormFields {
        FormFields(fields.map { FormFields.Field(name: $0.key, value: $0.value) })
    }

    private func session(guests: String) throws -> ResponseSession {
        var session = ResponseSession(try Samples.questionnaire(Self.pages))
        #expect(session.accept(page: 0, form(["guests": guests])) == .accepted(changed: true))
        return session
    }

    @Test func whatIsFalseIsRefusedBesideTheLastQuestionItReads() throws {
        var session = try session(guests: "3")
        let outcome = session.accept(page: 1, form(["adults": "2", "children": "2"]))
        guard case .refused(let problems, _) = outcome, let problem = problems.first,
            case .unmet(let message) = problem.kind
        else {
            Issue.record("\(outcome)")
            return
        }
        #expect(problems.count == 1 && problem.question.rawValue == "children")
        #expect(message.filled(in: .english) { _ in nil } == "More came than were asked.")
        #expect(session.answers["adults"] == nil)
        #expect(session.accept(page: 1, form(["adults": "2", "children": "1"])) == .accepted(changed: true))
        #expect(session.nextPage == nil)
    }

    @Test func silenceIsNotRefused() throws {
        var session = try session(guests: "1")
        // The children are not asked, so whether they are too many is unknown.
        #expect(session.accept(page: 1, form(["adults": "9"])) == .accepted(changed: true))
        var other = try self.session(guests: "3")
        #expect(other.accept(page: 1, form(["children": "9"])) == .accepted(changed: true))
    }

    @Test func problemsOfSingleAnswersComeFirst() throws {
        var session = try session(guests: "3")
        let outcome = session.accept(page: 1, form(["adults": "many", "children": "9"]))
        let adults = try #require(QuestionID("adults"))
        #expect(outcome == .refused(problems: [AnswerProblem(question: adults, kind: .notANumber)], revealed: []))
    }

    /// An earlier page that is changed later can break the check of an accepted one: that page is due again.
    @Test func anAcceptedPageIsDueAgainWhenItsCheckIsBroken() throws {
        var session = try session(guests: "5")
        #expect(session.accept(page: 1, form(["adults": "2", "children": "3"])) == .accepted(changed: true))
        #expect(session.nextPage == nil)
        #expect(session.accept(page: 0, form(["guests": "4"])) == .accepted(changed: true))
        #expect(session.nextPage == 1)
    }

    @Test func backKeepsWhatDoesNotFitYet() throws {
        var session = try session(guests: "3")
        #expect(session.keep(page: 1, form(["adults": "2", "children": "2"])) == .kept(changed: true, problems: []))
        #expect(session.nextPage == 1 && session.answers["children"] == .integer(2))
    }
}
