internal import Feedback

/// The whole account's NPS is probably negative, if the silent are like those who spoke.
enum ProbablyNegative: ChurnRiskRule {
    static let id = "probably-negative"
    static let title = "The account is probably negative"

    static func evaluate(_ account: AccountHistory, _ context: PortfolioContext) -> Finding? {
        let counts = account.counts
        guard counts.count > 0, let chance = chance(counts, account.contacts, context),
            chance > context.settings.probablyNegative
        else { return nil }
        let detractors = account.voices.filter { $0.score.isDetractor }
        let share = "P(NPS < 0) = \(Int((chance * 100).rounded(.down))) %"
        var citations: [Citation] = [
            .account(
                at: nil,
                text: "\(counts.detractors) detractors against \(counts.promoters) promoters among \(counts.count) of "
                    + "\(account.contacts) contacts: \(share), if the silent are like those who spoke.")
        ]
        citations += detractors.map { Citation.score(account.people[$0.person], $0.score, before: nil) }
        return Finding(
            since: (detractors.isEmpty ? account.voices : detractors).map(\.score.at).max() ?? account.asOf,
            citations: citations,
            remedy: .words("when \(remedy(account, context))."))
    }

    private static func chance(_ counts: PromoterCounts, _ contacts: Int, _ context: PortfolioContext) -> Double? {
        AccountRange.predicted(
            counts, contacts: contacts, prior: context.shrinkage.prior, level: context.settings.level)?.negative
    }

    /// The fewest detractors that must become promoters, then the fewest of the silent that must speak as promoters.
    private static func remedy(_ account: AccountHistory, _ context: PortfolioContext) -> String {
        var counts = account.counts
        var moved = 0
        var joined = 0
        while let chance = chance(counts, account.contacts, context), chance > context.settings.probablyNegative {
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
