package import Feedback

/// What a customer with some answers is asked: which pages and questions are shown, and which answers count.
///
/// A question counts only while it and its page are shown; an answer that does not count is unknown to every condition.
package struct Routing: Sendable {
    private let questionnaire: Questionnaire
    /// The answers that count, in definition order.
    package let answers: Answers
    /// Whether each page is shown, by index.
    package let pageIsShown: [Bool]
    /// Whether each question of `Questionnaire.questions` is shown, by index.
    package let questionIsShown: [Bool]

    /// Follows the questionnaire from the first page on, under some answers and the invitation's fields.
    package init(_ questionnaire: Questionnaire, answers: Answers, fields: [String: Value]) {
        var walk = Walk(questionnaire: questionnaire, answers: answers, fields: fields)
        self.questionnaire = questionnaire
        pageIsShown = questionnaire.pages.indices.map { walk.showsPage($0) }
        questionIsShown = questionnaire.questions.indices.map { walk.showsQuestion($0) }
        var kept = Answers()
        for (index, entry) in questionnaire.questions.enumerated() where questionIsShown[index] {
            let key = entry.question.id.rawValue
            if let answer = answers[key] { kept[key] = answer }
            if let other = answers[key + ".other"] { kept[key + ".other"] = other }
        }
        self.answers = kept
        lookup = walk.lookup
    }

    /// The value of a question or field, unknown where it was not asked or answered.
    package let lookup: @Sendable (Reference) -> Value

    /// Whether a condition is known to hold; no condition always does.
    package func holds(_ condition: Condition?) -> Bool { condition?.holds(lookup) ?? true }

    /// The questions of a page that are shown.
    package func shownQuestions(of page: Int) -> [Question] {
        zip(questionnaire.questions, questionIsShown).compactMap { $0.page == page && $1 ? $0.question : nil }
    }

    /// The ending whose condition holds first.
    package var ending: Ending? { questionnaire.endings.first { holds($0.visibleWhen) } }

    /// The first shown page that is not among those accepted; nil when all are done.
    package func nextPage(after accepted: some Collection<PageID>) -> Int? {
        pageIsShown.indices.first { pageIsShown[$0] && !accepted.contains(questionnaire.pages[$0].id) }
    }

    /// Required questions of a page that are shown and have no answer, or not all of it.
    package func missing(on page: Int) -> [Question] {
        shownQuestions(of: page).filter { gap(in: $0) != nil }
    }

    /// What a question that must be answered still lacks; nil when nothing, or when it need not be.
    package func gap(in question: Question) -> AnswerProblem.Kind? {
        guard question.isRequired else { return nil }
        guard let answer = answers[question.id.rawValue] else { return .missing }
        return question.type.gap(in: answer)
    }
}

/// Works out what is shown, each question once; a question whose condition rests on itself counts as not shown.
private struct Walk {
    let questionnaire: Questionnaire
    let answers: Answers
    let fields: [String: Value]
    private var pages: [Bool?]
    private var questions: [Bool?]
    private var isInProgress: [Bool]

    init(questionnaire: Questionnaire, answers: Answers, fields: [String: Value]) {
        self.questionnaire = questionnaire
        self.answers = answers
        self.fields = fields
        pages = Array(repeating: nil, count: questionnaire.pages.count)
        questions = Array(repeating: nil, count: questionnaire.questions.count)
        isInProgress = Array(repeating: false, count: questionnaire.questions.count)
    }

    mutating func showsPage(_ index: Int) -> Bool {
        if let known = pages[index] { return known }
        // Until it is known, the page's own questions count as not shown.
        pages[index] = false
        let shows = holds(questionnaire.pages[index].visibleWhen)
        pages[index] = shows
        return shows
    }

    mutating func showsQuestion(_ index: Int) -> Bool {
        if let known = questions[index] { return known }
        if isInProgress[index] { return false }
        isInProgress[index] = true
        let entry = questionnaire.questions[index]
        let shows = showsPage(entry.page) && holds(entry.question.visibleWhen)
        questions[index] = shows
        return shows
    }

    private mutating func holds(_ condition: Condition?) -> Bool {
        guard let condition else { return true }
        var values: [Reference: Value] = [:]
        for reference in condition.references { values[reference] = value(of: reference) }
        return condition.holds { values[$0] ?? .unknown }
    }

    private mutating func value(of reference: Reference) -> Value {
        if case .field(let name) = reference { return fields[name] ?? .unknown }
        guard let id = reference.question, let index = questionnaire.index(of: id), showsQuestion(index),
            let answer = answers[id.rawValue]
        else { return .unknown }
        return questionnaire.questions[index].question.type.value(of: answer, for: reference)
    }

    /// The values as they are now that everything is known.
    var lookup: @Sendable (Reference) -> Value {
        let (questionnaire, answers, fields, questions) = (questionnaire, answers, fields, questions)
        return { reference in
            if case .field(let name) = reference { return fields[name] ?? .unknown }
            guard let id = reference.question, let index = questionnaire.index(of: id), questions[index] == true,
                let answer = answers[id.rawValue]
            else { return .unknown }
            return questionnaire.questions[index].question.type.value(of: answer, for: reference)
        }
    }
}

extension QuestionType {
    /// The value of a reference to a question's whole answer, or to one row of it.
    fileprivate func value(of answer: Answer, for reference: Reference) -> Value {
        guard case .item(_, let item) = reference else { return value(of: answer) }
        guard case .grid(let rows) = answer, let given = rows.first(where: { $0.item == item }) else { return .unknown }
        return row?.value(of: given.answer) ?? .unknown
    }
}
