internal import Feedback
internal import Markup
internal import QuestionnaireModel

/// A survey on its way from elements to a questionnaire: what could be read, each part beside its element.
struct SurveyDraft {
    struct Field {
        let element: MarkupElement
        let declaration: FieldDeclaration?
    }

    /// A computed value.
    struct Computed {
        let element: MarkupElement
        let name: String
        let options: [Choice]
        var value: LocatedCondition?
    }

    /// A condition over several pages or questions.
    struct Block {
        let element: MarkupElement
        var condition: LocatedCondition?
    }

    /// What the answers of a page must satisfy together.
    struct Check {
        let element: MarkupElement
        let page: Int
        let message: LocalizedText?
        var condition: LocatedCondition?
    }

    /// An option, or row, that is offered under a condition.
    struct Option {
        let element: MarkupElement
        let code: String
        var condition: LocatedCondition?
    }

    struct Page {
        let element: MarkupElement
        let id: PageID?
        let title: LocalizedText?
        /// Positions in `questions`.
        var questions: Range<Int>
        /// The position in `blocks` of the block it stands in, if it stands in one.
        let block: Int?
        var condition: LocatedCondition?
    }

    struct Question {
        let element: MarkupElement
        let id: QuestionID?
        let page: Int
        let type: (any QuestionType)?
        let prompt: LocalizedText?
        let help: LocalizedText?
        let messages: [OwnMessage: LocalizedText]
        let isRequired: Bool
        /// Options and rows with a condition.
        var options: [Option]
        /// The position in `blocks` of the block it stands in, if it stands in one.
        let block: Int?
        var condition: LocatedCondition?
    }

    struct Ending {
        let element: MarkupElement
        let message: LocalizedText?
        let offers: [Offer]
        var condition: LocatedCondition?
    }

    struct Case {
        let element: MarkupElement
        let id: String?
        let due: Int64?
        var condition: LocatedCondition?
    }

    let root: MarkupElement
    let profile: SurveyProfile
    let title: LocalizedText?
    let introduction: LocalizedText?
    let sender: LocalizedText?
    let privacyNotice: LocalizedText?
    var fields: [Field] = []
    var computed: [Computed] = []
    var blocks: [Block] = []
    var checks: [Check] = []
    var pages: [Page] = []
    var questions: [Question] = []
    var endings: [Ending] = []
    var cases: [Case] = []
    var names = Names()

    /// Every condition, in the order of the file's parts.
    var conditions: [LocatedCondition] {
        blocks.compactMap(\.condition) + pages.compactMap(\.condition) + questions.compactMap(\.condition)
            + questions.flatMap { $0.options.compactMap(\.condition) } + checks.compactMap(\.condition)
            + endings.compactMap(\.condition) + cases.compactMap(\.condition)
    }

    /// The conditions that a page is shown under: its block's and its own.
    func conditions(of page: Page) -> [LocatedCondition] {
        [page.block.flatMap { blocks[$0].condition }, page.condition].compactMap(\.self)
    }

    /// The conditions that a question is shown under on its page: its block's and its own.
    func conditions(of question: Question) -> [LocatedCondition] {
        [question.block.flatMap { blocks[$0].condition }, question.condition].compactMap(\.self)
    }

    /// The questionnaire; nil when a part is missing, which has been reported by then.
    func questionnaire(digest: String) -> Questionnaire? {
        guard let id = root["id"].flatMap({ SurveyID($0) }),
            let version = root["version"].flatMap({ SurveyVersion($0) }),
            let title
        else { return nil }
        let pages = pages.enumerated().compactMap { index, page in
            page.id.map { id in
                QuestionnairePage(
                    id: id, title: page.title, visibleWhen: Condition(all: conditions(of: page)),
                    questions: questions[page.questions].compactMap(question),
                    checks: checks.filter { $0.page == index }.compactMap(\.check), place: page.element.startTag)
            }
        }
        return Questionnaire(
            id: id, version: version, digest: digest, profile: profile, title: title, introduction: introduction,
            sender: sender, privacyNotice: privacyNotice, fields: fields.compactMap(\.declaration),
            computed: computed.compactMap(\.made), pages: pages,
            endings: endings.compactMap { ending in
                ending.message.map {
                    QuestionnaireModel.Ending(
                        visibleWhen: ending.condition?.condition, message: $0, offers: ending.offers)
                }
            },
            caseRules: cases.compactMap { rule in
                guard let id = rule.id, let when = rule.condition?.condition, let due = rule.due else { return nil }
                return CaseRule(id: id, when: when, due: due)
            })
    }
}

extension SurveyDraft {
    private func question(_ draft: Question) -> QuestionnaireModel.Question? {
        guard let id = draft.id, let type = draft.type, let prompt = draft.prompt else { return nil }
        let conditions = draft.options.compactMap { option in option.condition?.condition.map { (option.code, $0) } }
        return QuestionnaireModel.Question(
            id: id, type: type, prompt: prompt, help: draft.help, isRequired: draft.isRequired,
            messages: draft.messages,
            optionConditions: Dictionary(conditions, uniquingKeysWith: { first, _ in first }),
            isShuffled: draft.element["order"] == "random", visibleWhen: Condition(all: self.conditions(of: draft)),
            place: draft.element.startTag)
    }
}

extension SurveyDraft.Check {
    fileprivate var check: PageCheck? {
        guard let that = condition?.condition else { return nil }
        // One without words is an error, but it can still be proven whether anybody could satisfy it.
        return PageCheck(
            that: that, message: message ?? LocalizedText(versions: [:], fallback: .english), place: element.startTag)
    }
}

extension SurveyDraft.Computed {
    fileprivate var made: ComputedValue? {
        guard let value, let typed = value.typed else { return nil }
        return ComputedValue(
            name: name, type: typed.type, expression: typed.expression, source: value.attribute.value,
            options: options, place: element.startTag)
    }
}

extension Condition {
    /// That some conditions all hold; nil when there are none, or something in one is wrong.
    fileprivate init?(all conditions: [LocatedCondition]) {
        let conditions = conditions.compactMap(\.condition)
        guard let first = conditions.first else { return nil }
        let rest = conditions.dropFirst()
        self.init(
            expression: rest.reduce(first.expression) { .and($0, $1.expression) },
            source: rest.isEmpty ? first.source : conditions.map { "(\($0.source))" }.joined(separator: " and "))
    }
}
