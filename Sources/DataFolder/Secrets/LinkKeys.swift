internal import Crypto
package import Feedback
internal import FoundationEssentials

/// Signs links and forms so that none can be guessed, or moved to another survey or purpose (DESIGN section 7).
///
/// A token is `base64url(key number ‖ … ‖ first 16 bytes of HMAC-SHA-256(key, label, NUL, survey, NUL, …))`; labels,
/// surveys and
/// ids hold no NUL, so that no two different things are signed by the same bytes.
package struct LinkKeys: Sendable {
    /// What a token allows.
    package enum Purpose: String, Sendable, CaseIterable {
        /// Answering a survey.
        case answer
        /// Opting out.
        case unsubscribe
    }

    /// What a form token tells.
    package struct Form: Sendable, Equatable {
        /// The response id minted when the form was drawn.
        package let id: ResponseID
        /// When the form was drawn.
        package let drawn: Timestamp
    }

    private static let signatureLength = 16

    /// A numbered key, with the code begun: half of the work of a signature is the same each time.
    private struct Key: Sendable {
        let number: UInt8
        let begun: HMAC<SHA256>
    }

    /// The last one signs, all of them verify.
    private let keys: [Key]

    /// Signs with the last of some keys; without any key nothing verifies.
    init(_ keys: [Secrets.Key]) { self.keys = keys.map { Key(number: $0.number, begun: HMAC(key: $0.key)) } }

    /// The token of a link.
    package func token(for id: ResponseID, survey: SurveyID, purpose: Purpose) -> String {
        sign(Array(id.rawValue.utf8), label: purpose.rawValue, survey: survey)
    }

    /// The id in a token, or nil when heed did not sign it for this survey and purpose.
    package func verify(_ token: String, survey: SurveyID, purpose: Purpose) -> ResponseID? {
        verified(token, label: purpose.rawValue, survey: survey).flatMap(Self.id)
    }

    /// The token hidden in a form of an open survey.
    package func formToken(for id: ResponseID, survey: SurveyID, drawn: Timestamp) -> String {
        let moment = UInt64(bitPattern: drawn.milliseconds)
        let time = (0..<8).map { UInt8(truncatingIfNeeded: moment >> UInt64(56 - 8 * $0)) }
        return sign(time + id.rawValue.utf8, label: "form", survey: survey)
    }

    /// What a form token tells, or nil when heed did not sign it for this survey.
    package func verifyForm(_ token: String, survey: SurveyID) -> Form? {
        guard let content = verified(token, label: "form", survey: survey), content.count > 8,
            let id = Self.id(content.dropFirst(8))
        else { return nil }
        let moment = content.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Form(id: id, drawn: Timestamp(milliseconds: Int64(bitPattern: moment)))
    }

    private func sign(_ content: [UInt8], label: String, survey: SurveyID) -> String {
        guard let key = keys.last else { return "" }
        let signature = Self.signature(content[...], label: label, survey: survey, key)
        return Base64URL.encode([key.number] + content + signature)
    }

    private func verified(_ token: String, label: String, survey: SurveyID) -> ArraySlice<UInt8>? {
        // An id has at most 64 bytes; whatever is longer is not worth decoding.
        guard token.utf8.count <= 128, let bytes = Base64URL.decode(token), bytes.count > Self.signatureLength + 1,
            let key = keys.first(where: { $0.number == bytes[0] })
        else { return nil }
        let content = bytes[1..<bytes.count - Self.signatureLength]
        let expected = Self.signature(content, label: label, survey: survey, key)
        // Every byte is compared, so that the time taken tells nothing.
        let difference = zip(expected, bytes.suffix(Self.signatureLength)).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) }
        return difference == 0 ? content : nil
    }

    private static func signature(
        _ content: ArraySlice<UInt8>, label: String, survey: SurveyID, _ key: Key
    ) -> [UInt8] {
        var message: [UInt8] = []
        message.reserveCapacity(128)
        message += label.utf8
        message.append(0)
        message += survey.rawValue.utf8
        message.append(0)
        message += content
        var code = key.begun
        code.update(data: message)
        return Array(code.finalize().prefix(signatureLength))
    }

    private static func id(_ bytes: ArraySlice<UInt8>) -> ResponseID? {
        String(validating: bytes, as: UTF8.self).flatMap { ResponseID($0) }
    }
}
