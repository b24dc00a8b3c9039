import Feedback
import Synchronization
import Testing

@testable import FeedbackService

@Suite struct LimitsTests {
    private let noon = Timestamp(milliseconds: 1_795_000_000_000)

    private func address(_ peer: String, forwarded: String? = nil, proxies: Int = 0) throws -> ClientAddress {
        var headers = [(name: "Host", value: "a")]
        if let forwarded { headers.append((name: "X-Forwarded-For", value: forwarded)) }
        return ClientAddress(
            try Request(method: "GET", target: "/", headers: Headers(headers), peer: peer), trustedProxies: proxies)
    }

    @Test func `an IPv6 network of 64 bits counts as one client, and IPv4 in IPv6 as IPv4`() throws {
        #expect(try address("2001:db8:0:1::1") == address("2001:db8:0:1:ffff::2"))
        #expect(try address("2001:db8:0:1::1") != address("2001:db8:0:2::1"))
        #expect(try address("::ffff:10.0.0.1") == address("10.0.0.1"))
        #expect(try address("10.0.0.1") != address("10.0.0.2"))
        #expect(try address("::1") != address("0.0.0.1"))
    }

    @Test func `what a client says of its address is believed only as far as proxies are trusted`() throws {
        #expect(try address("10.0.0.1", forwarded: "1.2.3.4") == address("10.0.0.1"))
        #expect(try address("10.0.0.1", forwarded: "9.9.9.9, 1.2.3.4", proxies: 1) == address("1.2.3.4"))
        #expect(try address("10.0.0.1", forwarded: "9.9.9.9, 1.2.3.4", proxies: 2) == address("9.9.9.9"))
        // A chain that is too short, or no address, was not written by the proxies.
        #expect(try address("10.0.0.1", forwarded: "1.2.3.4", proxies: 2) == address("10.0.0.1"))
        #expect(try address("10.0.0.1", forwarded: "unknown", proxies: 1) == address("10.0.0.1"))
        #expect(try address("10.0.0.1", proxies: 1) == address("10.0.0.1"))
    }

    @Test func `a limit counts each client for itself, and begins anew with the next window`() {
        let limit = RateLimiter<String>(most: 3, seconds: 60)
        for _ in 0..<3 { #expect(limit.count("a", at: noon) == nil) }
        let wait = limit.count("a", at: noon)
        #expect(wait.map { (1...60).contains($0) } == true)
        #expect(limit.count("b", at: noon) == nil)
        #expect(limit.count("a", at: noon.adding(milliseconds: 60_000)) == nil)
    }

    @Test func `wrong passwords lock a name only for the address they came from`() throws {
        let limits = SignInLimits()
        let (here, there) = (try address("192.0.2.7"), try address("198.51.100.9"))
        for _ in 0..<10 {
            #expect(limits.begin("ines", here, at: noon) == nil)
        }
        #expect(limits.begin("ines", here, at: noon) != nil)
        #expect(limits.begin("ines", there, at: noon) == nil && limits.begin("omar", here, at: noon) == nil)
        for index in 0..<89 { #expect(limits.begin("name\(index)", here, at: noon) == nil) }
        #expect(limits.begin("omar", here, at: noon) != nil && limits.begin("omar", there, at: noon) == nil)
        #expect(limits.begin("ines", here, at: noon.adding(milliseconds: 900_000)) == nil)
    }

    @Test func `a right password is no guess, however often it is given`() throws {
        let limits = SignInLimits()
        let here = try address("192.0.2.7")
        for _ in 0..<200 {
            #expect(limits.begin("ines", here, at: noon) == nil)
            limits.forgive("ines", here, at: noon)
        }
        for _ in 0..<10 { #expect(limits.begin("ines", here, at: noon) == nil) }
        #expect(limits.begin("ines", here, at: noon) != nil)
    }

    @Test func `a session ends after half an hour without use, after twelve hours, and when it is ended`() {
        let store = SessionStore()
        let id = store.begin(user: "ines", at: noon)
        #expect(id.utf8.count == 64)
        #expect(store.find(id, at: noon)?.user == "ines")
        #expect(store.find(id + "0", at: noon) == nil)
        var now = noon
        for _ in 0..<24 {
            now = now.adding(milliseconds: 29 * 60_000)
            #expect(store.find(id, at: now) != nil)
        }
        #expect(store.find(id, at: noon.adding(milliseconds: SessionStore.longest + 1)) == nil)
        let second = store.begin(user: "ines", at: noon)
        #expect(second != id)
        #expect(store.find(second, at: noon.adding(milliseconds: SessionStore.idle + 1)) == nil)
        let third = store.begin(user: "ines", at: noon)
        store.end(third)
        #expect(store.find(third, at: noon) == nil)
    }

    @Test func `the Date header is written as RFC 9110 says`() throws {
        #expect(DateHeader.format(Timestamp(milliseconds: 784_111_777_000)) == "Sun, 06 Nov 1994 08:49:37 GMT")
        #expect(DateHeader.format(Timestamp(milliseconds: 0)) == "Thu, 01 Jan 1970 00:00:00 GMT")
    }

    @Test func `languages are taken in the order of their weights`() throws {
        func languages(_ header: String) throws -> [String] {
            try Request(
                method: "GET", target: "/", headers: Headers([("host", "a"), ("Accept-Language", header)]), peer: ""
            ).acceptedLanguages.map(\.rawValue)
        }
        #expect(try languages("en;q=0.5, bn, ar;q=0.8, *;q=0.1") == ["bn", "ar", "en"])
        #expect(try languages("fr;q=0, de-CH") == ["de-ch"])
        #expect(try languages("<script>, ;;;, q=1").isEmpty)
    }

    @Test func `after signing in one gets back to the workspace, and nowhere else`() {
        for wish in [
            "https://evil.example/", "//evil.example/accounts", "/\\evil", "/login", "/accountsx", "",
            "/accounts/../x\r\n",
        ] {
            #expect(WorkspaceGate.safePath(wish) == "/accounts")
        }
        #expect(WorkspaceGate.safePath(nil) == "/accounts")
        #expect(WorkspaceGate.safePath("/accounts/caf%C3%A9?sort=value") == "/accounts/caf%C3%A9?sort=value")
    }
}
