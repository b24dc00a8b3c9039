internal import NIOCore
internal import NIOHTTP1

/// Collects a request, has it answered on the connection's own event loop, and writes the answer.
///
/// An answer that needs no waiting is written before the next byte is read, without a change of thread. One request a
/// connection is answered at a time: the pipeline handler before this one sees to it.
final class RequestHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    /// Large answers go out in parts of this size, each only when the client has read enough of those before it.
    private static let partBytes = 32_768

    private let responder: any Responder
    private let dates: DateHeader
    private var head: HTTPRequestHead?
    private var body: ByteBuffer?
    private var unsent: ByteBuffer?
    private var executor: LoopExecutor?
    private var peer: String?
    private var bound: NIOLoopBound<Bound>?
    private var isWriting = false

    init(responder: any Responder, dates: DateHeader) {
        self.responder = responder
        self.dates = dates
    }

    func handlerAdded(context: ChannelHandlerContext) {
        executor = LoopExecutor(loop: context.eventLoop)
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
        case .end:
            // A pipelined request may be delivered while the answer before it is being written: not inside that, or a
            // thousand of them would stand on one another on the stack.
            guard isWriting, let bound else { return answer(context) }
            context.eventLoop.execute { bound.value.answer() }
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

    fileprivate func answer(_ context: ChannelHandlerContext) {
        guard let head, let bound, let executor else { return }
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
        var headers = HTTPHeaders()
        headers.reserveCapacity(reply.headers.count + 3)
        for (name, value) in reply.headers { headers.add(name: name, value: value) }
        headers.add(name: "date", value: dates.value)
        // RFC 9110 section 8.6: 204 has no length.
        if reply.status != 204 { headers.add(name: "content-length", value: String(reply.body.count)) }
        if reply.closes { headers.add(name: "connection", value: "close") }
        let status = HTTPResponseStatus(statusCode: reply.status)
        context.write(
            wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: status, headers: headers))), promise: nil)
        if head?.method != .HEAD, !reply.body.isEmpty { unsent = ByteBuffer(bytes: reply.body) }
        head = nil
        sendParts(context)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if unsent != nil, context.channel.isWritable { sendParts(context) }
        context.fireChannelWritabilityChanged()
    }

    private func sendParts(_ context: ChannelHandlerContext) {
        while var rest = unsent {
            let part = rest.readSlice(length: min(Self.partBytes, rest.readableBytes))
            unsent = rest.readableBytes > 0 ? rest : nil
            if let part { context.write(wrapOutboundOut(.body(.byteBuffer(part))), promise: nil) }
            if unsent == nil { break }
            context.flush()
            guard context.channel.isWritable else { return }
        }
        isWriting = true
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        isWriting = false
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

    func answer() { handler.answer(context) }
    func write(_ reply: Reply) { handler.write(reply, context) }
}

/// Runs a request's task on its connection's event loop, so that answering needs no other thread.
private final class LoopExecutor: TaskExecutor {
    private let loop: any EventLoop

    init(loop: any EventLoop) { self.loop = loop }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
