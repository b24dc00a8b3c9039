internal import AccountReports
internal import Analysis
internal import Feedback

/// One account: why it stands where it stands, its people and what happened.
struct AccountRoute: Route {
    let path = "/accounts/{}"
    let surroundings = Surroundings.workspace
    let gate: WorkspaceGate

    func reply(to request: Request, _ parts: [String]) async throws(Refusal) -> Reply {
        try await gate.open(request) { session throws(Refusal) in
            guard let id = AccountID(parts[0]) else { return gate.notice(404, .notFound, session) }
            return await gate.report(for: session) { desk, frame throws(AnalysisError) in
                try desk.portfolio().analysis.detail(of: id).map { AccountPage(frame, $0).render() }
            }
        }
    }
}
