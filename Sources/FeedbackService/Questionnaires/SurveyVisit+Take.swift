internal import DataFolder
internal import Feedback
internal import QuestionnaireModel
internal import SurveyPages

extension SurveyVisit {
    /// Takes a page for a response: whatever the reply promises is on disk before it is made.
    func take(_ form: SentForm, as id: ResponseID, channel: ResponseChannel, opened: Timestamp? = nil) async -> Reply {
        if let seconds = exceeded(id) { return giveBack(form, id, status: 429, retryAfter: seconds) }
        let acceptance: Acceptance
        do throws(FolderError) {
            let session = try mayReveal(form) ? parts.folder.session(of: id, survey: survey) : nil
            acceptance = try await parts.folder.submit(
                form.submission(id, live.questionnaire, drawnFrom: session, channel: channel, opened: opened))
        } catch {
            parts.note(error)
            return giveBack(form, id, status: 503, retryAfter: 5)
        }
        switch acceptance {
        case .accepted:
            parts.counters.countPage()
            return .seeOther(ownPath(id))
        case .completed:
            parts.counters.countPage()
            parts.counters.countCompletion()
            return .seeOther(ownPath(id) + "?\(Self.doneName)=1")
        case .kept(let session, let problems):
            return leave(form, id, session, problems)
        case .refused(let session, let page, let problems, _):
            parts.counters.countRefusal()
            let drawing = Drawing(
                status: 422, fields: form.fields, problems: problems, hidden: hidden(again: form), response: id)
            return draw(
                typed(form, session, page: page), page: page,
                language: language(session.questionnaire, used: form.language), drawing)
        case .alreadyAnswered:
            return notice(.answered, 409)
        case .unavailable(let reason):
            return turnAway(reason)
        }
    }

    /// Whether a page could reveal questions that it did not show.
    ///
    /// Most of an open survey's first pages cannot, and need no reading before the one serial step.
    private func mayReveal(_ form: SentForm) -> Bool {
        guard link == nil, let id = form.page, let page = live.questionnaire.page(id) else { return form.page != nil }
        return page.questions.contains { $0.visibleWhen != nil }
    }

    /// After back or another language: what was valid is kept. What could not be kept is said once, before it is lost.
    private func leave(
        _ form: SentForm, _ id: ResponseID, _ session: ResponseSession, _ problems: [AnswerProblem]
    ) -> Reply {
        let index = form.page.flatMap { page in session.questionnaire.pages.firstIndex { $0.id == page } } ?? 0
        let used: LanguageTag? = if case .language(let wish) = form.button { wish } else { form.language }
        let language = session.questionnaire.language(nearest: used)
        if !problems.isEmpty, !(form.button == .back && form.isWarned) {
            var drawing = Drawing(
                status: 422, fields: form.fields, problems: problems, hidden: hidden(again: form), response: id)
            if form.button == .back { drawing.hidden.append(.init(name: SentForm.warnedName, value: "1")) }
            return draw(session, page: index, language: language, drawing)
        }
        let wanted = form.button == .back ? session.page(before: index) ?? index : index
        let isBegun = !session.accepted.isEmpty || !session.answers.isEmpty
        let query = "?_page=\(session.questionnaire.pages[wanted].id)&_language=\(language)"
        return .seeOther((isBegun ? ownPath(id) : path) + query)
    }

    /// The form as it was sent, when it could not be stored just now: nothing typed is lost.
    private func giveBack(_ form: SentForm, _ id: ResponseID, status: Int, retryAfter: Int) -> Reply {
        let stored = try? parts.folder.session(of: id, survey: survey)
        let session = stored ?? ResponseSession(live.questionnaire)
        let index = form.page.flatMap { page in session.questionnaire.pages.firstIndex { $0.id == page } } ?? 0
        let drawing = Drawing(
            status: status, fields: form.fields, notice: .busy, hidden: hidden(again: form), retryAfter: retryAfter,
            response: id)
        return draw(
            typed(form, session, page: index), page: index,
            language: language(session.questionnaire, used: form.language), drawing)
    }

    /// The session with what was typed, so that questions opened by it are drawn.
    private func typed(_ form: SentForm, _ session: ResponseSession, page: Int) -> ResponseSession {
        var session = session
        _ = session.keep(page: page, form.fields)
        return session
    }

    /// The hidden fields that a form drawn again must bring once more.
    private func hidden(again form: SentForm) -> [FormFields.Field] {
        guard link == nil else { return [] }
        return form.fields.fields.filter { $0.name == SentForm.tokenName || $0.name == SentForm.versionName }
    }

    /// The link under which a response goes on, also one that began at an open survey's public address.
    private func ownPath(_ id: ResponseID) -> String {
        link == nil ? Self.path(survey, parts.folder.links.token(for: id, survey: survey, purpose: .answer)) : path
    }

    private func exceeded(_ id: ResponseID) -> Int? {
        let now = parts.time.now()
        return parts.addressLimit?.count(parts.client(of: request), at: now) ?? parts.linkLimit?.count(id, at: now)
    }
}
