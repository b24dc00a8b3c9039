import DataFolder
import Feedback
import FeedbackService
import Records
import Testing

/// Signing in, and who may see what (FAULTS.md rows A8 to A10).
@Suite struct WorkspaceTests {
    private let pages = ["/accounts", "/accounts/acme", "/surveys", "/surveys/delivery"]

    private func signedIn(_ service: TestService, _ headers: [(name: String, value: String)] = []) async throws -> (
        Page, String
    ) {
        let page = try await service.post(
            "/login", ["user": "ines", "password": "a long enough one", "next": "/surveys"], headers)
        return (page, String(page["set-cookie"]?.prefix { $0 != ";" } ?? ""))
    }

    private func service(_ options: ServiceOptions = ServiceOptions()) async throws -> TestService {
        let service = try await TestService(deliverySurvey, options: options)
        try await service.folder.addUser("ines", password: "a long enough one", by: "test")
        return service
    }

    @Test func `a CSM signs in, reads, and signs out for good`() async throws {
        let service = try await service()
        var account = AccountLine(id: try #require(AccountID("acme")))
        account.name = "Acme <Ltd>"
        try await service.folder.upsert(accounts: [account])
        let link = try await service.invite("maria", to: .delivery)

        let (page, cookie) = try await signedIn(service)
        #expect(page.status == 303 && page.location == "/surveys")
        let attributes = try #require(page["set-cookie"])
        #expect(attributes.hasPrefix("heed=") && attributes.contains("HttpOnly") && attributes.contains("SameSite=Lax"))
        #expect(!attributes.contains("Secure"))

        let accounts = try await service.get("/accounts", [("Cookie", cookie)])
        #expect(accounts.status == 200 && accounts.text.contains("Acme &lt;Ltd&gt;"))
        #expect(accounts["referrer-policy"] == "same-origin" && accounts["cache-control"] == "no-store")
        #expect(accounts["content-security-policy"]?.contains("frame-ancestors 'none'") == true)
        #expect(try await service.get("/accounts/acme", [("Cookie", cookie)]).status == 200)
        #expect(try await service.get("/accounts/nobody", [("Cookie", cookie)]).status == 404)
        #expect(try await service.get("/surveys", [("Cookie", cookie)]).text.contains("How was it?"))
        #expect(try await service.get("/surveys/nothing", [("Cookie", cookie)]).status == 404)
        #expect(try await service.get("/login", [("Cookie", cookie)]).status == 303)

        // What is written is in the next report.
        #expect(try await service.get("/surveys/delivery", [("Cookie", cookie)]).status == 200)
        _ = try await service.post(link, ["_page": "score", "recommend": "2", "reason": "It was <late>"])
        _ = try await service.post(link, ["_page": "more", "satisfaction": "1"])
        let results = try await service.get("/surveys/delivery", [("Cookie", cookie)])
        #expect(results.status == 200 && results.text.contains("It was &lt;late&gt;"))

        let token = try #require(accounts.hidden("_token"))
        #expect(try await service.post("/logout", ["_token": "x"], [("Cookie", cookie)]).status == 403)
        #expect(try await service.get("/accounts", [("Cookie", cookie)]).status == 200)
        let foreign = [(name: "Cookie", value: cookie), (name: "Origin", value: "https://evil.example")]
        #expect(try await service.post("/logout", ["_token": token], foreign).status == 403)
        let out = try await service.post(
            "/logout", ["_token": token], [("Cookie", cookie), ("Origin", "http://localhost")])
        #expect(out.status == 303 && out["set-cookie"]?.contains("Max-Age=0") == true)
        #expect(try await service.get("/accounts", [("Cookie", cookie)]).status == 303)
    }

    @Test func `without a session every page leads to the sign-in and back`() async throws {
        let service = try await service()
        for path in pages {
            for headers in [
                [], [(name: "Cookie", value: "heed=\(String(repeating: "0", count: 64))")],
                [(name: "Cookie", value: "heed=")],
            ] {
                let page = try await service.get(path, headers)
                #expect(page.status == 303 && page.location.hasPrefix("/login?next=%2F"), "\(path)")
                #expect(page.text.isEmpty)
            }
        }
        let page = try await service.get("/login?next=%2Faccounts%2Facme")
        #expect(page.status == 200 && page.hidden("next") == "/accounts/acme")
        #expect(try await service.get("/login?next=https%3A%2F%2Fevil.example").hidden("next") == "/accounts")
    }

    @Test func `each sign-in is a new session, and none that was brought along is taken over`() async throws {
        let service = try await service()
        let fixed = "heed=" + String(repeating: "ab", count: 32)
        let (_, first) = try await signedIn(service, [("Cookie", fixed)])
        #expect(first != fixed)
        let (_, second) = try await signedIn(service, [("Cookie", first)])
        #expect(second != first)
        #expect(try await service.get("/accounts", [("Cookie", fixed)]).status == 303)
        #expect(try await service.get("/accounts", [("Cookie", first)]).status == 303)
        #expect(try await service.get("/accounts", [("Cookie", second)]).status == 200)
        try await service.folder.removeUser("ines", by: "test")
        #expect(try await service.get("/accounts", [("Cookie", second)]).status == 303)
    }

    @Test func `wrong passwords and unknown names look alike`() async throws {
        let service = try await service()
        let wrong = try await service.post("/login", ["user": "ines", "password": "wrong"])
        let unknown = try await service.post("/login", ["user": "nobody", "password": "wrong"])
        #expect(wrong.status == 403 && unknown.status == 403)
        #expect(wrong.text.replacing("ines", with: "") == unknown.text.replacing("nobody", with: ""))
        #expect(wrong["set-cookie"] == nil && !wrong.text.contains("value=\"wrong\""))
    }

    @Test
    func `over TLS the cookie is bound to the host; long passwords, NUL and forms from elsewhere are not even hashed`()
        async throws
    {
        var options = ServiceOptions()
        options.publicURL = "https://feedback.example"
        let service = try await service(options)
        let (page, _) = try await signedIn(service, [("Origin", "https://feedback.example")])
        let cookie = try #require(page["set-cookie"])
        #expect(cookie.hasPrefix("__Host-heed=") && cookie.contains("; Secure") && cookie.contains("Path=/;"))
        #expect(page["strict-transport-security"] != nil)
        #expect(
            try await service.post("/login", ["user": "ines", "password": String(repeating: "a", count: 201)]).status
                == 400)
        #expect(
            try await service.post("/login", ["user": String(repeating: "a", count: 201), "password": "x"]).status
                == 400)
        #expect(try await service.post("/login", ["user": "ines", "password": "a\0b"]).status == 400)
        for header in [
            ("Origin", "https://evil.example"), ("Origin", "null"), ("Origin", "http://localhost"),
            ("Sec-Fetch-Site", "cross-site"),
            ("Sec-Fetch-Site", "same-site"),
        ] {
            let page = try await service.post("/login", ["user": "ines", "password": "a long enough one"], [header])
            #expect(page.status == 403 && page["set-cookie"] == nil, "\(header)")
        }
    }
}
