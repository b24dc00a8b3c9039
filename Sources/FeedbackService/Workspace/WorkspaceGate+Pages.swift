internal import AccountReports
internal import Analysis
internal import Logging

extension WorkspaceGate {
    /// The frame of a page for who is signed in.
    func frame(_ session: WorkspaceSession) -> Workspace { Workspace(user: session.user, token: session.formToken) }

    /// A page of the workspace, with the policy that lets its own style in.
    func page(_ status: Int, _ html: [UInt8]) -> Reply {
        var reply = Reply.html(status, html)
        reply.set("content-security-policy", WorkspaceStyle.contentSecurityPolicy)
        return reply
    }

    /// A page that says one thing.
    func notice(_ status: Int, _ kind: AccountReports.NoticePage.Kind, _ session: WorkspaceSession) -> Reply {
        page(status, AccountReports.NoticePage(frame(session), kind).render())
    }

    /// A page made from a report on a thread that may take its time; nil stands for what is not there.
    func report(
        for session: WorkspaceSession,
        _ draw: @escaping @Sendable (ReportDesk, Workspace) throws(AnalysisError) -> [UInt8]?
    ) async -> Reply {
        let (desk, frame) = (parts.reports, frame(session))
        let result = await BlockingWork.reading.run { () -> Result<[UInt8]?, AnalysisError> in
            do throws(AnalysisError) { return .success(try draw(desk, frame)) } catch { return .failure(error) }
        }
        switch result {
        case .success(let html?): return page(200, html)
        case .success(nil), .failure(.noSurvey): return notice(404, .notFound, session)
        case .failure(let error):
            parts.log.error("report", metadata: ["error": "\(error)"])
            return notice(500, .failed, session)
        case nil:
            var reply = notice(503, .busy(seconds: 5), session)
            reply.set("retry-after", "5")
            return reply
        }
    }
}
