import DataFolder
import Feedback
import FeedbackService
import Records
import Testing

/// An open survey's public address (DESIGN section 7).
@Suite struct OpenSurveyTests {
    @Test func `a form with its token is one response, also when it is sent twice`() async throws {
        let service = try await TestService(openSurvey)
        let form = try await service.get("/s/open")
        #expect(form.status == 200)
        let token = try #require(form.hidden("_form"))
        let fields: KeyValuePairs = [
            "_page": "all", "_in": "en", "_version": "1", "_form": token, "recommend": "8", "reason": "a\r\nb",
        ]
        let sent = try await service.post("/s/open", fields)
        #expect(sent.status == 303 && sent.location.hasPrefix("/s/open/"))
        #expect(try await service.post("/s/open", fields).location == sent.location)
        let thanks = try await service.get(sent.location)
        #expect(thanks.status == 200 && thanks.text.contains("Thanks to all."))
        let lines = try service.responses(.open)
        #expect(lines.count == 1 && lines.first?.channel == .open && lines.first?.contact == nil)
        #expect(lines.first?.answers["reason"] == .text("a\nb"))
        #expect(lines.first?.started != nil)
    }

    @Test func `without a valid token nothing is stored and the filled form comes back`() async throws {
        let service = try await TestService(openSurvey)
        for token in ["", "x", String(repeating: "A", count: 60)] {
            let page = try await service.post(
                "/s/open", ["_page": "all", "_form": token, "recommend": "3", "reason": "typed"])
            #expect(page.status == 422 && page.text.contains("typed") && page.isChecked("recommend", "3"))
            #expect(page.hidden("_form") != nil && page.hidden("_form") != token)
        }
        #expect(try service.responses(.open).isEmpty)
    }

    @Test func `a refused form keeps its token`() async throws {
        let service = try await TestService(openSurvey)
        let token = try #require(try await service.get("/s/open").hidden("_form"))
        let page = try await service.post("/s/open", ["_page": "all", "_form": token, "reason": "typed"])
        #expect(page.status == 422 && page.text.contains("typed") && page.hidden("_form") == token)
    }

    @Test func `each form is a response of its own`() async throws {
        let service = try await TestService(openSurvey)
        for score in ["1", "2", "3"] {
            let token = try #require(try await service.get("/s/open").hidden("_form"))
            #expect(
                try await service.post("/s/open", ["_page": "all", "_form": token, "recommend": score]).status == 303)
        }
        #expect(Set(try service.responses(.open).map(\.id)).count == 3)
    }

    @Test func `without limits a bare form is taken, as load tests send it`() async throws {
        var options = ServiceOptions()
        options.rateLimit = nil
        let service = try await TestService(openSurvey, options: options)
        for _ in 0..<3 {
            #expect(try await service.post("/s/open", ["recommend": "9", "reason": "great"]).status == 303)
        }
        #expect(try service.responses(.open).count == 3)
    }

    @Test func `one address can send only so much, and gets its answers back`() async throws {
        var options = ServiceOptions()
        options.rateLimit = 5
        let service = try await TestService(openSurvey, options: options)
        var statuses: [Int] = []
        // The allowance grows back with time, so a slow machine needs more than six tries.
        for index in 0..<60 where !statuses.contains(429) {
            let token = try #require(try await service.get("/s/open").hidden("_form"))
            let page = try await service.post(
                "/s/open", ["_page": "all", "_form": token, "recommend": "5", "reason": "typed"],
                [("X-Forwarded-For", "198.51.100.\(index)")])
            statuses.append(page.status)
            if page.status == 429 { #expect(page["retry-after"] != nil && page.text.contains("typed")) }
        }
        #expect(statuses.filter { $0 == 303 }.count >= 5 && statuses.contains(429))
        let token = try #require(try await service.get("/s/open").hidden("_form"))
        let other = try await service.post(
            "/s/open", ["_page": "all", "_form": token, "recommend": "5"], peer: "192.0.2.8")
        #expect(other.status == 303)
    }

    @Test func `an invited survey has no public address`() async throws {
        let service = try await TestService(deliverySurvey)
        #expect(try await service.get("/s/delivery").status == 404)
        #expect(try await service.post("/s/delivery", ["recommend": "9"]).status == 404)
    }
}
