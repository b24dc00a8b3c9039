#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Alarms on a series against a fixed reference period (METRICS 4; Montgomery, Statistical Quality Control, chapter 9).
package enum ControlChart {
    /// A point of an exponentially weighted moving average.
    package struct Average: Sendable, Hashable {
        /// λ x + (1-λ) times the one before.
        package var value: Double
        /// How far from the centre it may lie: L σ sqrt(λ/(2-λ) (1 - (1-λ)^2i)).
        package var reach: Double
        /// Whether it lies farther.
        package var isSignal: Bool
    }

    /// The EWMA of a series about a centre with a spread above 0; one point for each value.
    package static func averages(
        _ values: [Double], centre: Double, spread: Double, lambda: Double = 0.1, limit: Double = 2.7
    ) -> [Average] {
        var average = centre
        var left = 1.0
        return values.map { value in
            average = lambda * value + (1 - lambda) * average
            left *= (1 - lambda) * (1 - lambda)
            let reach = limit * spread * (lambda / (2 - lambda) * (1 - left)).squareRoot()
            return Average(value: average, reach: reach, isSignal: abs(average - centre) > reach)
        }
    }

    /// A point of a two-sided cumulative sum, in standard deviations.
    package struct Sums: Sendable, Hashable {
        /// What has piled up above the centre, 0 or more.
        package var above: Double
        /// What has piled up below it, 0 or more.
        package var below: Double
        /// Whether either is larger than the limit.
        package var isSignal: Bool
    }

    /// The CUSUM of a series about a centre with a spread above 0; one point for each value.
    package static func sums(
        _ values: [Double], centre: Double, spread: Double, slack: Double = 0.5, limit: Double = 5
    ) -> [Sums] {
        var above = 0.0
        var below = 0.0
        return values.map { value in
            let distance = (value - centre) / spread
            above = max(0, above + distance - slack)
            below = max(0, below - distance - slack)
            return Sums(above: above, below: below, isSignal: above > limit || below > limit)
        }
    }
}
