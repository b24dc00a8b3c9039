import Feedback
import FeedbackService
import Testing

/// What is true of every address.
@Suite struct EndpointTests {
    @Test func `methods that are not taken get 405 and what is`() async throws {
        let service = try await TestService(openSurvey)
        for (method, path, allowed) in [
            ("DELETE", "/s/open", "GET, HEAD, POST"), ("OPTIONS", "/health/live", "GET, HEAD"),
            ("POST", "/health/live", "GET, HEAD"),
            ("TRACE", "/s/open", "GET, HEAD, POST"), ("GET", "/logout", "POST"),
        ] {
            let reply = await service.endpoint.reply(
                to: try Request(method: method, target: path, headers: Headers([("Host", "a")]), peer: ""))
            #expect(reply.status == 405 && reply["allow"] == allowed, "\(method) \(path)")
        }
    }

    @Test(arguments: [
        "/x", "/s", "/s/open/", "/s//open", "//s/open", "/s/..%2fopen", "/%2e%2e/etc/passwd", "/s/open%00", "/s%2Fopen",
        "/S/open",
        "/s/open%2F", "/s/%252e%252e", "/files/..%5c..%5cetc",
    ])
    func `odd paths lead nowhere`(path: String) async throws {
        let service = try await TestService(openSurvey)
        do {
            #expect(try await service.get(path).status == 404)
        } catch let refusal as Refusal {
            #expect(refusal.status == 400)
        }
    }

    @Test func `health and figures`() async throws {
        let service = try await TestService(openSurvey)
        #expect(try await service.get("/health/live").status == 200)
        #expect(try await service.get("/health/ready").status == 200)
        #expect(try await service.get("/favicon.ico").status == 200)
        #expect(try await service.get("/").location == "/accounts")
        #expect(try await service.get("/metrics").status == 401)
        func metrics(_ headers: [(name: String, value: String)]) async throws -> Reply {
            await service.endpoint.reply(
                to: try Request(
                    method: "GET", target: "/metrics", headers: Headers([("Host", "a")] + headers), peer: "127.0.0.1"))
        }
        let figures = try await metrics([])
        #expect(figures.status == 200)
        #expect(String(decoding: figures.body, as: UTF8.self).contains("heed_replies_total{class=\"2xx\"} 3\n"))
        // Through a proxy on the same machine every peer is loopback.
        #expect(try await metrics([("X-Forwarded-For", "198.51.100.1")]).status == 401)
    }

    @Test func `a form of another type, or too large a one, is refused`() async throws {
        let service = try await TestService(openSurvey)
        let json = try Request(
            method: "POST", target: "/s/open", headers: Headers([("Host", "a"), ("Content-Type", "application/json")]),
            body: Array("{}".utf8), peer: "")
        #expect(await service.endpoint.reply(to: json).status == 415)
        let large = service.endpoint.reply(to: .tooLarge)
        #expect(large.status == 413 && large.closes && String(decoding: large.body, as: UTF8.self).contains("shorten"))
        for body in ["recommend=%", "recommend=%00", "recommend=%ff", "%C0%AF=1"] {
            let sent = try Request(
                method: "POST", target: "/s/open",
                headers: Headers([("Host", "a"), ("Content-Type", "application/x-www-form-urlencoded")]),
                body: Array(body.utf8), peer: "")
            #expect(await service.endpoint.reply(to: sent).status == 400, "\(body)")
        }
    }
}
