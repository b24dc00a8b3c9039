internal import AccountReports
internal import DataFolder
internal import QuestionnaireModel

/// The published surveys.
struct SurveysRoute: Route {
    let path = "/surveys"
    let surroundings = Surroundings.workspace
    let gate: WorkspaceGate

    func reply(to request: Request, _ parts: [String]) async throws(Refusal) -> Reply {
        try await gate.open(request) { session throws(Refusal) in
            let items = gate.parts.snapshot.catalog.all.map { survey in
                let questionnaire = survey.questionnaire
                return SurveyListItem(
                    id: questionnaire.id,
                    title: questionnaire.title.filled(in: questionnaire.profile.languages[0]) { _ in nil },
                    version: questionnaire.version, isOpen: survey.isOpen, kind: questionnaire.profile.kind)
            }
            return gate.page(200, SurveysPage(gate.frame(session), items).render())
        }
    }
}
