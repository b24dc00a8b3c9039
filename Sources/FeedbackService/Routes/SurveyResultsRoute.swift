internal import AccountReports
internal import Analysis
internal import Feedback

/// One survey's results.
struct SurveyResultsRoute: Route {
    let path = "/surveys/{}"
    let surroundings = Surroundings.workspace
    let gate: WorkspaceGate

    func reply(to request: Request, _ parts: [String]) async throws(Refusal) -> Reply {
        try await gate.open(request) { session throws(Refusal) in
            guard let survey = SurveyID(parts[0]) else { return gate.notice(404, .notFound, session) }
            return await gate.report(for: session) { desk, frame throws(AnalysisError) in
                ResultsPage(frame, try desk.results(of: survey)).render()
            }
        }
    }
}
