#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// How closely two figures go together (METRICS 3).
package struct Correlation: Sendable, Hashable {
    /// Pairs.
    package var n: Int
    /// The coefficient, -1 to 1.
    package var value: Double
    /// tanh(artanh r ± z / sqrt(n - 3)) (Fisher 1921); nil with fewer than ten pairs.
    package var interval: Interval?

    /// Fewest pairs that get an interval.
    private static let fewest = 10

    /// Pearson's coefficient; nil with fewer than two pairs or when either side does not vary.
    package static func pearson(_ x: [Double], _ y: [Double], z: Double) -> Correlation? {
        precondition(x.count == y.count, "pairs have two sides")
        let n = Double(x.count)
        guard x.count >= 2 else { return nil }
        let (meanX, meanY) = (x.sorted().reduce(0, +) / n, y.sorted().reduce(0, +) / n)
        var (xx, yy, xy) = (0.0, 0.0, 0.0)
        // In a fixed order, so that the order of the pairs changes no digit.
        for (x, y) in zip(x, y).sorted(by: <) {
            xx += (x - meanX) * (x - meanX)
            yy += (y - meanY) * (y - meanY)
            xy += (x - meanX) * (y - meanY)
        }
        guard xx > 0, yy > 0 else { return nil }
        let value = min(1, max(-1, xy / (xx * yy).squareRoot()))
        return Correlation(n: x.count, value: value, interval: fisher(value, x.count, z: z))
    }

    /// Spearman's coefficient, Pearson's of the ranks; nil with fewer than two pairs or when either side does not vary.
    package static func spearman(_ x: [Double], _ y: [Double], z: Double) -> Correlation? {
        pearson(OrderStatistics.ranks(x), OrderStatistics.ranks(y), z: z)
    }

    private static func fisher(_ value: Double, _ n: Int, z: Double) -> Interval? {
        guard n >= fewest else { return nil }
        if abs(value) == 1 { return Interval(value, value) }
        let half = z / Double(n - 3).squareRoot()
        return Interval(tanh(atanh(value) - half), tanh(atanh(value) + half))
    }
}
