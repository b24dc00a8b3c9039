/// The median of all slopes between two points, which no single odd value can turn (Theil 1950; Sen 1968; METRICS 4).
package struct TheilSenSlope: Sendable, Hashable {
    /// The change by one day.
    package var slope: Double
    /// Median value less slope times median day, counted from the days' own zero.
    package var intercept: Double
    /// Sen's interval of the slope; nil with fewer than five points.
    package var interval: Interval?

    /// The slope of a series at a normal quantile; nil when no two points lie on different days.
    package init?(_ series: some Sequence<DatedValue>, z: Double) {
        let points = DatedValue.sorted(series)
        var slopes: [Double] = []
        slopes.reserveCapacity(points.count * points.count / 2)
        for (index, later) in points.enumerated() {
            for earlier in points[..<index] where earlier.day < later.day {
                slopes.append((later.value - earlier.value) / Double(later.day - earlier.day))
            }
        }
        slopes.sort()
        guard let middle = OrderStatistics.quantile(0.5, ofSorted: slopes),
            let value = OrderStatistics.median(points.map(\.value)),
            let day = OrderStatistics.median(points.map { Double($0.day) })
        else { return nil }
        slope = middle
        intercept = value - middle * day
        guard points.count >= 5 else { return }
        // Sen's equation 2.6: ranks of the slopes at which the interval ends.
        func part(_ n: Int) -> Int { n * (n - 1) * (2 * n + 5) }
        let tied = [points.map(\.value), points.map { Double($0.day) }].flatMap(OrderStatistics.ties)
        let variance = Double(part(points.count) - tied.reduce(0) { $0 + part($1) }) / 18
        let reach = z * max(0, variance).squareRoot()
        let count = Double(slopes.count)
        let low = max(Int(((count - reach) / 2).rounded(.toNearestOrEven)) - 1, 0)
        let high = min(Int(((count + reach) / 2).rounded(.toNearestOrEven)), slopes.count - 1)
        interval = Interval(slopes[min(low, slopes.count - 1)], slopes[max(high, 0)])
    }
}
