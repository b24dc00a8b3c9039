/// How much and how long one connection may take (FAULTS.md section 2).
package struct GuardLimits: Sendable {
    /// How long a connection may wait for, or trickle, the header of a request.
    package var head: Duration = .seconds(15)
    /// How long the body may take from the end of the header on.
    package var body: Duration = .seconds(10)
    /// How long an answer may take to be made and sent.
    package var answer: Duration = .seconds(60)
    /// How long a client may leave what is being sent unread.
    package var stall: Duration = .seconds(5)
    /// How long a closed connection waits for the client to have read the last answer.
    package var linger: Duration = .seconds(2)
    /// The most bytes of a body: 64 KiB, more than any form here sends.
    package var bodyBytes = 65_536
    /// The most bytes of one header field.
    package var headerFieldBytes = 16_384
    /// The most bytes of all header fields of a request.
    package var headerBytes = 32_768
    /// The most header fields of a request.
    package var headerFields = 100
    /// The most connections at once; others wait in the backlog.
    package var connections = 10_000

    /// The limits of FAULTS.md section 2.
    package init() {}
}
