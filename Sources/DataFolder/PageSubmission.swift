package import Feedback
package import QuestionnaireModel
package import Records

/// One page as a customer sent it.
package struct PageSubmission: Sendable {
    /// What the button that was pressed asks for.
    package enum Intent: Sendable, Equatable {
        /// Take the page and go on.
        case accept
        /// Keep what is valid without taking the page: back, or another language.
        case keep
    }

    /// The response's id: the invitation's, or the one minted when the form was drawn.
    package var id: ResponseID
    /// The survey.
    package var survey: SurveyID
    /// The version the form was drawn from, where the form tells it; a response once started keeps its own.
    package var version: SurveyVersion?
    /// The page that was sent; nil for the one that is due.
    package var page: PageID?
    /// The form's fields.
    package var form: FormFields
    /// Questions the sent page showed or could show; nil when all of it was drawn.
    package var drawn: Set<QuestionID>?
    /// Accept, or only keep.
    package var intent: Intent
    /// The language of the page.
    package var language: LanguageTag?
    /// How it came in.
    package var channel: ResponseChannel
    /// When the first page was opened, where the form tells it.
    package var opened: Timestamp?

    /// One page as a customer sent it.
    package init(
        id: ResponseID, survey: SurveyID, version: SurveyVersion? = nil, page: PageID? = nil, form: FormFields,
        drawn: Set<QuestionID>? = nil, intent: Intent = .accept, language: LanguageTag? = nil, channel: ResponseChannel,
        opened: Timestamp? = nil
    ) {
        self.id = id
        self.survey = survey
        self.version = version
        self.page = page
        self.form = form
        self.drawn = drawn
        self.intent = intent
        self.language = language
        self.channel = channel
        self.opened = opened
    }
}

/// What became of a submitted page; whatever was stored is on disk.
package enum Acceptance: Sendable {
    /// The page was accepted; the session says which page is next.
    case accepted(ResponseSession)
    /// What was valid is kept and the page is not marked accepted; the problems say what could not be kept.
    case kept(ResponseSession, problems: [AnswerProblem])
    /// The last page was accepted, now or by the same submission before; the session knows the ending.
    case completed(ResponseSession)
    /// Nothing was stored: problems to show beside the fields, or questions shown by these answers that were not drawn.
    case refused(ResponseSession, page: Int, problems: [AnswerProblem], revealed: [QuestionID])
    /// The response is finished and this would change it.
    case alreadyAnswered
    /// Nothing can be answered here.
    case unavailable(Unavailability)
}

/// Why nothing can be answered.
package enum Unavailability: Sendable, Equatable {
    /// No such survey, or a personal link is needed and this is none.
    case unknown
    /// The survey is closed.
    case closed
    /// The link has expired.
    case expired
    /// The link was withdrawn.
    case revoked
}

/// What is known of a response.
package enum ResponseState: Sendable, Equatable {
    /// Nothing was sent yet.
    case none
    /// Some pages were accepted or kept.
    case draft(DraftLine)
    /// Left unfinished and counted as it is; it may still be finished.
    case partial(ResponseLine, DraftLine?)
    /// Finished.
    case complete(ResponseLine)
}
