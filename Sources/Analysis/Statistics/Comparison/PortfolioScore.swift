/// The NPS of a portfolio, whose accounts are clusters, by one of three named rules (METRICS 2.5).
package struct PortfolioScore: Sendable, Hashable {
    /// What weighs alike; the three differ, so the one shown is always named.
    package enum Rule: String, Sendable, CaseIterable {
        /// Every answer.
        case answer
        /// Every account: an answer weighs 1 / the account's answers.
        case account
        /// Every unit of revenue: an answer weighs revenue / the account's answers.
        case revenue
    }

    /// One account's answers and what it pays.
    package struct Account: Sendable, Hashable {
        /// Its answers by band.
        package var counts: PromoterCounts
        /// Its revenue, if known.
        package var revenue: Double?

        /// An account by its answers and revenue.
        package init(counts: PromoterCounts, revenue: Double? = nil) {
            self.counts = counts
            self.revenue = revenue
        }
    }

    /// The rule.
    package var rule: Rule
    /// Accounts that count: with an answer, and by revenue with a revenue above 0.
    package var accounts: Int
    /// Accounts that answered but have no revenue to weigh them by.
    package var unweighable: Int
    /// Σ w s / Σ w, -1 to 1.
    package var value: Double
    /// G/(G-1) Σ over accounts of (Σ w (s-θ))² / (Σ w)², square root taken; nil for one account.
    package var standardError: Double?
    /// Kish's (Σ w)² / Σ w² over answers.
    package var effectiveCount: Double
    /// By t with G-1 degrees, clipped to -1...1; nil for one account, no variation, or an effective count below 5.
    package var interval: Interval?

    /// The score of accounts at a level; nil when no account counts.
    package init?(_ accounts: [Account], rule: Rule, level: Double) {
        let answered = accounts.filter { $0.counts.count > 0 }
        var weighed: [(weight: Double, counts: PromoterCounts)] = []
        for account in answered {
            let n = Double(account.counts.count)
            switch rule {
            case .answer: weighed.append((1, account.counts))
            case .account: weighed.append((1 / n, account.counts))
            case .revenue:
                if let revenue = account.revenue, revenue > 0 { weighed.append((revenue / n, account.counts)) }
            }
        }
        guard !weighed.isEmpty else { return nil }
        // In a fixed order, so that the order of the accounts changes no digit.
        weighed.sort {
            ($0.weight, $0.counts.detractors, $0.counts.passives, $0.counts.promoters)
                < ($1.weight, $1.counts.detractors, $1.counts.passives, $1.counts.promoters)
        }
        func lead(_ counts: PromoterCounts) -> Double { Double(counts.promoters - counts.detractors) }
        let total = weighed.reduce(0) { $0 + $1.weight * Double($1.counts.count) }
        let mean = weighed.reduce(0) { $0 + $1.weight * lead($1.counts) } / total
        self.rule = rule
        self.accounts = weighed.count
        unweighable = answered.count - weighed.count
        value = min(1, max(-1, mean))
        effectiveCount = total * total / weighed.reduce(0) { $0 + $1.weight * $1.weight * Double($1.counts.count) }
        guard weighed.count > 1, let t = StudentDistribution.t(level: level, degrees: weighed.count - 1) else { return }
        let spread = weighed.reduce(0) { sum, account in
            let part = account.weight * (lead(account.counts) - mean * Double(account.counts.count))
            return sum + part * part
        }
        let groups = Double(weighed.count)
        let error = (groups / (groups - 1) * spread).squareRoot() / total
        standardError = error
        if effectiveCount >= WeightedScore.fewestEffective, error > 0 {
            interval = Interval(max(-1, value - t * error), min(1, value + t * error))
        }
    }
}
