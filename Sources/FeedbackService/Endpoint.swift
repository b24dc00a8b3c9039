package import DataFolder
package import Feedback
internal import Logging
internal import SurveyPages

/// The whole service as a function from requests to replies; the transport brings them and takes them away.
package struct Endpoint: Responder {
    private let parts: ServiceParts
    private let table: RouteTable
    private let protection: [[(name: String, value: String)]]

    /// The service over an open data folder.
    package init(folder: DataFolder, options: ServiceOptions = ServiceOptions(), time: any TimeSource = SystemTime()) {
        let parts = ServiceParts(folder: folder, options: options, time: time)
        protection = Surroundings.allCases.map { $0.headers(isSecure: options.isSecure) }
        let gate = WorkspaceGate(parts: parts)
        self.parts = parts
        table = RouteTable([
            PersonalSurveyRoute(parts: parts), OpenSurveyRoute(parts: parts), UnsubscribeRoute(parts: parts),
            AccountsRoute(gate: gate), AccountRoute(gate: gate), SurveysRoute(gate: gate),
            SurveyResultsRoute(gate: gate),
            LoginRoute(gate: gate), LogoutRoute(gate: gate), RootRoute(), LivenessRoute(), ReadinessRoute(parts: parts),
            MetricsRoute(parts: parts), IconRoute(),
        ])
    }

    package func reply(to request: Request) async -> Reply {
        switch table.match(request.method, request.target.segments) {
        case .route(let route, let segments):
            let reply: Reply
            do throws(Refusal) {
                reply = try await route.reply(to: request, segments)
            } catch {
                reply = refused(error, language: request.acceptedLanguages.first)
            }
            return finished(reply, route.surroundings)
        case .otherMethods(let allowed):
            var reply = Reply.text(405, "This address takes \(allowed).")
            reply.set("allow", allowed)
            return finished(reply, .plain)
        case .nothing:
            return finished(request.notice(.notFound, 404), .plain)
        }
    }

    package func reply(to refusal: Refusal) -> Reply {
        var reply = refused(refusal, language: nil)
        reply.closes = true
        return finished(reply, .plain)
    }

    /// A customer who wrote too much gets a page; what no form of ours sends gets a sentence.
    private func refused(_ refusal: Refusal, language: LanguageTag?) -> Reply {
        guard refusal == .tooLarge else { return .text(refusal.status, refusal.reason) }
        return .html(refusal.status, NoticePage(.tooLarge, language: language ?? .english).render())
    }

    /// Adds the headers that every reply has; what the route has set stands.
    private func finished(_ reply: Reply, _ surroundings: Surroundings) -> Reply {
        var reply = reply
        reply.append(protection[surroundings.rawValue])
        if reply["cache-control"] == nil { reply.append([("cache-control", "no-store")]) }
        let policy = reply["content-security-policy"]
        if policy == nil { reply.append([("content-security-policy", Surroundings.plainPolicy)]) }
        // For old browsers that know no frame-ancestors; there is no way to name several origins to them.
        if policy?.hasSuffix("frame-ancestors 'none'") ?? true { reply.append([("x-frame-options", "DENY")]) }
        parts.counters.countReply(reply.status)
        return reply
    }

    /// Work that goes on beside the requests: catching up with commands, and settling what was left unfinished.
    package var upkeep: [@Sendable () async -> Void] {
        let upkeep = Upkeep(parts: parts)
        return [upkeep.catchUp, upkeep.settle, upkeep.seal]
    }
}
