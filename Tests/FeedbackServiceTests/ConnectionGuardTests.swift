import Feedback
import FeedbackService
import Synchronization
import Testing

/// Answers every request with its path, and remembers them.
private final class Echo: Responder {
    private let requests = Mutex<[String]>([])
    let size: Int

    var seen: [String] { requests.withLock { $0 } }

    let delay: Duration?

    init(size: Int = 0, delay: Duration? = nil) {
        self.size = size
        self.delay = delay
    }

    func reply(to request: Request) async -> Reply {
        let path = request.target.segments.joined(separator: "/")
        requests.withLock { $0.append(path) }
        if let delay { try? await Task.sleep(for: delay) }
        if path == "closing" {
            var reply = Reply.text(200, path)
            reply.closes = true
            return reply
        }
        return size > 0 ? .html(200, [UInt8](repeating: 97, count: size)) : .text(200, "you asked for \(path)")
    }

    func reply(to refusal: Refusal) -> Reply { .text(refusal.status, refusal.reason) }
}

/// Raw bytes against the real transport (FAULTS.md section 6, rows H1 to H17).
@Suite struct ConnectionGuardTests {
    private func get(_ path: String, _ more: String = "") -> String {
        "GET \(path) HTTP/1.1\r\nHost: localhost\r\n\(more)\r\n"
    }
    private func post(_ headers: String, _ body: String) -> String {
        "POST /form HTTP/1.1\r\nHost: localhost\r\n\(headers)\r\n\(body)"
    }

    @Test func `answers, keeps the connection, and answers pipelined requests in order`() async throws {
        try await withServer(Echo()) { client in
            let answer = await client.exchange(get("/a") + get("/b") + get("/c", "Connection: close\r\n"))
            #expect(answer.statuses == [200, 200, 200])
            #expect(answer.isClosed)
            #expect(answer.text.split(separator: "you asked for ").dropFirst().map { $0.prefix(1) } == ["a", "b", "c"])
        }
    }

    @Test func `thousands of pipelined requests do not stand on one another on the stack`() async throws {
        try await withServer(Echo()) { client in
            let many = String(repeating: get("/x"), count: 5000) + get("/last", "Connection: close\r\n")
            let answer = await client.exchange(many, atMost: 20)
            #expect(answer.statuses.count == 5001)
        }
    }

    @Test func `requests that come while an answer is made wait their turn, and so does what is broken behind them`()
        async throws
    {
        let echo = Echo(delay: .milliseconds(60))
        try await withServer(echo) { client in
            let broken = await client.exchange(get("/a") + get("/b") + "GET /c\r\n\r\n" + get("/d"))
            #expect(broken.statuses == [200, 200, 400] && broken.isClosed)
            let parts = [get("/e") + "GET /f HT", "TP/1.1\r\nHost: a\r\n\r\n", get("/g", "Connection: close\r\n")]
            #expect(await client.exchange(parts, pause: 0.02).statuses == [200, 200, 200])
            // Who sends no more still gets every answer.
            let whole = await client.exchange(get("/h") + get("/i") + get("/j"), closing: true)
            #expect(whole.statuses == [200, 200, 200] && whole.isClosed)
        }
        #expect(echo.seen == ["a", "b", "e", "f", "g", "h", "i", "j"])
    }

    @Test func `a flood behind an answer is not read any further, and answered when it is its turn`() async throws {
        let echo = Echo(delay: .milliseconds(1))
        try await withServer(echo) { client in
            let padding = "X: " + String(repeating: "x", count: 4000) + "\r\n"
            let many = String(repeating: get("/x", padding), count: 400) + get("/last", "Connection: close\r\n")
            #expect(await client.exchange(many, atMost: 30).statuses.count == 401)
        }
        #expect(echo.seen.count == 401 && echo.seen.last == "last")
    }

    @Test func `HEAD has the length and no body`() async throws {
        try await withServer(Echo(size: 1000)) { client in
            let answer = await client.exchange("HEAD /a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            #expect(answer.statuses == [200])
            #expect(answer.text.contains("content-length: 1000"))
            #expect(answer.text.hasSuffix("\r\n\r\n"))
        }
    }

    @Test func `a large answer arrives whole`() async throws {
        try await withServer(Echo(size: 3_000_000)) { client in
            let answer = await client.exchange(get("/a", "Connection: close\r\n"), atMost: 10)
            #expect(answer.text.utf8.count > 3_000_000 && answer.text.hasSuffix("aaa"))
        }
    }

    @Test func `Connection close is kept, however it is written, and whoever asks for it`() async throws {
        try await withServer(Echo()) { client in
            for text in [get("/a", "Connection: Close\r\n"), get("/a", "Connection: foo, CLOSE\r\n"), get("/closing")] {
                let answer = await client.exchange(text)
                #expect(answer.isClosed)
                #expect(answer.text.lowercased().contains("connection: close"))
            }
            #expect(await client.exchange("GET / HTTP/1.0\r\n\r\n").isClosed)
            #expect(await client.exchange(get("/a"), closing: true).statuses == [200])
        }
    }

    @Test(arguments: [
        "Content-Length: -5\r\n", "Content-Length: +5\r\n", "Content-Length: 9223372036854775808\r\n",
        "Content-Length: 100000000000000000000000\r\n", "Content-Length: 5, 5\r\n", "Content-Length:\r\n",
        "Content-Length: 0\r\nContent-Length: 5\r\n", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        "Content-Length : 5\r\n", "Transfer-Encoding : chunked\r\n", "Transfer-Encoding: \u{B}chunked\r\n",
        "Transfer-Encoding: gzip, chunked\r\n", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: identity\r\n", "X: a\0b\r\n", "X y: z\r\n",
    ])
    func `broken framing is refused and nothing after it is answered`(headers: String) async throws {
        let echo = Echo()
        try await withServer(echo) { client in
            let answer = await client.exchange(post(headers, "a=b&c") + get("/smuggled"))
            #expect(answer.isClosed)
            #expect(answer.statuses.count == 1)
            #expect(answer.statuses.allSatisfy { [400, 413, 501].contains($0) })
        }
        #expect(!echo.seen.contains("smuggled"))
    }

    @Test(arguments: ["-5", "+5", "ffffffffffffffffff", "g", "5;a=\"b"])
    func `broken chunks are refused`(size: String) async throws {
        let echo = Echo()
        try await withServer(echo) { client in
            let answer = await client.exchange(
                post("Transfer-Encoding: chunked\r\n", "\(size)\r\nhello\r\n0\r\n\r\n") + get("/smuggled"))
            #expect(answer.isClosed && answer.statuses.allSatisfy { $0 == 400 || $0 == 413 })
        }
        #expect(echo.seen.isEmpty)
    }

    @Test func `bodies over the limit are refused, with and without a length`() async throws {
        let echo = Echo()
        try await withServer(echo) { client in
            let large = String(repeating: "a", count: 70_000)
            let told = await client.exchange(post("Content-Length: 70000\r\n", large) + get("/smuggled"))
            #expect(told.statuses == [413] && told.isClosed)
            let chunked = await client.exchange(
                post("Transfer-Encoding: chunked\r\n", "11170\r\n\(large)\r\n0\r\n\r\n") + get("/smuggled"))
            #expect(chunked.statuses == [413] && chunked.isClosed)
            let endless = await client.exchange(post("Content-Length: 999999999999\r\n", ""))
            #expect(endless.statuses == [413] && endless.isClosed)
        }
        #expect(echo.seen.isEmpty)
    }

    @Test func `headers over the limits are refused`() async throws {
        try await withServer(Echo()) { client in
            for more in [
                "X: " + String(repeating: "a", count: 20_000) + "\r\n", String(repeating: "A: b\r\n", count: 101),
                String(repeating: "A: \(String(repeating: "b", count: 1000))\r\n", count: 40),
            ] {
                let answer = await client.exchange(get("/a", more))
                #expect(answer.isClosed && (answer.statuses == [431] || answer.statuses == [400]))
            }
        }
    }

    @Test func `exactly one valid host, and no other address`() async throws {
        let echo = Echo()
        try await withServer(echo) { client in
            for text in [
                "GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: \r\n\r\n", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a:b\r\n\r\n",
                "GET http://other/ HTTP/1.1\r\nHost: a\r\n\r\n", "GET /\u{E9} HTTP/1.1\r\nHost: a\r\n\r\n",
            ] {
                let answer = await client.exchange(text, closing: true)
                #expect(answer.statuses == [400], "\(text)")
            }
            #expect(
                await client.exchange("GET http://a/x HTTP/1.1\r\nHost: a\r\n\r\n", closing: true).statuses == [200])
            #expect(await client.exchange("GET / HTTP/2.0\r\nHost: a\r\n\r\n").isClosed)
            #expect(await client.exchange("\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}").isClosed)
        }
        #expect(echo.seen == ["x"])
    }

    @Test func `Expect 100-continue is answered`() async throws {
        try await withServer(Echo()) { client in
            let head =
                "POST /a HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\nConnection: close\r\n\r\n"
            let answer = await client.exchange([head, "a=b"], pause: 1)
            #expect(answer.statuses == [100, 200])
        }
    }

    @Test func `slow headers and slow bodies are ended in time, however they trickle`() async throws {
        var limits = GuardLimits()
        limits.head = .milliseconds(600)
        limits.body = .milliseconds(400)
        let echo = Echo()
        try await withServer(echo, limits: limits) { client in
            let head = await client.exchange(get("/a").map(String.init), pause: 0.1, atMost: 5)
            #expect(head.isClosed && head.seconds < 2 && head.statuses.isEmpty)
            let body = await client.exchange(
                [post("Content-Length: 100\r\n", "")] + (0..<20).map { _ in "a" }, pause: 0.1, atMost: 5)
            #expect(body.isClosed)
            let idle = await client.exchange(get("/b"), atMost: 5)
            #expect(idle.statuses == [200] && idle.isClosed && idle.seconds < 2)
            // A request in good time is not disturbed by the deadlines of the one before it.
            let two = await client.exchange([get("/c"), get("/d", "Connection: close\r\n")], pause: 0.4, atMost: 5)
            #expect(two.statuses == [200, 200])
        }
        #expect(echo.seen == ["b", "c", "d"])
    }

    @Test func `a client that does not read is let go`() async throws {
        var limits = GuardLimits()
        limits.stall = .milliseconds(300)
        try await withServer(Echo(size: 40_000_000), limits: limits) { client in
            let answer = await client.exchange([get("/a")], deafFor: 2.5, atMost: 10)
            #expect(answer.isClosed && answer.text.utf8.count < 40_000_000)
        }
    }

    @Test func `a request that is being answered is answered before the server ends`() async throws {
        let pending = Mutex<Task<RawClient.Answer, Never>?>(nil)
        try await withServer(Echo(delay: .milliseconds(400))) { client in
            pending.withLock { $0 = Task { await client.exchange(get("/a")) } }
            try await Task.sleep(for: .milliseconds(200))
        }
        // Whether the connection is closed at once is the machine's affair; that the answer arrives is the customer's.
        let answer = await pending.withLock { $0 }?.value
        #expect(answer?.statuses == [200])
    }

    @Test func `a port that is taken is told in a sentence`() async throws {
        try await withServer(Echo()) { client in
            let second = WebServer(host: "127.0.0.1", port: client.port, responder: Echo(), time: SystemTime())
            let error = await #expect(throws: ServerError.self) { try await second.run(until: {}) { _ in } }
            #expect(error?.description.contains("already") == true)
        }
    }
}
