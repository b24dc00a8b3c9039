package import Feedback

/// Signs links and forms so that none can be guessed or moved to another survey or purpose.
package struct LinkKeys: Sendable {
    /// What a token allows.
    package enum Purpose: String, Sendable {
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

    /// The token of a link: key number, id and 16 bytes of HMAC-SHA-256 in base64url (DESIGN section 7).
    package func token(for id: ResponseID, survey: SurveyID, purpose: Purpose) -> String { id.rawValue }

    /// The id in a token, or nil when heed did not sign it for this survey and purpose.
    package func verify(_ token: String, survey: SurveyID, purpose: Purpose) -> ResponseID? { nil }

    /// The token hidden in a form of an open survey.
    package func formToken(for id: ResponseID, survey: SurveyID, drawn: Timestamp) -> String { id.rawValue }

    /// What a form token tells, or nil when heed did not sign it for this survey.
    package func verifyForm(_ token: String, survey: SurveyID) -> Form? { nil }
}
