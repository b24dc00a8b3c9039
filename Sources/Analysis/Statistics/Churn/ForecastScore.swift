#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// How true chances were, against what happened (METRICS 5.3).
package struct ForecastScore: Sendable, Hashable {
    /// Rows.
    package var n: Int
    /// Rows where it happened.
    package var events: Int
    /// How well the chances order the rows; nil when all or none happened.
    package var ranking: RankingScore?
    /// Mean square of chance less outcome, 0 to 1, less is better (Brier 1950).
    package var brier: Double
    /// 1 - Brier / (share (1 - share)): 0 for telling everybody the share, 1 for knowing; nil when all or none
    /// happened.
    package var skill: Double?
    /// Mean of -ln(the chance given to what happened), 0 or more; chances are kept 1e-15 off 0 and 1.
    package var logLoss: Double
    /// Slope of the outcome's log odds on the chance's: below 1 when chances are too extreme; nil when it cannot be
    /// fitted.
    package var calibrationSlope: Double?
    /// The standard error of the slope; nil alike.
    package var slopeError: Double?
    /// Log odds to add to all chances so that their sum is right: 0 when it is; nil when all or none happened.
    package var calibrationInTheLarge: Double?
    /// Spiegelhalter's z of calibration, standard normal if chances are true; nil when all chances are 0, ½ or 1.
    package var spiegelhalter: Double?
    /// Mean precision over events; nil without one.
    package var averagePrecision: Double?
    /// Events in the top tenth over events overall; nil without one.
    package var lift: Double?
    /// The share of events in the top tenth, 0 to 1.
    package var topTenth: Double?

    /// The score of chances, 0 to 1; nil without rows.
    package init?(_ chances: [Double], _ outcomes: [Bool], z: Double) {
        precondition(chances.count == outcomes.count, "every chance has its outcome")
        guard !chances.isEmpty else { return nil }
        // In a fixed order, so that the order of the rows changes no digit.
        let order = chances.indices.sorted { (chances[$0], outcomes[$0] ? 1 : 0) < (chances[$1], outcomes[$1] ? 1 : 0) }
        let (chances, outcomes) = (order.map { chances[$0] }, order.map { outcomes[$0] })
        n = chances.count
        events = outcomes.count { $0 }
        let count = Double(n)
        let share = Double(events) / count
        let kept = chances.map { min(1 - 1e-15, max(1e-15, $0)) }
        let pairs = Array(zip(chances, outcomes))
        brier = pairs.reduce(0) { $0 + ($1.1 ? 1 - $1.0 : $1.0) * ($1.1 ? 1 - $1.0 : $1.0) } / count
        if events > 0, events < n { skill = 1 - brier / (share * (1 - share)) }
        logLoss = zip(kept, outcomes).reduce(0) { $0 - ($1.1 ? log($1.0) : log1p(-$1.0)) } / count
        ranking = RankingScore(chances, outcomes, z: z)
        averagePrecision = RankingScore.averagePrecision(chances, outcomes)
        lift = RankingScore.lift(chances, outcomes)
        topTenth = RankingScore.precision(chances, outcomes, top: RankingScore.tenth(of: n))
        let spread = chances.reduce(0) { $0 + (1 - 2 * $1) * (1 - 2 * $1) * $1 * (1 - $1) }
        if spread > 0 {
            let excess = pairs.reduce(0) { $0 + (($1.1 ? 1 : 0) - $1.0) * (1 - 2 * $1.0) }
            spiegelhalter = excess / spread.squareRoot()
        }
        calibrate(kept.map { log($0) - log1p(-$0) }, outcomes)
    }

    private mutating func calibrate(_ odds: [Double], _ outcomes: [Bool]) {
        guard events > 0, events < n else { return }
        let ones = [[Double]](repeating: [1], count: n)
        calibrationInTheLarge = LogisticModel.fit(ones, outcomes, [0], offset: odds)?.beta[0]
        let design = odds.map { [1, $0] }
        guard let fit = LogisticModel.fit(design, outcomes, [0, 0]) else { return }
        calibrationSlope = fit.beta[1]
        var information = SymmetricMatrix(size: 2)
        for row in design {
            let chance = LogisticModel.logistic(fit.beta[0] + fit.beta[1] * row[1])
            information.add(chance * (1 - chance), times: row)
        }
        information.mirror()
        slopeError = information.choleskyFactor().map { $0.solved([0, 1])[1].squareRoot() }
    }
}
