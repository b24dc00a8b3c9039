/// Intervals of an NPS that other tools print; ours is `ScoreInterval` (METRICS 2.1).
package enum OtherScoreIntervals {
    /// θ ± z sqrt(var/n), not clipped; nil when nobody answered. Not usable on few answers.
    package static func wald(_ counts: PromoterCounts, z: Double) -> Interval? {
        around(Double(counts.detractors), Double(counts.passives), Double(counts.promoters), z: z)
    }

    /// Wald after adding (3/4, 3/2, 3/4), not clipped (Rocks 2016); nil when nobody answered.
    package static func adjustedWald(_ counts: PromoterCounts, z: Double) -> Interval? {
        guard counts.count > 0 else { return nil }
        let prior = Pseudocounts.alone
        return around(
            Double(counts.detractors) + prior.detractors, Double(counts.passives) + prior.passives,
            Double(counts.promoters) + prior.promoters, z: z)
    }

    private static func around(_ d: Double, _ p: Double, _ a: Double, z: Double) -> Interval? {
        let n = d + p + a
        guard n > 0 else { return nil }
        let value = (a - d) / n
        let half = z * (max(0, (a + d) / n - value * value) / n).squareRoot()
        return Interval(value - half, value + half)
    }
}

/// Intervals of the shares of the three bands that hold together (Goodman 1965; METRICS 2.1).
package enum GoodmanIntervals {
    /// The intervals on [0, 1] of the counts' shares at a level, Bonferroni over the groups; nil when nobody answered.
    package static func of(_ counts: [Int], level: Double) -> [Interval]? {
        let n = Double(counts.reduce(0, +))
        guard n > 0 else { return nil }
        let z = NormalDistribution.quantile(1 - (1 - level) / Double(counts.count) / 2)
        return counts.map { count in
            let k = Double(count)
            let square = z * z
            let half = z * (square + 4 * k * (n - k) / n).squareRoot()
            return Interval((square + 2 * k - half) / (2 * (n + square)), (square + 2 * k + half) / (2 * (n + square)))
        }
    }
}
