internal import AccountReports
internal import Analysis
internal import QuestionnaireModel

/// The churn-risk report: the workspace's first page.
struct AccountsRoute: Route {
    let path = "/accounts"
    let surroundings = Surroundings.workspace
    let gate: WorkspaceGate

    func reply(to request: Request, _ parts: [String]) async throws(Refusal) -> Reply {
        try await gate.open(request) { session throws(Refusal) in
            let filter = AccountFilter { request.target.query[$0] }
            return await gate.report(for: session) { desk, frame throws(AnalysisError) in
                AccountsPage(frame, try desk.portfolio().report, filter: filter).render()
            }
        }
    }
}
