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

    /// The questions that are drawn, in order.
    let questions: [(question: Question, presence: Presence)]
    /// The page's style.
    let sheet: StyleSheet

    init(_ page: SurveyPage) {
        var questions: [(question: Question, presence: Presence)] = []
        var rules: [(id: String, selector: String)] = []
        let shown = Set(page.routing.shownQuestions(of: page.page).map(\.id))
        for question in page.questionnaire.pages[page.page].questions {
            switch page.questionnaire.visibility(of: question.id, known: page.routing.lookup) {
            case .some(.always): questions.append((question, .plain))
            case .some(.never): continue
            case .some(let formula):
                questions.append((question, .styled))
                rules.append((question.id.rawValue, formula.selector))
            case nil: if shown.contains(question.id) { questions.append((question, .drawn)) }
            }
        }
        self.questions = questions
        sheet = rules.isEmpty ? .plain : StyleSheet(rules: StyleSheet.rules(showing: rules))
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
    /// Which optional parts the page has.
    let parts: UInt8

    init(_ page: SurveyPage, _ facts: PageFacts) {
        digest = page.questionnaire.digest
        self.page = page.page
        language = page.language
        outside = facts.outside.map { page.routing.lookup($0) }
        shown = facts.conditional.map { page.routing.questionIsShown[$0] }
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

    init(_ questionnaire: Questionnaire, page: Int) {
        outside = questionnaire.outsideReferences(of: page)
        conditional = questionnaire.questions.indices.filter { index in
            let entry = questionnaire.questions[index]
            return entry.page == page && entry.question.visibleWhen != nil
        }
    }
}
