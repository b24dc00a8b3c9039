internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import NIOHTTP1

/// How Hummingbird's server sets up and follows one connection: parser, pipelining, guard, handler.
///
/// Our own child channel instead of `HTTP1Channel`: a request is answered on its event loop, with no change of thread
/// and no stream between the parser and the route.
struct ServiceChannel: ServerChildChannel {
    /// A connection.
    struct Value: ServerChildChannelValue {
        let channel: any Channel
    }

    let responder: any Responder
    let limits: GuardLimits
    let dates: DateHeader

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            var decoder = NIOHTTPDecoderLimitConfiguration()
            decoder.maxHeaderFieldSize = limits.headerFieldBytes
            decoder.maxHeaderListSize = limits.headerBytes
            decoder.maxHeaderFieldCount = limits.headerFields
            var encoder = HTTPResponseEncoder.Configuration()
            encoder.automaticallySetFramingHeaders = false
            let pipeline = channel.pipeline.syncOperations
            try pipeline.configureHTTPServerPipeline(
                withPipeliningAssistance: true, withErrorHandling: false, withOutboundHeaderValidation: false,
                withEncoderConfiguration: encoder, withDecoderLimitConfiguration: decoder)
            try pipeline.addHandler(ConnectionGuard(limits: limits))
            try pipeline.addHandler(RequestHandler(responder: responder, dates: dates))
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
