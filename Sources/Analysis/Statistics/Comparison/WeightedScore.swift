package import Feedback

/// The NPS of answers that do not all weigh the same, by role or revenue (METRICS 2.5); weights are policy.
package struct WeightedScore: Sendable, Hashable {
    /// Answers with a weight above 0.
    package var n: Int
    /// Σ w s / Σ w, -1 to 1.
    package var value: Double
    /// The same without weights, which is always shown beside it.
    package var unweighted: Double
    /// n/(n-1) Σ w² (s-θ)² / (Σ w)², square root taken; nil for one answer.
    package var standardError: Double?
    /// Kish's (Σ w)² / Σ w²: how many equal answers these are worth, 1 to n.
    package var effectiveCount: Double
    /// By t with n-1 degrees, clipped to -1...1; nil when the effective count is below 5.
    package var interval: Interval?

    /// Fewest effective answers that get an interval.
    static let fewestEffective = 5.0

    /// The score of (band, weight) pairs at a level; nil when no weight is above 0.
    package init?(_ answers: [(band: PromoterBand, weight: Double)], level: Double) {
        // In a fixed order, so that the order of the answers changes no digit.
        let counted = answers.filter { $0.weight > 0 }.map { (score: $0.band.unit, weight: $0.weight) }
            .sorted { ($0.score, $0.weight) < ($1.score, $1.weight) }
        guard !counted.isEmpty else { return nil }
        let total = counted.reduce(0) { $0 + $1.weight }
        let squares = counted.reduce(0) { $0 + $1.weight * $1.weight }
        let mean = counted.reduce(0) { $0 + $1.weight * $1.score } / total
        n = counted.count
        value = min(1, max(-1, mean))
        unweighted = counted.reduce(0) { $0 + $1.score } / Double(counted.count)
        effectiveCount = total * total / squares
        guard n > 1, let t = StudentDistribution.t(level: level, degrees: n - 1) else { return }
        let spread = counted.reduce(0) { $0 + $1.weight * $1.weight * ($1.score - mean) * ($1.score - mean) }
        let error = (Double(n) / Double(n - 1) * spread).squareRoot() / total
        standardError = error
        if effectiveCount >= Self.fewestEffective, error > 0 {
            interval = Interval(max(-1, value - t * error), min(1, value + t * error))
        }
    }
}

extension PromoterBand {
    /// -1 for a detractor, 0 for a passive, 1 for a promoter.
    package var unit: Double {
        switch self {
        case .detractor: -1
        case .passive: 0
        case .promoter: 1
        }
    }
}
