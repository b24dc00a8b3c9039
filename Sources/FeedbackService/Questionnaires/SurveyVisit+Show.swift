internal import DataFolder
internal import Feedback
internal import QuestionnaireModel
internal import Records
internal import SurveyPages

extension SurveyVisit {
    /// How long after the last page its ending is shown at the same link; then it only says that all is answered.
    private static let endingShown: Int64 = 3_600_000
    /// Query field: the last page was just sent.
    static let doneName = "_done"

    /// Answers a GET of a personal link, or of a response begun at an open survey.
    func show(_ id: ResponseID) throws(FolderError) -> Reply {
        let state = try parts.folder.state(of: id, survey: survey)
        let used: LanguageTag?
        switch state {
        case .complete(let line): return finished(line)
        case .draft(let draft): used = draft.language
        case .partial(let line, let draft): used = draft?.language ?? line.language
        case .none: used = nil
        }
        if let reason = unavailability { return turnAway(reason) }
        guard let session = try parts.folder.session(of: id, survey: survey) else { return turnAway(.unknown) }
        let index = wantedPage(session) ?? session.nextPage ?? session.routing.pageIsShown.lastIndex(of: true) ?? 0
        return draw(session, page: index, language: language(session.questionnaire, used: used))
    }

    /// The page named in the address, where it is shown and was accepted before or is next: nobody skips ahead.
    private func wantedPage(_ session: ResponseSession) -> Int? {
        guard let id = request.target.query["_page"].flatMap(PageID.init) else { return nil }
        let index = session.questionnaire.pages.firstIndex { $0.id == id }
        guard let index, session.routing.pageIsShown[index] else { return nil }
        return index <= session.nextPage ?? index ? index : nil
    }

    /// A finished link shows no answers: the ending just after the last page, later that all is answered.
    private func finished(_ line: ResponseLine) -> Reply {
        let isFresh = parts.time.now() < line.submitted.adding(milliseconds: Self.endingShown)
        guard isFresh, request.target.query[Self.doneName] != nil,
            let questionnaire = parts.snapshot.catalog.questionnaire(survey, line.version)
        else { return notice(.answered, 200) }
        let session = ResponseSession(finished: line.answers, of: questionnaire, fields: line.fields)
        let language = language(questionnaire, used: line.language)
        var page = EndingPage(questionnaire: questionnaire, language: language, routing: session.routing)
        page.contactName = contact?.name
        page.unsubscribePath = unsubscribePath
        return .html(200, page.render(), framedBy: parts.snapshot.settings.embeddingOrigins)
    }
}
