internal import Feedback

/// No purchase for longer than the account's own 95th percentile gap between purchase days.
enum PurchaseGap: ChurnRiskRule {
    static let id = "purchase-gap"
    static let title = "No purchase for unusually long"

    /// The fewest gaps that make a habit.
    static let leastGaps = 5

    static func evaluate(_ account: AccountHistory, _ context: PortfolioContext) -> Finding? {
        guard account.purchases.count > leastGaps else { return nil }
        // Several orders of one day are one purchase day (METRICS 5.1).
        let days = Set(account.purchases.map(\.date.dayNumber)).sorted()
        guard let last = days.last, days.count > leastGaps else { return nil }
        let gaps = zip(days.dropFirst(), days).map { $0 - $1 }.sorted()
        // The nearest rank: at least 95 % of the gaps are this long or shorter.
        let usual = gaps[Int((0.95 * Double(gaps.count)).rounded(.up)) - 1]
        let now = account.asOf.date.dayNumber
        guard now - last > usual else { return nil }
        let moment = Timestamp(startOf: LocalDate(dayNumber: last))
        return Finding(
            since: Timestamp(startOf: LocalDate(dayNumber: last + usual + 1)),
            citations: [
                .account(
                    at: moment,
                    text:
                        "No purchase for \(now - last) days; 95 % of the \(gaps.count) gaps before were \(usual) days or shorter."
                )
            ],
            remedy: .words("with the next purchase."))
    }
}
