/// Whether a survey is about the whole relationship or about one contact moment; their scores are never mixed.
package enum SurveyKind: String, Sendable, CaseIterable {
    case transactional, relationship
}

/// Who may answer: only people with a personal link, or anybody with the address.
package enum SurveyAccess: String, Sendable, CaseIterable {
    case invited, open
}

/// What is kept of who answered (DESIGN section 4).
package enum SurveyPrivacy: String, Sendable, CaseIterable {
    case named, confidential, anonymous
}

/// The loyalty-loop stage that a survey speaks to.
package enum LoyaltyStage: String, Sendable, CaseIterable {
    case consider, evaluate, buy, enjoy, advocate, bond
}

/// A contact's part in the account's decisions.
package enum ContactRole: String, Sendable, CaseIterable {
    case decisionMaker = "decision-maker"
    case influencer, user

    /// The role in plain words.
    package var words: String { self == .decisionMaker ? "decision maker" : rawValue }
}

/// How a response came in.
package enum ResponseChannel: String, Sendable, CaseIterable {
    case link, email, embed, open, api, `import`
}

/// Where an answer to the 0–10 question falls; the question is never recoded.
package enum PromoterBand: String, Sendable, CaseIterable {
    case detractor, passive, promoter

    /// The band of a likelihood score, or nil when it is not 0 to 10.
    package init?(score: Int) {
        switch score {
        case 0...6: self = .detractor
        case 7...8: self = .passive
        case 9...10: self = .promoter
        default: return nil
        }
    }
}

/// What kind of thing happened in an account.
package enum EventKind: String, Sendable, CaseIterable {
    case purchase, renewal, cancellation, ticket, usage, referral
    case acquisitionCost = "acquisition-cost"
}

/// What became of one ask (DESIGN section 5); *answered* is the response with the same id.
package enum InvitationState: String, Sendable, CaseIterable {
    case held, queued, sent, reminded, failed, bounced, revoked
}
