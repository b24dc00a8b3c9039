#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Tango's score interval of an NPS (Tango 1998, one sample; Rocks 2016 calls it iterative; METRICS 2.1).
package enum ScoreInterval {
    /// The interval on [-1, 1] at a normal quantile, such as 1.96; nil when nobody answered. It always holds the
    /// observed score.
    package static func of(_ counts: PromoterCounts, z: Double) -> Interval? {
        guard let value = counts.value else { return nil }
        let low = counts.detractors == counts.count ? -1 : root(counts, target: z, from: -1, to: value)
        let high = counts.promoters == counts.count ? 1 : root(counts, target: -z, from: value, to: 1)
        return Interval(low, high)
    }

    /// Where the falling statistic passes the target, by bisection to 1e-10.
    private static func root(_ counts: PromoterCounts, target: Double, from: Double, to: Double) -> Double {
        var low = from
        var high = to
        while high - low > 1e-11 {
            let middle = (low + high) / 2
            if middle <= low || middle >= high { break }
            if statistic(counts, at: middle) > target { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }

    private static func statistic(_ counts: PromoterCounts, at delta: Double) -> Double {
        let n = Double(counts.count)
        let d = Double(counts.detractors)
        let a = Double(counts.promoters)
        let linear = -d - a + (2 * n - a + d) * delta
        let constant = -d * delta * (1 - delta)
        let q = (sqrt(max(0, linear * linear - 8 * n * constant)) - linear) / (4 * n)
        let spread = n * (2 * q + delta * (1 - delta))
        let difference = a - d - n * delta
        // At the very edge nothing varies: what differs, differs beyond any bound.
        if spread <= 0 { return difference == 0 ? 0 : difference > 0 ? .infinity : -.infinity }
        return difference / sqrt(spread)
    }
}
