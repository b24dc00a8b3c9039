internal import DataFolder
internal import Feedback
internal import QuestionnaireModel
internal import Records
internal import SurveyPages

/// One customer at one questionnaire address: what they may do there, and the page they get.
final class SurveyVisit: Sendable {
    let parts: ServiceParts
    let request: Request
    let live: PublishedSurvey
    /// The response's id, and its token in the address; nil at an open survey's public address.
    let link: (id: ResponseID, token: String)?
    /// The invitation, where somebody was asked.
    let invitation: InvitationLine?
    /// Who was asked.
    let contact: ContactLine?

    init(_ parts: ServiceParts, _ request: Request, _ live: PublishedSurvey) {
        self.parts = parts
        self.request = request
        self.live = live
        link = nil
        invitation = nil
        contact = nil
    }

    init(_ parts: ServiceParts, _ request: Request, _ live: PublishedSurvey, id: ResponseID, token: String)
        throws(FolderError)
    {
        self.parts = parts
        self.request = request
        self.live = live
        link = (id, token)
        let invitation = try parts.folder.invitation(id)
        self.invitation = invitation
        contact = invitation.flatMap { parts.folder.contact($0.contact) }
    }

    /// The survey's id.
    var survey: SurveyID { live.questionnaire.id }

    /// The path of this visit: the personal link, or the open survey's address.
    var path: String { link.map { Self.path(survey, $0.token) } ?? "/s/\(survey)" }

    /// The path of a response's own link.
    static func path(_ survey: SurveyID, _ token: String) -> String { "/s/\(survey)/\(token)" }

    /// Why nothing can be answered here, if so.
    var unavailability: Unavailability? {
        if let invitation {
            if invitation.state == .revoked { return .revoked }
            if let expires = invitation.expires, expires <= parts.time.now() { return .expired }
        } else if live.questionnaire.profile.access != .open {
            return .unknown
        }
        return live.isOpen ? nil : .closed
    }

    /// The language to draw in: asked for in the address, else used before, else the contact's, else the browser's.
    func language(_ questionnaire: Questionnaire, used: LanguageTag?) -> LanguageTag {
        let asked = request.target.query["_language"].flatMap(LanguageTag.init)
        if let known = asked ?? used ?? contact?.language { return questionnaire.language(nearest: known) }
        let wishes = request.acceptedLanguages
        let spoken = wishes.first { wish in questionnaire.profile.languages.contains { $0.primary == wish.primary } }
        return questionnaire.language(nearest: spoken)
    }

    // MARK: Pages

    /// What differs between drawings of one page.
    struct Drawing {
        var status = 200
        var fields: FormFields?
        var problems: [AnswerProblem] = []
        var notice: SurveyPage.Notice?
        var hidden: [FormFields.Field] = []
        var retryAfter: Int?
        /// The response minted for a form of an open survey.
        var response: ResponseID?
    }

    /// Draws a page with what was typed, else stored, else asked for in the address.
    func draw(_ session: ResponseSession, page index: Int, language: LanguageTag, _ drawing: Drawing = Drawing())
        -> Reply
    {
        let fields = drawing.fields ?? storedFields(session, page: index)
        var page = SurveyPage(
            questionnaire: session.questionnaire, page: index, language: language, routing: session.routing,
            fields: fields,
            action: path)
        page.response = drawing.response ?? link?.id
        page.today = AnsweringDay(at: parts.time.now())
        page.problems = drawing.problems
        page.notice = drawing.notice
        page.contactName = contact?.name
        page.hidden = drawing.hidden
        page.canGoBack = session.page(before: index) != nil
        page.isPersonalLink = link != nil
        if contact?.name != nil, session.questionnaire.profile.access == .open { page.notYouPath = "/s/\(survey)" }
        page.unsubscribePath = unsubscribePath
        var reply = Reply.html(
            drawing.status, parts.pages.render(page), framedBy: parts.snapshot.settings.embeddingOrigins)
        if let seconds = drawing.retryAfter { reply.set("retry-after", String(seconds)) }
        return reply
    }

    /// Where the person who was asked can stop being asked.
    var unsubscribePath: String? {
        invitation.map { "/unsubscribe/\(parts.folder.links.token(for: $0.id, survey: survey, purpose: .unsubscribe))" }
    }

    /// A page that asks nothing, in the customer's language.
    func notice(_ kind: NoticePage.Kind, _ status: Int) -> Reply {
        request.notice(kind, status, language: language(live.questionnaire, used: nil))
    }

    /// The page for what cannot be answered: unknown is like forged, the rest is said kindly.
    func turnAway(_ reason: Unavailability) -> Reply {
        reason == .unknown ? request.notice(.notFound, 404) : notice(.closed, 410)
    }

    /// The stored answers of a page as form fields; where there is none, what the address presets and the question
    /// takes.
    private func storedFields(_ session: ResponseSession, page: Int) -> FormFields {
        let query = request.target.query
        var fields = FormFields()
        for question in session.questionnaire.pages[page].questions {
            let stored = question.type.formFields(for: session.answers, id: question.id)
            if stored.isEmpty, !query.fields.isEmpty,
                case .answers(let answers) = question.type.decode(query, id: question.id)
            {
                fields.fields += question.type.formFields(for: Answers(answers), id: question.id)
            } else {
                fields.fields += stored
            }
        }
        return fields
    }
}
