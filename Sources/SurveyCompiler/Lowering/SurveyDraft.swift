internal import Feedback
internal import Markup
internal import QuestionnaireModel

/// A survey on its way from elements to a questionnaire: what could be read, each part beside its element.
struct SurveyDraft {
    struct Field {
        let element: MarkupElement
        let declaration: FieldDeclaration?
    }

    struct Page {
        let element: MarkupElement
        let id: PageID?
        let title: LocalizedText?
        /// Positions in `questions`.
        var questions: Range<Int>
        var condition: LocatedCondition?
    }

    struct Question {
        let element: MarkupElement
        let id: QuestionID?
        let page: Int
        let type: (any QuestionType)?
        let prompt: LocalizedText?
        let help: LocalizedText?
        let requiredMessage: LocalizedText?
        let isRequired: Bool
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
    var pages: [Page] = []
    var questions: [Question] = []
    var endings: [Ending] = []
    var cases: [Case] = []
    var names = Names()

    /// Every condition, in the order of the file's parts.
    var conditions: [LocatedCondition] {
        pages.compactMap(\.condition) + questions.compactMap(\.condition) + endings.compactMap(\.condition)
            + cases.compactMap(\.condition)
    }

    /// The questionnaire; nil when a part is missing, which has been reported by then.
    func questionnaire(digest: String) -> Questionnaire? {
        guard let id = root["id"].flatMap({ SurveyID($0) }),
            let version = root["version"].flatMap({ SurveyVersion($0) }),
            let title
        else { return nil }
        let pages = pages.compactMap { page in
            page.id.map { id in
                QuestionnairePage(
                    id: id, title: page.title, visibleWhen: page.condition?.condition,
                    questions: questions[page.questions].compactMap(\.question), place: page.element.startTag)
            }
        }
        return Questionnaire(
            id: id, version: version, digest: digest, profile: profile, title: title, introduction: introduction,
            sender: sender, privacyNotice: privacyNotice, fields: fields.compactMap(\.declaration), pages: pages,
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

extension SurveyDraft.Question {
    fileprivate var question: QuestionnaireModel.Question? {
        guard let id, let type, let prompt else { return nil }
        return QuestionnaireModel.Question(
            id: id, type: type, prompt: prompt, help: help, isRequired: isRequired, requiredMessage: requiredMessage,
            visibleWhen: condition?.condition, place: element.startTag)
    }
}
