internal import Feedback
internal import QuestionnaireModel

/// What is the same for every customer who sees a page under the same outside answers: which questions are drawn, when
/// they show, and the style sheet with its digest.
struct PageFrame: Sendable {
    /// How one question of the page is drawn.
    enum Presence: Sendable, Equatable {
        /// Always there.
        case plain
        /// There, and shown by CSS while its condition holds.
        case styled
        /// There because the server found it shown; CSS cannot say when.
        case drawn
    }

    /// One question of the page.
    struct Entry: Sendable {
        let question: Question
        let presence: Presence
        /// The options or rows that are drawn, in definition order.
        let options: [String]
        /// Those of them that CSS shows and hides.
        let styled: Set<String>
    }

    /// The questions that are drawn, in order.
    let questions: [Entry]
    /// The page's style.
    let sheet: StyleSheet

    init(_ page: SurveyPage) {
        var questions: [Entry] = []
        var rules: [(id: String, selector: String)] = []
        var hidings: [(place: String, selector: String)] = []
        let shown = Set(page.routing.shownQuestions(of: page.page).map(\.id))
        for question in page.questionnaire.pages[page.page].questions {
            let presence: Presence
            switch page.questionnaire.visibility(of: question.id, known: page.routing.lookup) {
            case .some(.always): presence = .plain
            case .some(.never): continue
            case .some(let formula):
                presence = .styled
                rules.append((question.id.rawValue, formula.selector))
            case nil:
                guard shown.contains(question.id) else { continue }
                presence = .drawn
            }
            questions.append(Self.entry(question, presence, page, &hidings))
        }
        self.questions = questions
        let own = StyleSheet.rules(showing: rules, hiding: hidings)
        sheet = own.isEmpty ? .plain : StyleSheet(rules: own)
    }

    /// The question with the options that may be seen, and the rules that hide some of them.
    private static func entry(
        _ question: Question, _ presence: Presence, _ page: SurveyPage,
        _ hidings: inout [(place: String, selector: String)]
    ) -> Entry {
        let all = question.type.offered
        guard !question.optionConditions.isEmpty else {
            return Entry(question: question, presence: presence, options: all.map(\.code), styled: [])
        }
        let offered = page.routing.offered(question)
        var (drawn, styled): ([String], [String: CheckedFormula]) = ([], [:])
        for option in all {
            let formula = page.questionnaire.visibility(
                ofOption: option.code, of: question.id, known: page.routing.lookup)
            switch formula {
            case .some(.always): drawn.append(option.code)
            case .some(.never): continue
            case .some(let formula):
                drawn.append(option.code)
                styled[option.code] = formula
                let hidden = formula.opposite.selector
                hidings.append(("#\(QuestionDrawing.place(of: option.code, in: question.id))", hidden))
                // Its text field goes with it, also where the option is still checked.
                if option.takesText { hidings.append(("#\(question.id)>.other", hidden)) }
            case nil: if offered.contains(option.code) { drawn.append(option.code) }
            }
        }
        // A heading goes when nothing is left below it.
        for (index, group) in question.type.groups(of: drawn).enumerated() where group.heading != nil {
            let formulas = group.codes.compactMap { styled[$0] }
            guard formulas.count == group.codes.count else { continue }
            hidings.append(
                (
                    "#\(QuestionDrawing.place(ofGroup: index, in: question.id))",
                    formulas.map(\.opposite.selector).joined()
                ))
        }
        return Entry(question: question, presence: presence, options: drawn, styled: Set(styled.keys))
    }
}

/// Everything that a page's frame and its template depend on.
struct FrameKey: Hashable {
    let digest: String
    let page: Int
    let language: LanguageTag
    /// The values outside the page that its conditions read.
    let outside: [Value]
    /// The questions that the server finds shown, of those that have a condition.
    let shown: [Bool]
    /// The options that the server finds offered, of questions that have conditions on some.
    let offered: [[String]]
    /// The day of answering, where the page differs from day to day.
    let today: AnsweringDay?
    /// Which optional parts the page has.
    let parts: UInt8

    init(_ page: SurveyPage, _ facts: PageFacts) {
        digest = page.questionnaire.digest
        self.page = page.page
        language = page.language
        outside = facts.outside.map { page.routing.lookup($0) }
        shown = facts.conditional.map { page.routing.questionIsShown[$0] }
        offered = facts.offering.map { page.routing.offered($0) }
        today = facts.dependsOnToday ? page.today : nil
        let parts = [
            page.canGoBack, page.isLast, page.isPersonalLink, page.notYouPath != nil && page.contactName != nil,
            page.unsubscribePath != nil,
        ]
        self.parts = parts.enumerated().reduce(0) { $1.element ? $0 | 1 << UInt8($1.offset) : $0 }
    }
}

/// What a page of a questionnaire depends on, whoever asks; worked out once.
struct PageFacts: Sendable {
    /// What its conditions read outside the page.
    let outside: [Reference]
    /// The indices of its conditional questions; of those beyond CSS the server's finding decides.
    let conditional: [Int]
    /// Its questions with conditions on some of their options.
    let offering: [Question]
    /// Whether it differs from day to day.
    let dependsOnToday: Bool
    /// Whether it differs from response to response before anything is answered.
    let isShuffled: Bool

    init(_ questionnaire: Questionnaire, page: Int) {
        let questions = questionnaire.pages[page].questions
        offering = questions.filter { !$0.optionConditions.isEmpty }
        dependsOnToday = questions.contains { $0.type.dependsOnToday }
        isShuffled = questions.contains { $0.isShuffled }
        outside = questionnaire.outsideReferences(of: page)
        conditional = questionnaire.questions.indices.filter { index in
            let entry = questionnaire.questions[index]
            return entry.page == page
                && (entry.question.visibleWhen != nil || !entry.question.optionConditions.isEmpty)
        }
    }
}
