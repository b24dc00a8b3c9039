internal import DataFolder
internal import Feedback
internal import QuestionnaireModel
internal import SurveyPages

/// An open survey's public address: a fresh start for everybody, told apart by the signed token in the form.
struct OpenSurveyRoute: Route {
    let path = "/s/{}"
    let methods: [Request.Method] = [.get, .post]
    let surroundings = Surroundings.questionnaire
    let parts: ServiceParts

    /// A form older than this comes back for one more tap.
    private static let tokenLasts: Int64 = 24 * 3_600_000

    func reply(to request: Request, _ segments: [String]) async throws(Refusal) -> Reply {
        guard let survey = SurveyID(segments[0]), let live = parts.snapshot.catalog.live(survey),
            live.questionnaire.profile.access == .open
        else { return request.notice(.notFound, 404) }
        let visit = SurveyVisit(parts, request, live)
        if let reason = visit.unavailability { return visit.turnAway(reason) }
        guard request.method == .post else { return draw(visit) }
        return await take(SentForm(try request.form()), visit)
    }

    private func draw(_ visit: SurveyVisit, _ form: SentForm? = nil) -> Reply {
        let questionnaire = visit.live.questionnaire
        let session = ResponseSession(questionnaire)
        let id = isSigned(questionnaire) ? parts.folder.makeResponseID(for: questionnaire) : nil
        var drawing = SurveyVisit.Drawing(fields: form?.fields, hidden: hidden(questionnaire, id), response: id)
        if form?.button == .next {
            drawing.status = 422
            drawing.notice = .onceMore
        }
        var used = form?.language
        if case .language(let wish) = form?.button { used = wish }
        let index = session.nextPage ?? 0
        return visit.draw(session, page: index, language: visit.language(questionnaire, used: used), drawing)
    }

    private func take(_ form: SentForm, _ visit: SurveyVisit) async -> Reply {
        let questionnaire = visit.live.questionnaire
        if let sent = form.token.flatMap({ parts.folder.links.verifyForm($0, survey: questionnaire.id) }),
            parts.time.now() < sent.drawn.adding(milliseconds: Self.tokenLasts)
        {
            return await visit.take(form, as: sent.id, channel: .open, opened: sent.drawn)
        }
        // Without a valid token nothing is stored; the filled form comes back with a fresh one.
        guard !parts.options.isGuarded else { return draw(visit, form) }
        return await visit.take(form, as: parts.folder.makeResponseID(for: questionnaire), channel: .open)
    }

    /// Whether a form says whose it is: always, but for load tests; and where its order of options is its own.
    private func isSigned(_ questionnaire: Questionnaire) -> Bool {
        parts.options.isGuarded || questionnaire.questions.contains { $0.question.isShuffled }
    }

    private func hidden(_ questionnaire: Questionnaire, _ id: ResponseID?) -> [FormFields.Field] {
        let version = FormFields.Field(name: SentForm.versionName, value: questionnaire.version.rawValue)
        guard let id else { return [version] }
        let token = parts.folder.links.formToken(for: id, survey: questionnaire.id, drawn: parts.time.now())
        return [version, FormFields.Field(name: SentForm.tokenName, value: token)]
    }
}
