import FeedbackService
import QuestionnaireModel
import Testing

@Suite struct RequestTests {
    private func request(
        _ target: String, method: String = "GET", _ headers: [(String, String)] = [("Host", "localhost:8080")],
        body: String = ""
    ) throws(Refusal) -> Request {
        try Request(
            method: method, target: target, headers: Headers(headers.map { (name: $0.0, value: $0.1) }),
            body: Array(body.utf8),
            peer: "127.0.0.1")
    }

    @Test func `segments are decoded one by one, so that an escaped slash divides nothing`() throws {
        #expect(try request("/").target.segments.isEmpty)
        #expect(try request("/a/b").target.segments == ["a", "b"])
        #expect(try request("/a%2Fb").target.segments == ["a/b"])
        #expect(try request("/accounts/caf%C3%A9+x").target.segments == ["accounts", "café+x"])
        #expect(try request("/%2e%2e/etc").target.segments == ["..", "etc"])
        #expect(try request("/%252e").target.segments == ["%2e"])
        #expect(try request("//etc").target.segments == ["", "etc"])
        #expect(try request("/a/").target.segments == ["a", ""])
    }

    @Test func `the query is apart from the path`() throws {
        let target = try request("/s/x?recommend=9&_language=bn?").target
        #expect(target.segments == ["s", "x"])
        #expect(target.query["recommend"] == "9" && target.query["_language"] == "bn?")
    }

    @Test(arguments: [
        "/%zz", "/%00", "/%ff", "/%C0%AF", "/a b", "/é", "/#x", "x", "*", "http://other/", "/?a=%zz", "/?%00",
    ])
    func `a target that breaks the rules is refused`(target: String) {
        #expect(throws: Refusal.self) { try request(target) }
    }

    @Test(arguments: ["a", "a:80", "127.0.0.1:8080", "[::1]", "[::1]:8080", "xn--a.example"])
    func `a valid host is taken`(host: String) throws {
        #expect(throws: Never.self) { try request("/", [("host", host)]) }
    }

    @Test(arguments: ["", "a b", "a/b", "a@b", "a:x", "a:123456", "[::1", "::1", "a,b", "a?b", "\u{E9}", "[]"])
    func `another is not`(host: String) {
        #expect(throws: Refusal.self) { try request("/", [("Host", host)]) }
    }

    @Test func `two hosts and no host are refused`() {
        #expect(throws: Refusal.self) { try request("/", [("Host", "a"), ("Host", "a")]) }
        #expect(throws: Refusal.self) { try request("/", []) }
        #expect(throws: Refusal.self) { try request("/", [("Ho\u{17F}t", "a")]) }
    }

    @Test func `only forms are read as forms`() throws {
        for type in ["application/x-www-form-urlencoded", "Application/X-WWW-Form-Urlencoded; charset=UTF-8"] {
            let form = try request("/", method: "POST", [("Host", "a"), ("Content-Type", type)], body: "a=b").form()
            #expect(form["a"] == "b")
        }
        for type in ["text/plain", "multipart/form-data; boundary=x", "application/json", ""] {
            let sent = try request("/", method: "POST", [("Host", "a"), ("Content-Type", type)], body: "a=b")
            #expect(throws: Refusal.unsupportedType) { try sent.form() }
        }
    }

    @Test func `a cookie is found by its whole name`() throws {
        let sent = try request("/", [("Host", "a"), ("Cookie", "xheed=1; heed=2;heedx=3"), ("Cookie", "other=4")])
        #expect(sent.cookie("heed") == "2" && sent.cookie("other") == "4" && sent.cookie("hee") == nil)
        let twice = try request("/", [("Host", "a"), ("Cookie", "heed=1; heed=2")])
        #expect(twice.cookie("heed") == nil)
    }

    @Test func `no header value begins a new line`() {
        var reply = Reply.seeOther("/a\r\nSet-Cookie: x=y")
        #expect(reply["location"] == "/a  Set-Cookie: x=y")
        reply.set("location", "/b")
        #expect(reply.headers.count == 1 && reply["location"] == "/b")
    }
}
