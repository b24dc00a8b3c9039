package import Analysis
package import Feedback

/// One account's line in words, the same for text and pages.
package struct AccountWords: Sendable {
    /// The account's id.
    package let id: AccountID
    /// The name, or the id.
    package let name: String
    /// Tier and manager, what is known of them.
    package let keeper: String
    /// The band in a word or two.
    package let risk: String
    /// The band's name for styles: high, medium, low or unknown.
    package let riskClass: String
    /// One sentence a flag, with a quote where there is one; never empty.
    package let reasons: [Reason]
    /// What to know besides, a sentence each.
    package let notices: [String]
    /// The score with its interval, the answers themselves, or that nobody answered.
    package let score: String
    /// How many spoke: `6 of 12`.
    package let voices: String
    /// The renewal: `in 23 days`, or a dash.
    package let renewal: String
    /// What it pays a year, or a dash.
    package let value: String
    /// What changed since the earlier report; empty for nothing.
    package let changes: String

    /// Why an account stands where it stands.
    package struct Reason: Sendable {
        /// The rule's id.
        package let rule: String
        /// The flag in a few words.
        package let title: String
        /// A sentence.
        package let text: String
        /// The customer's own words.
        package let quote: String?
        /// The language of the quote.
        package let language: LanguageTag?
    }

    /// An account in words, seen from a date.
    package init(_ account: AccountAnalysis, settings: AnalysisSettings, asOf: LocalDate) {
        id = account.id
        name = account.name ?? account.id.rawValue
        keeper = [account.tier, account.manager].compactMap { $0 }.joined(separator: " · ")
        risk = Self.riskWords(account.risk)
        riskClass = account.risk.rawValue
        reasons = account.flags.map { flag in
            let first = flag.evidence.first { $0.quote != nil } ?? flag.evidence.first
            let more = flag.evidence.count - 1
            let rest = more > 0 && flag.evidence.first?.kind == .response ? " And \(more) more." : ""
            return Reason(
                rule: flag.rule, title: flag.title, text: (first?.text ?? flag.title) + rest, quote: first?.quote,
                language: first?.language)
        }
        notices = account.notices.flatMap { $0.evidence.map(\.text) }
        score = Self.scoreWords(account.nps, settings)
        voices = "\(account.answered) of \(account.contacts)"
        if let renewal = account.renewal {
            let days = renewal.dayNumber - asOf.dayNumber
            self.renewal =
                days == 0 ? "today" : days > 0 ? "in \(NumberWords.count(days, "day"))" : "was \(renewal.words)"
        } else {
            renewal = NumberWords.undefined
        }
        value = account.annualValue.map { NumberWords.money($0.value, account.currency) } ?? NumberWords.undefined
        var parts: [String] = []
        if let earlier = account.earlierRisk, earlier != account.risk {
            parts.append("was \(Self.riskWords(earlier).lowercased())")
        }
        let new = account.flags.filter(\.isNew).count
        if new > 0 { parts.append(NumberWords.count(new, "new flag")) }
        if !account.cleared.isEmpty { parts.append("\(account.cleared.count) cleared") }
        changes = parts.joined(separator: ", ")
    }

    /// A band in a word or two.
    package static func riskWords(_ band: RiskBand) -> String {
        switch band {
        case .high: "High"
        case .medium: "Medium"
        case .low: "Low"
        case .unknown: "Not enough voices"
        }
    }

    /// The score with its interval; the answers themselves where there are fewer than three.
    package static func scoreWords(_ score: AccountScore, _ settings: AnalysisSettings) -> String {
        guard let value = score.value, let interval = score.interval else { return "nobody answered" }
        if score.counts.count < 3 {
            let answers = score.few.map(String.init).joined(separator: " and ")
            return answers.isEmpty
                ? "not enough voices" : (score.few.count == 1 ? "one answer: " : "two answers: ") + answers
        }
        return
            "\(NumberWords.points(value)) (\(NumberWords.points(interval.low)) to \(NumberWords.points(interval.high)))"
    }
}
