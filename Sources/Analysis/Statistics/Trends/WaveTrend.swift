#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The straight line through the NPS of successive waves, each weighed by how sure it is (METRICS 4).
package struct WaveTrend: Sendable, Hashable {
    /// One wave: when, in the unit the slope is wanted in (wave number, months, years), and what was answered.
    package struct Wave: Sendable, Hashable {
        /// When, in any unit.
        package var time: Double
        /// The answers by band.
        package var counts: PromoterCounts

        /// A wave.
        package init(time: Double, counts: PromoterCounts) {
            self.time = time
            self.counts = counts
        }
    }

    /// Waves with at least one answer.
    package var waves: Int
    /// The change of the NPS by one unit of time.
    package var slope: Double
    /// Its standard error, the waves' own variances taken as known.
    package var standardError: Double
    /// slope / standard error.
    package var z: Double
    /// Two-sided p of no trend, 0 to 1.
    package var p: Double
    /// slope ± z standard errors.
    package var interval: Interval
    /// The NPS of the line where time is 0.
    package var intercept: Double
    /// Cochran's Q: whether the waves scatter about the line more than chance, on waves - 2 degrees.
    package var lackOfFit: ChiSquareTest

    /// The trend at a level; nil with fewer than three answered waves or all at one time.
    package init?(_ waves: some Sequence<Wave>, level: Double) {
        let answered = waves.filter { $0.counts.count > 0 }.sorted {
            ($0.time, $0.counts.detractors, $0.counts.passives, $0.counts.promoters)
                < ($1.time, $1.counts.detractors, $1.counts.passives, $1.counts.promoters)
        }
        guard answered.count >= 3 else { return nil }
        let prior = Pseudocounts.alone
        let points = answered.map { wave in
            let n = Double(wave.counts.count) + prior.total
            let lead = Double(wave.counts.promoters - wave.counts.detractors)
            let value = lead / n
            let spread = (Double(wave.counts.promoters + wave.counts.detractors) + 1.5) / n - value * value
            return (time: wave.time, value: value, weight: n / spread)
        }
        let total = points.reduce(0) { $0 + $1.weight }
        let time = points.reduce(0) { $0 + $1.weight * $1.time } / total
        let value = points.reduce(0) { $0 + $1.weight * $1.value } / total
        let across = points.reduce(0) { $0 + $1.weight * ($1.time - time) * ($1.time - time) }
        guard across > 0 else { return nil }
        let along = points.reduce(0) { $0 + $1.weight * ($1.time - time) * ($1.value - value) }
        let slope = along / across
        let intercept = value - slope * time
        self.waves = points.count
        self.slope = slope
        self.intercept = intercept
        standardError = 1 / across.squareRoot()
        z = slope / standardError
        p = erfc(abs(z) / 2.0.squareRoot())
        let half = NormalDistribution.z(level: level) * standardError
        interval = Interval(slope - half, slope + half)
        let rest = points.reduce(0) { sum, point in
            let residual = point.value - intercept - slope * point.time
            return sum + point.weight * residual * residual
        }
        lackOfFit = ChiSquareTest(statistic: rest, degrees: points.count - 2)
    }
}
