package import Feedback

/// What a customer with some answers is asked: which pages and questions are shown, and which answers count.
///
/// A question counts only while it and its page are shown; an answer that does not count is unknown to every condition.
package struct Routing: Sendable {
    let questionnaire: Questionnaire
    /// The answers that count, in definition order.
    package let answers: Answers
    /// Whether each page is shown, by index.
    package let pageIsShown: [Bool]
    /// Whether each question of `Questionnaire.questions` is shown, by index.
    package let questionIsShown: [Bool]

    /// The codes of the options or rows that are offered, by question, for those with conditions on some of them.
    private let offers: [QuestionID: [String]]

    /// Follows the questionnaire from the first page on, under some answers and the invitation's fields.
    package init(_ questionnaire: Questionnaire, answers: Answers, fields: [String: Value]) {
        var walk = Walk(questionnaire: questionnaire, answers: answers, fields: fields)
        self.questionnaire = questionnaire
        pageIsShown = questionnaire.pages.indices.map { walk.showsPage($0) }
        questionIsShown = questionnaire.questions.indices.map { walk.showsQuestion($0) }
        var kept = Answers()
        var offers: [QuestionID: [String]] = [:]
        for (index, entry) in questionnaire.questions.enumerated() where questionIsShown[index] {
            let question = entry.question
            let key = question.id.rawValue
            if !question.optionConditions.isEmpty { offers[question.id] = walk.offered(index) }
            guard let answer = walk.answer(index) else { continue }
            kept[key] = answer
            if let other = answers[key + ".other"], question.keepsOther(beside: answer) { kept[key + ".other"] = other }
        }
        self.answers = kept
        self.offers = offers
        lookup = walk.lookup(kept)
    }

    /// The codes of the options or rows that a question offers, in definition order; none of one that is not shown.
    package func offered(_ question: Question) -> [String] {
        question.optionConditions.isEmpty ? question.type.offered.map(\.code) : offers[question.id] ?? []
    }

    /// The question's type with just the options or rows that are offered.
    package func offering(_ question: Question) -> any QuestionType {
        question.optionConditions.isEmpty ? question.type : question.type.offering(offered(question))
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
        return offering(question).gap(in: answer)
    }
}

extension Question {
    /// Whether free text beside an answer still belongs to a chosen option.
    fileprivate func keepsOther(beside answer: Answer) -> Bool {
        if optionConditions.isEmpty { return true }
        let chosen =
            switch answer {
            case .text(let code): [code]
            case .list(let codes): codes
            default: [String]()
            }
        return type.options.contains { $0.takesText && chosen.contains($0.code) }
    }
}

extension Answer {
    /// The answer without options or rows that are not offered; nil when nothing is left of it.
    fileprivate func keeping(_ codes: [String]) -> Answer? {
        switch self {
        case .text(let code): return codes.contains(code) ? self : nil
        case .list(let chosen):
            let left = chosen.filter { codes.contains($0) }
            return left.isEmpty ? nil : .list(left)
        case .grid(let rows):
            let left = rows.filter { codes.contains($0.item) }
            return left.isEmpty ? nil : .grid(left)
        case .integer, .number, .consent: return self
        }
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
    private var offers: [Int: [String]] = [:]

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
        // Where no option is offered there is nothing to answer, and nobody may be stuck there.
        let shows = showsPage(entry.page) && holds(entry.question.visibleWhen) && !isLeftEmpty(index)
        questions[index] = shows
        return shows
    }

    private mutating func isLeftEmpty(_ index: Int) -> Bool {
        !questionnaire.questions[index].question.optionConditions.isEmpty && offered(index).isEmpty
    }

    /// The codes of the options or rows that a question offers, in definition order.
    mutating func offered(_ index: Int) -> [String] {
        if let known = offers[index] { return known }
        let question = questionnaire.questions[index].question
        var codes: [String] = []
        for option in question.type.offered where holds(question.optionConditions[option.code]) {
            codes.append(option.code)
        }
        offers[index] = codes
        return codes
    }

    /// What counts of the answer to a question that is shown.
    mutating func answer(_ index: Int) -> Answer? {
        let question = questionnaire.questions[index].question
        guard showsQuestion(index), let answer = answers[question.id.rawValue] else { return nil }
        return question.optionConditions.isEmpty ? answer : answer.keeping(offered(index))
    }

    private mutating func holds(_ condition: Condition?) -> Bool {
        guard let condition else { return true }
        var values: [Reference: Value] = [:]
        for reference in condition.references { values[reference] = value(of: reference) }
        return condition.holds { values[$0] ?? .unknown }
    }

    private mutating func value(of reference: Reference) -> Value {
        if case .field(let name) = reference { return fields[name] ?? .unknown }
        guard let index = reference.question.flatMap({ questionnaire.index(of: $0) }), let answer = answer(index)
        else { return .unknown }
        return questionnaire.questions[index].question.type.value(of: answer, for: reference)
    }

    /// The values under the answers that count.
    func lookup(_ counted: Answers) -> @Sendable (Reference) -> Value {
        let (questionnaire, fields) = (questionnaire, fields)
        return { reference in
            if case .field(let name) = reference { return fields[name] ?? .unknown }
            guard let id = reference.question, let question = questionnaire.question(id),
                let answer = counted[id.rawValue]
            else { return .unknown }
            return question.type.value(of: answer, for: reference)
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
