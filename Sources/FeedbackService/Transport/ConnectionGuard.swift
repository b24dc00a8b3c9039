internal import NIOCore
internal import NIOHTTP1

/// Bounds what one connection can take: header and body deadlines, body size, unread answers; and closes cleanly.
///
/// It stands between the HTTP parser and the request handler. What it refuses goes on as a `Refusal` event, so that the
/// handler answers it in its place; after such an answer nothing more of the connection is read as a request.
final class ConnectionGuard: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

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

    private let limits: GuardLimits
    private var phase = Phase.waiting
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
        guard !isRefused, phase != .lingering else { return }
        switch unwrapInboundIn(data) {
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
        context.fireChannelRead(data)
    }

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
                    wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .continue))), promise: nil)
            }
            schedule(context)
        }
        context.fireChannelReadComplete()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? HTTPParserError, !isRefused, phase != .answering, phase != .lingering else {
            return context.close(promise: nil)
        }
        refuse(
            error == .headerOverflow ? .headerTooLarge : .malformed("The request breaks the rules of HTTP."), context)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed? = event as? ChannelEvent {
            // The client sends no more; an answer that is being made still reaches it.
            if phase == .answering { closesAfterAnswer = true } else { context.close(promise: nil) }
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

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head) where head.status.code >= 200:
            if head.headers.first(name: "connection") == "close" { closesAfterAnswer = true }
            guard closesAfterAnswer else { return context.write(data, promise: promise) }
            head.headers.replaceOrAdd(name: "connection", value: "close")
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .end where closesAfterAnswer:
            // Before the write: it may deliver the next request at once, which must not be seen as one.
            phase = .lingering
            context.writeAndFlush(data, promise: promise)
            linger(context)
        case .end:
            phase = .waiting
            deadline = .now() + TimeAmount(limits.head)
            context.write(data, promise: promise)
        default:
            context.write(data, promise: promise)
        }
    }

    /// Says that no more will come, and waits for the client to have read it: a close with bytes still coming in would
    /// reset the connection and lose the answer (RFC 9112 section 9.6).
    private func linger(_ context: ChannelHandlerContext) {
        deadline = .now() + TimeAmount(limits.linger)
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
