internal import NIOCore
internal import NIOHTTP1

/// Collects a request, has it answered on the connection's own event loop, and writes the answer.
///
/// An answer that needs no waiting is written before the next byte is read, without a change of thread. One request a
/// connection is answered at a time: the guard before this handler sees to it.
final class RequestHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = ReplyPart

    /// Large answers go out in parts of this size, each only when the client has read enough of those before it.
    private static let partBytes = 32_768

    private let responder: any Responder
    private let dates: DateHeader
    private let connection: ConnectionGuard
    private let executor: LoopExecutor
    private var head: HTTPRequestHead?
    private var body: ByteBuffer?
    private var unsent: ByteBuffer?
    private var peer: String?
    private var bound: NIOLoopBound<Bound>?

    /// Answers what a connection's guard lets through.
    init(responder: any Responder, dates: DateHeader, connection: ConnectionGuard, executor: LoopExecutor) {
        self.responder = responder
        self.dates = dates
        self.connection = connection
        self.executor = executor
    }

    func handlerAdded(context: ChannelHandlerContext) {
        bound = NIOLoopBound(Bound(handler: self, context: context), eventLoop: context.eventLoop)
    }

    /// The pipeline lets go: so must what leads back to it, or the connection would never be freed.
    func handlerRemoved(context: ChannelHandlerContext) { bound = nil }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body = nil
        case .body(var bytes):
            if body == nil { body = bytes } else { body?.writeBuffer(&bytes) }
        case .end: answer(context)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let refusal = event as? Refusal {
            body = nil
            write(responder.reply(to: refusal), context)
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    private func answer(_ context: ChannelHandlerContext) {
        guard let head, let bound else { return }
        let bytes = body.map { Array($0.readableBytesView) } ?? []
        body = nil
        let request: Request
        do throws(Refusal) {
            request = try Request(
                method: head.method.rawValue, target: head.uri,
                headers: Headers(head.headers.map { ($0.name, $0.value) }),
                body: bytes, peer: peer(context), needsHost: head.version != .http1_0)
        } catch {
            return write(responder.reply(to: error), context)
        }
        let (loop, responder) = (context.eventLoop, responder)
        Task.immediate(executorPreference: executor) {
            let reply = await responder.reply(to: request)
            if loop.inEventLoop { bound.value.write(reply) } else { loop.execute { bound.value.write(reply) } }
        }
    }

    private func peer(_ context: ChannelHandlerContext) -> String {
        if let peer { return peer }
        let peer = context.remoteAddress?.ipAddress ?? ""
        self.peer = peer
        return peer
    }

    fileprivate func write(_ reply: Reply, _ context: ChannelHandlerContext) {
        guard context.channel.isActive else { return }
        let hasBody = head?.method != .HEAD && !reply.body.isEmpty
        var bytes = context.channel.allocator.buffer(capacity: 768 + (hasBody ? reply.body.count : 0))
        bytes.writeHead(of: reply, date: dates.value, closes: connection.closes(after: reply))
        if hasBody { bytes.writeBytes(reply.body) }
        head = nil
        unsent = bytes
        sendParts(context)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if unsent != nil, context.channel.isWritable { sendParts(context) }
        context.fireChannelWritabilityChanged()
    }

    private func sendParts(_ context: ChannelHandlerContext) {
        while var rest = unsent, rest.readableBytes > Self.partBytes, let part = rest.readSlice(length: Self.partBytes)
        {
            unsent = rest
            context.writeAndFlush(wrapOutboundOut(.more(part)), promise: nil)
            guard context.channel.isWritable else { return }
        }
        // The next request may be answered inside the write: nothing of this answer may be left by then.
        guard let last = unsent.take() else { return }
        context.write(wrapOutboundOut(.last(last)), promise: nil)
    }
}

@available(*, unavailable)
extension RequestHandler: Sendable {}

/// The handler with its place in the pipeline, to come back to after waiting.
private final class Bound {
    private let handler: RequestHandler
    private let context: ChannelHandlerContext

    init(handler: RequestHandler, context: ChannelHandlerContext) {
        self.handler = handler
        self.context = context
    }

    func write(_ reply: Reply) { handler.write(reply, context) }
}
