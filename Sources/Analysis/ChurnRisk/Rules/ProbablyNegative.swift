internal import Feedback

/// The whole account's NPS is probably negative, if the silent are like those who spoke.
enum ProbablyNegative: ChurnRiskRule {
    static let id = "probably-negative"
    static let title = "The account is probably negative"

    static func fires(_ account: AccountHistory, _ context: PortfolioContext) -> Bool {
        chance(account.counts, account.contacts, context) > context.settings.probablyNegative
    }

    static func evaluate(_ account: AccountHistory, _ context: PortfolioContext) -> Finding? {
        guard fires(account, context) else { return nil }
        let counts = account.counts
        let chance = chance(counts, account.contacts, context)
        // Who the detractors are, the other rules say.
        let text =
            "\(counts.detractors) detractor\(counts.detractors == 1 ? "" : "s") against "
            + "\(counts.promoters) promoter\(counts.promoters == 1 ? "" : "s") among \(counts.count) of "
            + "\(account.contacts) contacts: P(NPS < 0) = \(Int((chance * 100).rounded(.down))) %, "
            + "if the silent are like those who spoke."
        let latest = account.voices.map(\.score)
        let since = latest.filter(\.isDetractor).map(\.at).max() ?? latest.map(\.at).max() ?? account.asOf
        return Finding(
            since: since, citations: [.account(at: since, text: text)],
            remedy: .words("when \(remedy(account, context))."))
    }

    private static func chance(_ counts: PromoterCounts, _ contacts: Int, _ context: PortfolioContext) -> Double {
        context.predictions.prediction(counts, contacts: contacts)?.negative ?? 0
    }

    /// The fewest detractors that must become promoters, then the fewest of the silent that must speak as promoters.
    private static func remedy(_ account: AccountHistory, _ context: PortfolioContext) -> String {
        var counts = account.counts
        var moved = 0
        var joined = 0
        while chance(counts, account.contacts, context) > context.settings.probablyNegative {
            if counts.detractors > 0 {
                counts.detractors -= 1
                moved += 1
            } else if counts.count < account.contacts {
                joined += 1
            } else {
                break
            }
            counts.promoters += 1
        }
        let first = moved == 1 ? "1 detractor answers 9 or more" : "\(moved) detractors answer 9 or more"
        if joined == 0 { return first }
        let second = joined == 1 ? "1 more contact answers 9 or more" : "\(joined) more contacts answer 9 or more"
        return moved == 0 ? second : "\(first) and \(second)"
    }
}
