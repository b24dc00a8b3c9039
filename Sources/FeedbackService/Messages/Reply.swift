/// What a route answers: a status, header fields and a body, whole.
package struct Reply: Sendable {
    /// The status.
    package var status: Int
    /// The header fields besides those that every reply has.
    package private(set) var headers: [(name: String, value: String)] = []
    /// The body.
    package var body: [UInt8]
    /// Whether the connection is closed afterwards.
    package var closes = false

    /// An answer with a body of a type.
    package init(_ status: Int, type: String? = nil, body: [UInt8] = []) {
        self.status = status
        self.body = body
        if let type { set("content-type", type) }
    }

    /// A page.
    package static func html(_ status: Int, _ body: [UInt8]) -> Reply {
        Reply(status, type: "text/html; charset=utf-8", body: body)
    }

    /// A few words.
    package static func text(_ status: Int, _ words: String) -> Reply {
        Reply(status, type: "text/plain; charset=utf-8", body: Array((words + "\n").utf8))
    }

    /// Go there with GET; the address is a path on this server.
    package static func seeOther(_ path: String) -> Reply {
        var reply = Reply(303)
        reply.set("location", path)
        return reply
    }

    /// The value of a header, if it is set.
    package subscript(name: String) -> String? { headers.first { $0.name == name }?.value }

    /// Adds headers that are not set yet, with values of our own.
    mutating func append(_ more: [(name: String, value: String)]) { headers += more }

    /// Sets a header, by a name in lower case, in place of an earlier value; control characters become spaces, so that
    /// no value can begin a new line.
    package mutating func set(_ name: String, _ value: String) {
        headers.removeAll { $0.name == name }
        let isClean = value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
        let clean =
            isClean ? value : String(decoding: value.utf8.map { $0 >= 0x20 && $0 != 0x7F ? $0 : 0x20 }, as: UTF8.self)
        headers.append((name, clean))
    }
}
