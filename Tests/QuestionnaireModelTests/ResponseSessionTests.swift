import Diagnostics
import Feedback
import FeedbackTestSupport
import QuestionnaireModel
import SurveyCompiler
import Testing

/// Random questionnaires and random customers: whatever is asked and answered, the rules of DESIGN section 7 hold.
@Suite("Response sessions")
struct ResponseSessionTests {
    /// A questionnaire of some pages whose questions depend on earlier ones, and on others of their page.
    private func questionnaire(_ random: inout SeededGenerator) throws -> Questionnaire {
        var xml =
            #"<survey xmlns="urn:heed:survey:1" id="any" version="1" kind="relationship" languages="en" access="open"><title>T</title>"#
        var names: [String] = []
        for page in 0..<Int.random(in: 1...5, using: &random) {
            let condition =
                names.randomElement(using: &random).map { Bool.random(using: &random) ? " show-if=\"\($0) le 6\"" : "" }
                ?? ""
            xml += "<page id=\"p\(page)\"\(condition)>"
            for question in 0..<Int.random(in: 1...3, using: &random) {
                let name = "q\(page)-\(question)"
                let earlier = names.randomElement(using: &random)
                let shown =
                    earlier.map {
                        Bool.random(using: &random)
                            ? " show-if=\"\($0) ge \(Int.random(in: 1...10, using: &random))\"" : ""
                    } ?? ""
                let required = Bool.random(using: &random) ? " required=\"true\"" : ""
                xml += "<nps id=\"\(name)\"\(required)\(shown)><prompt>P</prompt></nps>"
                names.append(name)
            }
            xml += "</page>"
        }
        xml += "<ending><message>E</message></ending></survey>"
        // Random conditions may lead nowhere, which is proven elsewhere; a session must carry them all the same.
        let source = SourceText(file: "any.xml", bytes: Array(xml.utf8))
        return try #require(SurveyCompiler().unproven(source), "\(xml)")
    }

    private func form(_ questions: [Question], _ random: inout SeededGenerator) -> FormFields {
        var form = FormFields()
        for question in questions {
            switch Int.random(in: 0..<10, using: &random) {
            case 0: break
            case 1: form.append(question.id.rawValue, "eleven")
            default: form.append(question.id.rawValue, String(Int.random(in: 0...10, using: &random)))
            }
        }
        return form
    }

    private func check(_ session: ResponseSession, _ comment: Comment) {
        let routing = session.routing
        let pages = session.questionnaire.pages
        let shown = zip(session.questionnaire.questions, routing.questionIsShown).compactMap {
            $1 ? $0.question.id.rawValue : nil
        }
        // Answers are of shown questions only, in definition order.
        #expect(session.answers.entries.map(\.key) == shown.filter { session.answers[$0] != nil }, comment)
        // Accepted pages are shown and lack nothing, so that a finished response lacks nothing either.
        for id in session.accepted {
            let index = pages.firstIndex { $0.id == id }
            #expect(index.map { routing.pageIsShown[$0] && routing.missing(on: $0).isEmpty } == true, comment)
        }
        #expect(Set(session.accepted).count == session.accepted.count, comment)
        if let next = session.nextPage {
            #expect(routing.pageIsShown[next] && !session.accepted.contains(pages[next].id), comment)
        } else {
            #expect(
                pages.indices.allSatisfy { !routing.pageIsShown[$0] || session.accepted.contains(pages[$0].id) },
                comment)
            #expect(session.acceptedAnswers == session.answers, comment)
        }
        // The answers alone give the same way.
        let again = ResponseSession(session.questionnaire, accepted: session.accepted, answers: session.answers)
        #expect(again.answers == session.answers && again.nextPage == session.nextPage, comment)
    }

    @Test(arguments: 0..<60 as Range<UInt64>)
    func `whatever a customer sends, on any page and in any order`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var session = ResponseSession(try questionnaire(&random))
        let pages = session.questionnaire.pages
        for turn in 0..<40 {
            let comment: Comment = "seed \(seed), turn \(turn)"
            let page = Int.random(in: 0..<pages.count, using: &random)
            let form = form(pages[page].questions, &random)
            let before = session
            let keeps = Int.random(in: 0..<4, using: &random) == 0
            let outcome = keeps ? session.keep(page: page, form) : session.accept(page: page, form)
            check(session, comment)
            switch outcome {
            case .notAsked, .refused:
                #expect(session.answers == before.answers && session.accepted == before.accepted, comment)
                #expect(outcome != .notAsked || !before.routing.pageIsShown[page], comment)
            case .accepted(let changed):
                #expect(changed == (session.answers != before.answers || session.accepted != before.accepted), comment)
                #expect(session.accepted.contains(pages[page].id), comment)
                var again = session
                #expect(again.accept(page: page, form) == .accepted(changed: false), comment)
                #expect(session.isUnchanged(byPage: page, form), comment)
            case .kept(let changed, _):
                #expect(changed == (session.answers != before.answers || session.accepted != before.accepted), comment)
                #expect(before.accepted.contains(pages[page].id) || !session.accepted.contains(pages[page].id), comment)
            }
            // Other pages' answers are as they were, or no longer asked.
            for entry in before.answers.entries
            where !pages[page].questions.contains(where: { $0.id.rawValue == entry.key }) {
                let after = session.answers[entry.key]
                let index = try #require(QuestionID(entry.key).flatMap(session.questionnaire.index(of:)))
                #expect(after == entry.answer || (after == nil && !session.routing.questionIsShown[index]), comment)
            }
        }
    }

    @Test(arguments: 0..<60 as Range<UInt64>)
    func `who answers every page that is due comes to the end`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed &+ 1000)
        var session = ResponseSession(try questionnaire(&random))
        var turns = 0
        while let page = session.nextPage {
            var form = FormFields()
            for question in session.questionnaire.pages[page].questions {
                form.append(question.id.rawValue, String(Int.random(in: 0...10, using: &random)))
            }
            #expect(session.accept(page: page, form) == .accepted(changed: true), "seed \(seed)")
            turns += 1
            guard turns <= session.questionnaire.pages.count else {
                Issue.record("no end, seed \(seed)")
                return
            }
        }
        #expect(session.ending != nil)
        let finished = ResponseSession(finished: session.answers, of: session.questionnaire, fields: Answers())
        #expect(finished.nextPage == nil && finished.answers == session.answers)
    }

    @Test func `a question that was not drawn is asked before its page counts`() throws {
        var random = SeededGenerator(seed: 1)
        var session = ResponseSession(try questionnaire(&random))
        let page = try #require(session.nextPage)
        let questions = session.questionnaire.pages[page].questions
        var form = FormFields()
        for question in questions { form.append(question.id.rawValue, "10") }
        guard case .refused(let problems, let revealed) = session.accept(page: page, form, drawn: []) else {
            Issue.record("taken")
            return
        }
        #expect(problems.isEmpty && !revealed.isEmpty)
        #expect(session.accept(page: page, form, drawn: Set(questions.map(\.id))) == .accepted(changed: true))
    }

    @Test func `fields have the values their declarations say`() throws {
        let xml = """
            <survey xmlns="urn:heed:survey:1" id="f" version="1" kind="transactional" languages="en" access="invited"><title>T</title>
            <fields><field name="order.product" type="text"/><field name="order.count" type="number"/><field name="order.day" type="date"/></fields>
            <page id="p"><text id="a" show-if="order.count ge 2"><prompt>P</prompt></text><text id="b"><prompt>P</prompt></text></page>
            <ending><message>E</message></ending></survey>
            """
        let compiled = SurveyCompiler().compile(SourceText(file: "f.xml", bytes: Array(xml.utf8)))
        let questionnaire = try #require(compiled.questionnaire, "\(compiled.diagnostics.map(\.message))")
        func values(_ entries: [Answers.Entry]) -> [String: Value] {
            ResponseSession.values(Answers(entries), questionnaire)
        }
        #expect(values([]) == [:])
        #expect(values([.init(key: "order.count", answer: .integer(2))]) == ["order.count": .number(2)])
        #expect(values([.init(key: "order.count", answer: .text("two"))]) == ["order.count": .unknown])
        #expect(values([.init(key: "order.product", answer: .integer(7))]) == ["order.product": .text("7")])
        #expect(values([.init(key: "order.day", answer: .text("2026-02-30"))]) == ["order.day": .unknown])
        let session = ResponseSession(questionnaire, fields: Answers([.init(key: "order.count", answer: .integer(2))]))
        #expect(session.routing.shownQuestions(of: 0).map(\.id.rawValue) == ["a", "b"])
        #expect(ResponseSession(questionnaire).routing.shownQuestions(of: 0).map(\.id.rawValue) == ["b"])
    }
}
