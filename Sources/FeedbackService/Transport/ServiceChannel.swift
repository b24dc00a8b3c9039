internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import NIOHTTP1

/// How Hummingbird's server sets up and follows one connection: parser, guard, handler.
///
/// Our own child channel instead of `HTTP1Channel`: a request is answered on its event loop, with no change of thread
/// and no stream between the parser and the route; an answer goes out as one buffer.
struct ServiceChannel: ServerChildChannel {
    /// A connection.
    struct Value: ServerChildChannelValue {
        let channel: any Channel
    }

    let responder: any Responder
    let limits: GuardLimits
    let dates: DateHeader
    let executors = LoopExecutors()

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            var decoder = NIOHTTPDecoderLimitConfiguration()
            decoder.maxHeaderFieldSize = limits.headerFieldBytes
            decoder.maxHeaderListSize = limits.headerBytes
            decoder.maxHeaderFieldCount = limits.headerFields
            let connection = ConnectionGuard(limits: limits)
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(
                ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes, limitConfiguration: decoder))
            )
            try pipeline.addHandler(connection)
            try pipeline.addHandler(
                RequestHandler(
                    responder: responder, dates: dates, connection: connection,
                    executor: executors.executor(of: channel.eventLoop)))
            return Value(channel: channel)
        }
    }

    func handle(value: Value, logger: Logger) async {
        await withTaskCancellationHandler {
            try? await value.channel.closeFuture.get()
        } onCancel: {
            value.channel.close(promise: nil)
        }
    }
}
