#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Whether a series rises or falls more than chance, by the signs of all pairs (Mann 1945; Kendall 1975; METRICS 4).
package struct MannKendall: Sendable, Hashable {
    /// Points.
    package var n: Int
    /// Pairs that rise less pairs that fall; pairs of one day count for nothing.
    package var score: Int
    /// The score's variance without a trend, ties of values and of days taken into account.
    package var variance: Double
    /// The score moved 1 towards 0, over its standard deviation; 0 when nothing varies.
    package var z: Double
    /// Two-sided p by the normal approximation, 0 to 1; 1 when nothing varies.
    package var normal: Double
    /// Two-sided p by all orders, 0 to 1; nil with ties or more than ten points.
    package var exact: Double?

    /// The p to print: exact where it exists; nil below five points, which are too few to test.
    package var p: Double? { n < 5 ? nil : exact ?? normal }

    /// The test of a series; nil with fewer than two points.
    package init?(_ series: some Sequence<DatedValue>) {
        let points = DatedValue.sorted(series)
        guard points.count >= 2 else { return nil }
        var score = 0
        for (index, later) in points.enumerated() {
            for earlier in points[..<index] where earlier.day < later.day {
                score += later.value > earlier.value ? 1 : later.value < earlier.value ? -1 : 0
            }
        }
        let values = OrderStatistics.ties(points.map(\.value))
        let days = OrderStatistics.ties(points.map { Double($0.day) })
        n = points.count
        self.score = score
        variance = Self.variance(points.count, values, days)
        z = variance > 0 ? Double(score - score.signum()) / variance.squareRoot() : 0
        normal = erfc(abs(z) / 2.0.squareRoot())
        if values.isEmpty, days.isEmpty, n <= 10 { exact = Self.exact(n, score) }
    }

    /// Kendall 1975, chapter 4: with ties in either series.
    private static func variance(_ n: Int, _ values: [Int], _ days: [Int]) -> Double {
        func sum(_ ties: [Int], _ part: (Int) -> Int) -> Double { Double(ties.reduce(0) { $0 + part($1) }) }
        func third(_ t: Int) -> Int { t * (t - 1) * (2 * t + 5) }
        func triple(_ t: Int) -> Int { t * (t - 1) * (t - 2) }
        func pair(_ t: Int) -> Int { t * (t - 1) }
        var variance = (Double(third(n)) - sum(values, third) - sum(days, third)) / 18
        if !values.isEmpty, !days.isEmpty {
            if n > 2 { variance += sum(values, triple) * sum(days, triple) / Double(9 * triple(n)) }
            variance += sum(values, pair) * sum(days, pair) / Double(2 * pair(n))
        }
        return max(0, variance)
    }

    /// The share of all orders of n values whose score is at least as far from 0.
    private static func exact(_ n: Int, _ score: Int) -> Double {
        // Orders by their number of falling pairs: the m-th value adds 0 to m-1 of them.
        var orders = [1]
        for m in 2...n {
            var next = [Int](repeating: 0, count: orders.count + m - 1)
            for (inversions, count) in orders.enumerated() {
                for added in 0..<m { next[inversions + added] += count }
            }
            orders = next
        }
        let pairs = n * (n - 1) / 2
        var extreme = 0
        for (inversions, count) in orders.enumerated() where abs(pairs - 2 * inversions) >= abs(score) {
            extreme += count
        }
        return Double(extreme) / Double(orders.reduce(0, +))
    }
}
