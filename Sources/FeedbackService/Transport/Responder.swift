/// What answers requests; the transport knows nothing else of the service.
package protocol Responder: Sendable {
    /// The answer to a request that keeps the rules of HTTP.
    func reply(to request: Request) async -> Reply
    /// The answer to one that does not.
    func reply(to refusal: Refusal) -> Reply
}
