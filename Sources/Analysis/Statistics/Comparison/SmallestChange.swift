/// How large a change a comparison could have shown at all: printed beside every "no evidence of change" (METRICS 1).
package enum SmallestChange {
    /// 1.96 + 0.84: a 95 % interval that misses 0 in four of five such comparisons.
    private static let factor = 2.8

    /// 2.8 sqrt(v/n₁ + v/n₂), in the unit of the answers, such as 0 to 2 and beyond for an NPS; nil when a group is
    /// empty.
    /// Beyond the possible range no change could have been shown.
    package static func shown(variance: Double, _ first: Int, _ second: Int) -> Double? {
        guard first > 0, second > 0 else { return nil }
        return factor * (variance / Double(first) + variance / Double(second)).squareRoot()
    }

    /// The same for an NPS, with the variance of all answers together; nil when a group is empty.
    package static func shown(_ first: PromoterCounts, _ second: PromoterCounts) -> Double? {
        // Nobody varies in small samples by luck; the pseudo-answers of (3, T) keep the variance honest.
        let all = first + second
        let n = Double(all.count) + Pseudocounts.alone.total
        let value = Double(all.promoters - all.detractors) / n
        let spread = (Double(all.promoters + all.detractors) + 1.5) / n - value * value
        return shown(variance: spread, first.count, second.count)
    }
}
