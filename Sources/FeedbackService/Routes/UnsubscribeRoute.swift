internal import DataFolder
internal import Feedback
internal import QuestionnaireModel
internal import Records
internal import SurveyPages

/// Stops mail: GET asks, POST does it; a mail program's one-click POST (RFC 8058) is the same POST.
struct UnsubscribeRoute: Route {
    let path = "/unsubscribe/{}"
    let methods: [Request.Method] = [.get, .post]
    let surroundings = Surroundings.questionnaire
    let parts: ServiceParts

    func reply(to request: Request, _ segments: [String]) async -> Reply {
        do throws(FolderError) {
            return try await answer(request, token: segments[0])
        } catch {
            parts.note(error)
            return request.notice(.busy, 503, retryAfter: 5)
        }
    }

    private func answer(_ request: Request, token: String) async throws(FolderError) -> Reply {
        guard let invitation = try invitation(of: token) else { return request.notice(.notFound, 404) }
        let language = parts.folder.contact(invitation.contact)?.language
        guard request.method == .post else {
            return request.notice(.unsubscribe, 200, language: language, action: "/unsubscribe/\(token)")
        }
        try await parts.folder.optOut(invitation.id)
        return request.notice(.unsubscribed, 200, language: language)
    }

    /// The invitation whose link this is: a token is signed for one survey, which it does not name.
    private func invitation(of token: String) throws(FolderError) -> InvitationLine? {
        for survey in parts.snapshot.catalog.all {
            if let id = parts.folder.links.verify(token, survey: survey.questionnaire.id, purpose: .unsubscribe) {
                return try parts.folder.invitation(id)
            }
        }
        return nil
    }
}
