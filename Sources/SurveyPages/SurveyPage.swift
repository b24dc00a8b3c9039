package import Feedback
package import QuestionnaireModel

/// One page of questions as a customer sees it: everything that decides its bytes.
///
/// How a service uses it: take the stored answers (after a refused POST: what was typed, decoded where it can be),
/// make a
/// `Routing` of them and the invitation's fields, fill this value, and give it to `PageRenderer.render(_:)`. The form
/// posts
/// `_page` (this page's id), `_in` (the language it was drawn in), `_drawn` (once for each question that was drawn
/// because
/// the server found it shown and CSS cannot say so), whatever `hidden` holds, the answers, and one of: `_go=next`,
/// `_go=back`, `_language=xx` (the language asked for). No script is needed for any of it.
package struct SurveyPage: Sendable {
    /// What stands above the questions when something went wrong that is not the customer's doing.
    package enum Notice: Sendable {
        /// The answers could not be saved just now (503).
        case busy
        /// The form's token was missing or too old: one more tap sends the same form (422).
        case onceMore
    }

    /// The survey.
    package var questionnaire: Questionnaire
    /// The index of the page.
    package var page: Int
    /// The language to draw in, one of the survey's.
    package var language: LanguageTag
    /// What is asked under the answers so far, those of this page included where they can be read.
    package var routing: Routing
    /// The response that is answered, whose own order shuffled options are shown in; nil for the order written.
    package var response: ResponseID?
    /// The day of answering, for bounds that are counted from it.
    package var today: AnsweringDay?
    /// What stands in the controls: typed, else stored (`formFields(for:id:)` of each question), else a preset score.
    package var fields: FormFields
    /// Why answers of this page were refused, in the order of the questions.
    package var problems: [AnswerProblem] = []
    /// What went wrong otherwise, if anything.
    package var notice: Notice?
    /// The customer's name for greetings, looked up now and never stored.
    package var contactName: String?
    /// The path that the form posts to.
    package var action: String
    /// Further hidden fields, such as the form token of an open survey.
    package var hidden: [FormFields.Field] = []
    /// Whether there is a page to go back to.
    package var canGoBack = false
    /// Whether the address is a personal link that shows answers to whoever holds it.
    package var isPersonalLink = false
    /// Where "Not {name}?" leads, where the survey allows a fresh start; shown only with a name.
    package var notYouPath: String?
    /// Where "Stop asking me" leads, on personal links.
    package var unsubscribePath: String?

    /// A page of a survey, empty until fields and the rest are set.
    package init(
        questionnaire: Questionnaire, page: Int, language: LanguageTag, routing: Routing,
        fields: FormFields = FormFields(),
        action: String
    ) {
        self.questionnaire = questionnaire
        self.page = page
        self.language = language
        self.routing = routing
        self.fields = fields
        self.action = action
    }

    /// Whether nobody could be asked more after it, whatever is answered on it.
    var isLast: Bool {
        for later in questionnaire.pages.indices.dropFirst(page + 1) {
            if routing.pageIsShown[later] { return false }
            let rests = questionnaire.pages[later].visibleWhen?.references.contains { reference in
                guard let index = reference.question.flatMap({ questionnaire.index(of: $0) }) else { return false }
                return questionnaire.questions[index].page >= page
            }
            if rests ?? true { return false }
        }
        return true
    }
}
