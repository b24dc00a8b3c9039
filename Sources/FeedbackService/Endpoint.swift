package import DataFolder
package import Feedback
internal import Logging
internal import SurveyPages

/// The whole service as a function from requests to replies; the transport brings them and takes them away.
package struct Endpoint: Responder {
    private let parts: ServiceParts
    private let table: RouteTable

    /// The service over an open data folder.
    package init(folder: DataFolder, options: ServiceOptions = ServiceOptions(), time: any TimeSource = SystemTime()) {
        let parts = ServiceParts(folder: folder, options: options, time: time)
        self.parts = parts
        table = RouteTable([
            PersonalSurveyRoute(parts: parts), OpenSurveyRoute(parts: parts), UnsubscribeRoute(parts: parts),
            LivenessRoute(), ReadinessRoute(parts: parts), MetricsRoute(parts: parts), IconRoute(),
        ])
    }

    package func reply(to request: Request) async -> Reply {
        var reply: Reply
        var surroundings = Surroundings.plain
        switch table.match(request.method, request.target.segments) {
        case .route(let route, let segments):
            surroundings = route.surroundings
            do throws(Refusal) {
                reply = try await route.reply(to: request, segments)
            } catch {
                return self.reply(to: error, request)
            }
        case .otherMethods(let allowed):
            reply = .text(405, "This address takes \(allowed).")
            reply.set("allow", allowed)
        case .nothing:
            reply = request.notice(.notFound, 404)
        }
        return finished(reply, surroundings)
    }

    package func reply(to refusal: Refusal) -> Reply { reply(to: refusal, nil) }

    private func reply(to refusal: Refusal, _ request: Request?) -> Reply {
        var reply =
            if refusal.status == 413, let request { request.notice(.tooLarge, 413) } else if refusal.status == 413 {
                Reply.html(413, NoticePage(.tooLarge, language: .english).render())
            } else {
                Reply.text(refusal.status, refusal.reason)
            }
        reply.closes = reply.closes || request == nil
        return finished(reply, .plain)
    }

    private func finished(_ reply: Reply, _ surroundings: Surroundings) -> Reply {
        var reply = reply
        surroundings.protect(
            &reply, isSecure: parts.options.isSecure, isFramed: !parts.folder.settings.embeddingOrigins.isEmpty)
        parts.counters.countReply(reply.status)
        return reply
    }

    /// Work that goes on beside the requests: catching up with commands, and settling what was left unfinished.
    package var upkeep: [@Sendable () async -> Void] { [Upkeep(parts: parts).catchUp, Upkeep(parts: parts).settle] }
}
