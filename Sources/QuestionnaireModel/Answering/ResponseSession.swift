package import Feedback

/// One customer's way through a questionnaire: the pages accepted, the answers so far, and what is asked next.
///
/// A pure value: the service draws from it, the data folder decides with it under the lock.
package struct ResponseSession: Sendable {
    /// The questionnaire, in the version the response was started under.
    package let questionnaire: Questionnaire
    /// The invitation's fields, as stored.
    package let fields: Answers
    /// The pages accepted so far, in the order they were first accepted.
    package private(set) var accepted: [PageID]
    /// What is shown and which answers count, under the answers so far.
    package private(set) var routing: Routing

    /// A way that was begun, or a fresh one.
    package init(
        _ questionnaire: Questionnaire, accepted: [PageID] = [], answers: Answers = Answers(),
        fields: Answers = Answers()
    ) {
        self.questionnaire = questionnaire
        self.fields = fields
        self.accepted = accepted
        routing = Routing(questionnaire, answers: answers, fields: Self.values(fields, questionnaire))
    }

    /// A finished response, as if every page that is shown had been accepted.
    package init(finished answers: Answers, of questionnaire: Questionnaire, fields: Answers) {
        self.init(questionnaire, answers: answers, fields: fields)
        accepted = questionnaire.pages.indices.filter { routing.pageIsShown[$0] }.map { questionnaire.pages[$0].id }
    }

    /// The answers that count, in definition order.
    package var answers: Answers { routing.answers }

    /// The answers on accepted pages: the ones that a response left unfinished is counted with.
    package var acceptedAnswers: Answers {
        Answers(
            answers.entries.filter { entry in
                owner(of: entry.key).map { accepted.contains(questionnaire.pages[$0].id) } ?? false
            })
    }

    /// The first unfinished page: shown under the present answers and not yet accepted; nil when all are done.
    package var nextPage: Int? { routing.nextPage(after: accepted) }

    /// The page before one, among those that are shown.
    package func page(before index: Int) -> Int? {
        routing.pageIsShown.indices.last { $0 < index && routing.pageIsShown[$0] }
    }

    /// The ending whose condition holds first.
    package var ending: Ending? { routing.ending }

    /// The page that a question of a stored key stands on.
    private func owner(of key: String) -> Int? {
        QuestionID(String(key.prefix { $0 != "." })).flatMap { questionnaire.index(of: $0) }
            .map { questionnaire.questions[$0].page }
    }

    /// The values of an invitation's fields, by the types the survey declares; what does not fit is unknown.
    package static func values(_ fields: Answers, _ questionnaire: Questionnaire) -> [String: Value] {
        var values: [String: Value] = [:]
        for declaration in questionnaire.fields {
            guard let stored = fields[declaration.name] else { continue }
            switch (declaration.type, stored) {
            case (.number, .integer(let number)): values[declaration.name] = .number(Double(number))
            case (.number, .number(let number)): values[declaration.name] = .number(number.value)
            case (.date, .text(let text)): values[declaration.name] = LocalDate(text).map(Value.date) ?? .unknown
            case (.text, .text(let text)): values[declaration.name] = .text(text)
            case (.text, .integer(let number)): values[declaration.name] = .text(String(number))
            case (.text, .number(let number)): values[declaration.name] = .text(number.text)
            default: values[declaration.name] = .unknown
            }
        }
        return values
    }
}

/// What a page's form came to.
package enum PageOutcome: Sendable, Equatable {
    /// The page is accepted; whether anything is other than before.
    case accepted(changed: Bool)
    /// The valid answers are kept, and the problems say what could not be.
    case kept(changed: Bool, problems: [AnswerProblem])
    /// Nothing changed: problems to mend, or questions that these answers show and that were not drawn.
    case refused(problems: [AnswerProblem], revealed: [QuestionID])
    /// The page is not asked under the present answers; nothing changed.
    case notAsked
}

extension ResponseSession {
    /// Takes a page's form: replaces that page's answers, drops answers no longer asked and marks the page accepted,
    /// or says why not.
    ///
    /// `drawn` names the questions the sent page had, so that one which only now is shown is asked before the page
    /// counts; `today` is the day that bounds such as `today` mean, which are not asked of a form sent again.
    package mutating func accept(
        page index: Int, _ form: FormFields, drawn: Set<QuestionID>? = nil, today: AnsweringDay? = nil
    ) -> PageOutcome {
        guard questionnaire.pages.indices.contains(index), routing.pageIsShown[index] else { return .notAsked }
        let reading = read(index, form, today)
        var problems: [AnswerProblem] = []
        var revealed: [QuestionID] = []
        for question in reading.routing.shownQuestions(of: index) {
            if let drawn, !drawn.contains(question.id) {
                revealed.append(question.id)
            } else if let kind = reading.problems[question.id] {
                problems.append(AnswerProblem(question: question.id, kind: kind))
            } else if let kind = reading.routing.gap(in: question) {
                problems.append(AnswerProblem(question: question.id, kind: kind))
            }
        }
        // Checks compare answers that are each sound by themselves.
        if problems.isEmpty { problems = reading.routing.unmetChecks(on: index) }
        guard problems.isEmpty, revealed.isEmpty else { return .refused(problems: problems, revealed: revealed) }
        return .accepted(changed: take(reading.routing, accepting: questionnaire.pages[index].id))
    }

    /// Keeps what is valid of a page's form without marking the page accepted: for back and another language.
    package mutating func keep(page index: Int, _ form: FormFields, today: AnsweringDay? = nil) -> PageOutcome {
        guard questionnaire.pages.indices.contains(index), routing.pageIsShown[index] else { return .notAsked }
        let reading = read(index, form, today)
        let problems = reading.routing.shownQuestions(of: index).compactMap { question in
            reading.problems[question.id].map { AnswerProblem(question: question.id, kind: $0) }
        }
        return .kept(changed: take(reading.routing, accepting: nil), problems: problems)
    }

    /// Whether a page's form, sent again, would change nothing of what is stored.
    package func isUnchanged(byPage index: Int, _ form: FormFields) -> Bool {
        var copy = self
        return copy.accept(page: index, form) == .accepted(changed: false)
    }

    private typealias Reading = (routing: Routing, problems: [QuestionID: AnswerProblem.Kind])

    /// What a page's form comes to beside the answers on other pages; options that are not offered count as not sent.
    private func read(_ index: Int, _ form: FormFields, _ today: AnsweringDay?) -> Reading {
        let values = Self.values(fields, questionnaire)
        let elsewhere = answers.entries.filter { owner(of: $0.key) != index }
        let questions = questionnaire.pages[index].questions
        var offers: [QuestionID: [String]] = [:]
        // What is offered may rest on other answers of the page. It never goes round in a circle, so that every
        // reading settles one question more.
        for _ in 0...questions.count {
            var reading = decode(questions, form, offers, today)
            reading.entries = elsewhere + reading.entries
            let routing = Routing(questionnaire, answers: Answers(reading.entries), fields: values)
            let found = questions.filter { !$0.optionConditions.isEmpty }
            let now = Dictionary(uniqueKeysWithValues: found.map { ($0.id, routing.offered($0)) })
            if now == offers { return (routing, reading.problems) }
            offers = now
        }
        let last = decode(questions, form, offers, today)
        return (
            Routing(questionnaire, answers: Answers(elsewhere + last.entries), fields: values), last.problems
        )
    }

    private func decode(
        _ questions: [Question], _ form: FormFields, _ offers: [QuestionID: [String]], _ today: AnsweringDay?
    ) -> (entries: [Answers.Entry], problems: [QuestionID: AnswerProblem.Kind]) {
        var entries: [Answers.Entry] = []
        var problems: [QuestionID: AnswerProblem.Kind] = [:]
        for question in questions {
            var (type, sent) = (question.type, form)
            if let offered = offers[question.id] {
                type = question.type.offering(offered)
                let hidden = question.type.offered.map(\.code).filter { !offered.contains($0) }
                sent = form.dropping(hidden, of: question)
            }
            switch type.decode(sent, id: question.id) {
            case .none: break
            case .answers(let given):
                let own = given.first { $0.key == question.id.rawValue }?.answer
                if let own, let kind = today.flatMap({ type.problem(with: own, on: $0) }) {
                    problems[question.id] = kind
                } else {
                    entries += given
                }
            case .problem(let kind): problems[question.id] = kind
            }
        }
        return (entries, problems)
    }

    /// Goes over to new answers; pages that now ask something they did not ask before are no longer accepted.
    private mutating func take(_ new: Routing, accepting page: PageID?) -> Bool {
        let (old, pagesBefore) = (routing, accepted)
        routing = new
        if let page, !accepted.contains(page) { accepted.append(page) }
        accepted = accepted.filter { id in
            guard let index = questionnaire.pages.firstIndex(where: { $0.id == id }), new.pageIsShown[index] else {
                return false
            }
            if id == page { return true }
            let asksMore = questionnaire.questions.indices.contains {
                questionnaire.questions[$0].page == index && new.questionIsShown[$0] && !old.questionIsShown[$0]
            }
            return !asksMore && new.missing(on: index).isEmpty && new.unmetChecks(on: index).isEmpty
        }
        return accepted != pagesBefore || new.answers != old.answers
    }
}
