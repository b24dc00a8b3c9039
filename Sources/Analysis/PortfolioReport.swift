package import Feedback

/// How urgently an account needs somebody (DESIGN section 6).
package enum RiskBand: String, Sendable, CaseIterable, Comparable {
    /// Two flags, or a decision maker who is a detractor.
    case high
    /// One flag.
    case medium
    /// No answer and no flag: nothing is known.
    case unknown
    /// No flag.
    case low

    /// The order of the report: high, medium, unknown, low.
    package static func < (left: RiskBand, right: RiskBand) -> Bool { left.place < right.place }

    private var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// What a flag or a notice rests on.
package struct Evidence: Sendable, Equatable {
    /// What kind of record it is.
    package enum Kind: String, Sendable {
        case response, contact, account, event
    }

    /// What kind of record it is.
    package var kind: Kind
    /// The record's id.
    package var id: String
    /// When it happened, if it happened at one moment.
    package var at: Timestamp?
    /// What it says, in a sentence of ours, without the quote.
    package var text: String
    /// The customer's own words, if there were any.
    package var quote: String?
    /// The language of the quote, if known.
    package var language: LanguageTag?
}

/// A reason to act on an account: a rule that fired, with what it rests on and what would clear it.
package struct Flag: Sendable, Equatable {
    /// The rule's id.
    package var rule: String
    /// The rule in a few words.
    package var title: String
    /// Since when it has held, as far as the present window shows.
    package var since: Timestamp
    /// What it rests on, one an answer or person.
    package var evidence: [Evidence]
    /// What would clear it, in words.
    package var clears: String
    /// Whether the earlier report, compared with, did not have it.
    package var isNew = false
}

/// Something to know about an account that does not count as risk.
package struct Notice: Sendable, Equatable {
    /// The rule's id.
    package var rule: String
    /// The rule in a few words.
    package var title: String
    /// What it rests on.
    package var evidence: [Evidence]
}

/// The account's NPS: the latest answer of each contact in the window, with how sure it is.
package struct AccountScore: Sendable, Equatable {
    /// The answers by band.
    package var counts: PromoterCounts
    /// The answers themselves, ascending, where they are too few for a headline: fewer than three.
    package var few: [Int] = []
    /// The score on [-1, 1]; nil when nobody answered.
    package var value: Double?
    /// Tango's score interval; nil when nobody answered.
    package var interval: Interval?
    /// Where the whole account lies whatever the silent think; nil without contacts.
    package var certain: Interval?
    /// Where the whole account lies if the silent are like those who spoke; nil when nobody answered.
    package var predicted: AccountRange.Prediction?
    /// The score drawn towards the portfolio; nil when nobody answered.
    package var shrunk: Double?
    /// The weight on the account's own answers in `shrunk`; nil when nobody answered.
    package var weight: Double?
}

/// Scores after one kind of contact moment, never mixed with the relationship's.
package struct TouchpointScore: Sendable, Equatable {
    /// The touchpoint, or the survey's id where it names none.
    package var touchpoint: String
    /// The answers of the window by band.
    package var counts: PromoterCounts
    /// Tango's score interval; nil when nobody answered.
    package var interval: Interval?
}

/// One account as the report shows it.
package struct AccountAnalysis: Sendable, Equatable {
    /// The account's id.
    package var id: AccountID
    /// Its name, if known.
    package var name: String?
    /// Its tier, if known.
    package var tier: String?
    /// The CSM who keeps it, if known.
    package var manager: String?
    /// What it pays a year, if known.
    package var annualValue: DecimalNumber?
    /// The currency of that, if known.
    package var currency: String?
    /// The next renewal, if known.
    package var renewal: LocalDate?
    /// Customer since, if known.
    package var since: LocalDate?
    /// How urgently it needs somebody.
    package var risk: RiskBand
    /// The band of the earlier report; nil when none was compared with.
    package var earlierRisk: RiskBand?
    /// People listed or answering.
    package var contacts: Int
    /// People with an answer that counts in the account's NPS.
    package var answered: Int
    /// Answers of confidential surveys that are too few to show.
    package var withheld: Int
    /// The account's NPS.
    package var nps: AccountScore
    /// Transactional scores, by touchpoint.
    package var touchpoints: [TouchpointScore]
    /// The rules that fired.
    package var flags: [Flag]
    /// What to know besides.
    package var notices: [Notice]
    /// Rules that the earlier report flagged and this one does not.
    package var cleared: [String]
}

/// The whole portfolio in a few figures.
package struct PortfolioSummary: Sendable, Equatable {
    /// Money a year by band and currency, in whole and parts.
    package struct Value: Sendable, Equatable {
        /// The band.
        package var risk: RiskBand
        /// The currency, or nil where accounts name none.
        package var currency: String?
        /// How many accounts.
        package var accounts: Int
        /// The sum of their annual values.
        package var annualValue: Double
    }

    /// Accounts in the report.
    package var accounts: Int
    /// Accounts by band, in the report's order.
    package var byRisk: [RiskBand: Int]
    /// Money by band and currency, in the report's order.
    package var values: [Value]
    /// Everybody's answers together (the per-answer variant of METRICS 2.5).
    package var counts: PromoterCounts
    /// The per-account variant: the mean of the accounts' scores, on [-1, 1]; nil when nobody answered.
    package var perAccount: Double?
    /// Its interval, accounts being the clusters; nil with fewer than two accounts that answered.
    package var perAccountInterval: Interval?
    /// Accounts with at least one answer.
    package var accountsHeard: Int
    /// Decision makers listed or answering.
    package var decisionMakers: Int
    /// Decision makers with an answer in the window.
    package var decisionMakersHeard: Int
    /// The share of annual value that has at least one answer, 0 to 1, where all accounts share one currency; nil else.
    package var valueHeard: Double?
    /// The portfolio's own prior, where there is one.
    package var shrinkage: Shrinkage
}

/// The churn-risk report: what a CSM reads on Monday.
package struct PortfolioReport: Sendable {
    /// Only what was known by then is read.
    package var asOf: Timestamp
    /// The moment of the earlier report that this one is compared with.
    package var comparedWith: Timestamp
    /// What numbers were made with.
    package var settings: AnalysisSettings
    /// The accounts: high, medium, unknown, low; then annual value, descending; then id.
    package var accounts: [AccountAnalysis]
    /// The portfolio, all accounts of it.
    package var portfolio: PortfolioSummary
    /// Lines that no number includes; the first hundred.
    package var unreadable: [UnreadableLine]
    /// How many lines no number includes.
    package var unreadableCount: Int
    /// Versions that were answered but never published here, with the number of their responses, which count nowhere.
    package var unknownVersions: [String: Int]
    /// Where the answers to one version of a question are not compared with those to the one before.
    package var breaks: [SeriesBreak] = []
}
