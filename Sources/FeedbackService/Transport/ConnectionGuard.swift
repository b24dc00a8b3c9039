internal import NIOCore
internal import NIOHTTP1

/// Bounds what one connection can take: header and body deadlines, body size, unread answers; lets one request through
/// at a time, and closes cleanly.
///
/// It stands between the HTTP parser and the request handler. What it refuses goes on as a `Refusal` event, so that the
/// handler answers it in its place; after such an answer nothing more of the connection is read as a request.
final class ConnectionGuard: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = ReplyPart
    typealias OutboundOut = ByteBuffer

    private enum Phase {
        /// Until the header of a request is whole.
        case waiting
        /// Until its body is whole.
        case receiving
        /// Until its answer is sent.
        case answering
        /// Until the client has closed too; what still comes in is thrown away.
        case lingering
    }

    /// What came in before the answer to an earlier request was sent.
    private enum Early {
        case part(HTTPServerRequestPart)
        case broken(HTTPParserError)
    }

    private let limits: GuardLimits
    private var phase = Phase.waiting
    private var early = CircularBuffer<Early>(initialCapacity: 0)
    private var isTakingEarly = false
    /// Whether reading waits until what came in early was taken.
    private var isReadHeld = false
    private var isInputClosed = false
    private var deadline = NIODeadline.distantFuture
    private var stall: NIODeadline?
    private var timer: (task: Scheduled<Void>, at: NIODeadline)?
    private var received = 0
    private var closesAfterAnswer = false
    private var isRefused = false
    private var awaitsContinue = false

    init(limits: GuardLimits) { self.limits = limits }

    func handlerAdded(context: ChannelHandlerContext) {
        deadline = .now() + TimeAmount(limits.head)
        schedule(context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.task.cancel()
        timer = nil
        context.fireChannelInactive()
    }

    // MARK: What comes in

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        // Answers go out in the order of requests (RFC 9112 section 9.3.2): one at a time is answered.
        if isBehindAnswer { early.append(.part(part)) } else { take(part, context) }
    }

    private var isBehindAnswer: Bool { phase == .answering || !early.isEmpty }

    private func take(_ part: HTTPServerRequestPart, _ context: ChannelHandlerContext) {
        guard !isRefused, phase != .lingering else { return }
        switch part {
        case .head(let head):
            phase = .receiving
            deadline = .now() + TimeAmount(limits.body)
            received = 0
            closesAfterAnswer = closesAfterAnswer || !head.isKeepAlive
            if let refusal = refusal(of: head) { return refuse(refusal, context) }
            // RFC 9110 section 10.1.1.
            awaitsContinue = head.version != .http1_0 && head.headers.contains(name: "expect")
        case .body(let bytes):
            awaitsContinue = false
            received += bytes.readableBytes
            if received > limits.bodyBytes { return refuse(.tooLarge, context) }
        case .end:
            awaitsContinue = false
            phase = .answering
            deadline = .now() + TimeAmount(limits.answer)
        }
        context.fireChannelRead(wrapInboundOut(part))
    }

    /// Goes on with what came in early; in turn, not one inside the other: a thousand requests sent at once must not
    /// stand on one another on the stack.
    private func takeEarly(_ context: ChannelHandlerContext) {
        if isTakingEarly { return }
        isTakingEarly = true
        while phase != .answering, let next = early.popFirst() {
            switch next {
            case .part(let part): take(part, context)
            case .broken(let error): refuse(error, context)
            }
        }
        isTakingEarly = false
        if isReadHeld, early.isEmpty {
            isReadHeld = false
            context.read()
        }
    }

    /// A client that sends on and on without waiting is not read any further meanwhile.
    func read(context: ChannelHandlerContext) { if early.isEmpty { context.read() } else { isReadHeld = true } }

    private func refusal(of head: HTTPRequestHead) -> Refusal? {
        // RFC 9112 section 6.1: a coding that is not known is 501; only plain chunked is.
        let codings = head.headers["transfer-encoding"]
        if !codings.isEmpty, codings.count > 1 || codings[0].lowercased() != "chunked" { return .unknownCoding }
        guard let length = head.headers.first(name: "content-length") else { return nil }
        // The parser has made sure that it is a number; one that no Int holds is too large as well.
        return Int(length).map { $0 > limits.bodyBytes } ?? true ? .tooLarge : nil
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if phase == .receiving, !isRefused {
            if awaitsContinue {
                awaitsContinue = false
                context.writeAndFlush(
                    wrapOutboundOut(ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n")), promise: nil)
            }
            schedule(context)
        }
        context.fireChannelReadComplete()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? HTTPParserError, !isRefused, phase != .lingering else {
            return context.close(promise: nil)
        }
        if isBehindAnswer { early.append(.broken(error)) } else { refuse(error, context) }
    }

    private func refuse(_ error: HTTPParserError, _ context: ChannelHandlerContext) {
        refuse(
            error == .headerOverflow ? .headerTooLarge : .malformed("The request breaks the rules of HTTP."), context)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed? = event as? ChannelEvent {
            // The client sends no more; answers to what it sent still reach it.
            if isBehindAnswer { isInputClosed = true } else { context.close(promise: nil) }
        } else if event is ChannelShouldQuiesceEvent {
            // The server ends: only the request that has begun is answered.
            early.removeAll()
            if phase == .waiting { context.close(promise: nil) } else { closesAfterAnswer = true }
        }
        context.fireUserInboundEventTriggered(event)
    }

    private func refuse(_ refusal: Refusal, _ context: ChannelHandlerContext) {
        isRefused = true
        closesAfterAnswer = true
        deadline = .now() + TimeAmount(limits.answer)
        context.fireUserInboundEventTriggered(refusal)
    }

    // MARK: What goes out

    /// Whether the connection ends with the answer that is about to be sent.
    func closes(after reply: Reply) -> Bool {
        if reply.closes || (isInputClosed && early.isEmpty) { closesAfterAnswer = true }
        return closesAfterAnswer
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .more(let bytes): context.write(wrapOutboundOut(bytes), promise: promise)
        case .last(let bytes):
            phase = closesAfterAnswer ? .lingering : .waiting
            deadline = .now() + TimeAmount(closesAfterAnswer ? limits.linger : limits.head)
            context.writeAndFlush(wrapOutboundOut(bytes), promise: promise)
            if closesAfterAnswer { linger(context) }
            takeEarly(context)
        }
    }

    /// Says that no more will come, and waits for the client to have read it: a close with bytes still coming in would
    /// reset the connection and lose the answer (RFC 9112 section 9.6).
    private func linger(_ context: ChannelHandlerContext) {
        context.close(mode: .output, promise: nil)
        schedule(context)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        stall = context.channel.isWritable ? nil : .now() + TimeAmount(limits.stall)
        if stall != nil { schedule(context) }
        context.fireChannelWritabilityChanged()
    }

    // MARK: Time

    /// Keeps one timer a connection, at or before the next deadline; deadlines that move away cost nothing.
    private func schedule(_ context: ChannelHandlerContext) {
        let due = min(deadline, stall ?? .distantFuture)
        if let timer {
            if timer.at <= due { return }
            timer.task.cancel()
        }
        let task = context.eventLoop.assumeIsolated().scheduleTask(deadline: due) { [self] in
            timer = nil
            guard NIODeadline.now() < min(deadline, stall ?? .distantFuture) else { return runOut(context) }
            schedule(context)
        }
        timer = (task, due)
    }

    private func runOut(_ context: ChannelHandlerContext) {
        if phase == .receiving, !isRefused, stall == nil { return refuse(.tooSlow, context) }
        context.close(promise: nil)
    }
}

@available(*, unavailable)
extension ConnectionGuard: Sendable {}

/// A part of an answer, in the bytes that go out.
enum ReplyPart: Sendable {
    /// More of the same answer follows.
    case more(ByteBuffer)
    /// The answer ends with it.
    case last(ByteBuffer)
}
