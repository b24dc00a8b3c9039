internal import DataFolder
internal import Feedback
internal import Records
internal import SurveyPages

/// A personal link: the page its holder is on, and the taking of pages (DESIGN section 7).
struct PersonalSurveyRoute: Route {
    let path = "/s/{}/{}"
    let methods: [Request.Method] = [.get, .post]
    let surroundings = Surroundings.questionnaire
    let parts: ServiceParts

    func reply(to request: Request, _ segments: [String]) async throws(Refusal) -> Reply {
        guard let survey = SurveyID(segments[0]),
            let id = parts.folder.links.verify(segments[1], survey: survey, purpose: .answer),
            let live = parts.snapshot.catalog.live(survey)
        else { return request.notice(.notFound, 404) }
        let form = request.method == .post ? SentForm(try request.form()) : nil
        do throws(FolderError) {
            var visit = try SurveyVisit(parts, request, live, id: id, token: segments[1])
            if visit.unavailability == .unknown {
                // The token is ours, so a command has just written the invitation: look again before saying no.
                try await parts.folder.refresh()
                visit = try SurveyVisit(parts, request, live, id: id, token: segments[1])
            }
            guard let form else { return try visit.show(id) }
            return await visit.take(form, as: id, channel: visit.invitation == nil ? .open : .link)
        } catch {
            parts.note(error)
            return request.notice(.busy, 503, retryAfter: 5)
        }
    }
}
