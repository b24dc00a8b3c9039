/// A request that is turned away before any route sees it.
package struct Refusal: Error, Sendable, Equatable {
    /// The status of the answer, 4xx or 5xx.
    package let status: Int
    /// Why, in words for the person who sent it.
    package let reason: String

    /// A request that is turned away.
    package init(_ status: Int, _ reason: String) {
        self.status = status
        self.reason = reason
    }

    /// The request line, a header or the body breaks the rules of HTTP or of its encoding.
    package static func malformed(_ what: String) -> Refusal { Refusal(400, what) }
    /// The body did not arrive in time.
    package static let tooSlow = Refusal(408, "The rest of the request did not arrive in time.")
    /// The body is larger than is taken.
    package static let tooLarge = Refusal(413, "This is more than can be taken at once.")
    /// The header is larger than is taken.
    package static let headerTooLarge = Refusal(431, "The header of the request is too large.")
    /// The body is of a type that no form here sends.
    package static let unsupportedType = Refusal(415, "Only forms are taken here.")
    /// A transfer coding other than chunked.
    package static let unknownCoding = Refusal(501, "Only the chunked transfer coding is known here.")
}
