internal import NIOCore
internal import NIOHTTP1

extension ByteBuffer {
    /// Writes a reply's status line and header fields (RFC 9112 section 4), with those that only the transport knows.
    mutating func writeHead(of reply: Reply, date: String, closes: Bool) {
        writeStaticString("HTTP/1.1 ")
        writeString(String(reply.status))
        writeStaticString(" ")
        writeString(HTTPResponseStatus(statusCode: reply.status).reasonPhrase)
        for (name, value) in reply.headers { writeField(name, value) }
        writeField("date", date)
        // RFC 9110 section 8.6: 204 has no length.
        if reply.status != 204 { writeField("content-length", String(reply.body.count)) }
        if closes { writeField("connection", "close") }
        writeStaticString("\r\n\r\n")
    }

    private mutating func writeField(_ name: String, _ value: String) {
        writeStaticString("\r\n")
        writeString(name)
        writeStaticString(": ")
        writeString(value)
    }
}
