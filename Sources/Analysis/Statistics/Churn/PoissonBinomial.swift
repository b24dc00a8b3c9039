/// How many of several things happen, each with a chance of its own, independently (METRICS 5.3).
package struct PoissonBinomial: Sendable, Hashable {
    /// P(k happen), for k from 0 to how many there are.
    package var chances: [Double]
    /// Expected count: the sum of the chances.
    package var mean: Double
    /// Its variance: Σ p (1 - p).
    package var variance: Double

    /// The distribution for chances of 0 to 1; without any, 0 happens surely.
    package init(_ probabilities: [Double]) {
        // In a fixed order, so that the order of the things changes no digit.
        let probabilities = probabilities.sorted()
        var chances = [1.0]
        for p in probabilities {
            var next = [Double](repeating: 0, count: chances.count + 1)
            for (k, chance) in chances.enumerated() {
                next[k] += chance * (1 - p)
                next[k + 1] += chance * p
            }
            chances = next
        }
        self.chances = chances
        mean = probabilities.reduce(0, +)
        variance = probabilities.reduce(0) { $0 + $1 * (1 - $1) }
    }

    /// The counts that hold a share of the chance, at most the rest's half on either side.
    package func interval(level: Double) -> (low: Int, high: Int) {
        let tail = (1 - level) / 2
        var below = 0.0
        var low: Int?
        for (k, chance) in chances.enumerated() {
            below += chance
            if low == nil, below > tail + 1e-12 { low = k }
            if below >= 1 - tail - 1e-12 { return (low ?? k, k) }
        }
        return (low ?? 0, chances.count - 1)
    }
}

/// Revenue that may be lost, given the chances: says nothing about whether those are right (METRICS 5.3).
package struct RevenueAtRisk: Sendable, Hashable {
    /// Σ p × revenue.
    package var expected: Double
    /// The percentile interval of what is lost over simulated outcomes; nil without accounts or simulations.
    package var interval: Interval?

    /// The revenue at risk of accounts with a chance to leave and a revenue.
    package init(_ accounts: [(chance: Double, revenue: Double)], simulations: Int, level: Double, seed: UInt64) {
        // In a fixed order, so that the order of the accounts changes nothing.
        let accounts = accounts.sorted { ($0.chance, $0.revenue) < ($1.chance, $1.revenue) }
        expected = accounts.reduce(0) { $0 + $1.chance * $1.revenue }
        guard !accounts.isEmpty else { return }
        var generator = RepeatableGenerator(seed: seed)
        let losses = (0..<max(0, simulations)).map { _ in
            accounts.reduce(0) { $0 + (generator.share() < $1.chance ? $1.revenue : 0) }
        }.sorted()
        let tail = (1 - level) / 2
        guard let low = OrderStatistics.quantile(tail, ofSorted: losses),
            let high = OrderStatistics.quantile(1 - tail, ofSorted: losses)
        else { return }
        interval = Interval(low, high)
    }
}
