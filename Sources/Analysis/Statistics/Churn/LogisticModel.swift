#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Ridge logistic regression: the chance of an outcome from a few features named in advance (METRICS 5.3).
package struct LogisticModel: Sendable, Hashable {
    /// How a model is fitted.
    package struct Options: Sendable, Hashable {
        /// λ of λ/2 Σ β², on the standardised scale if standardised; the intercept is free. 0 for plain likelihood.
        package var penalty: Double
        /// Whether features are moved to mean 0 and standard deviation 1 (divisor n) before they are penalised.
        package var isStandardised: Bool
        /// Whether there is an intercept.
        package var hasIntercept: Bool

        /// A way to fit.
        package init(penalty: Double, isStandardised: Bool = true, hasIntercept: Bool = true) {
            self.penalty = penalty
            self.isStandardised = isStandardised
            self.hasIntercept = hasIntercept
        }
    }

    /// The log odds where every feature is 0; 0 without an intercept.
    package var intercept: Double
    /// The change of the log odds by one unit of each feature; 0 for a feature that did not vary.
    package var coefficients: [Double]
    /// The features' means in the data fitted, from which contributions are counted.
    package var means: [Double]
    /// ln of the outcomes' chance, without the penalty, 0 or less.
    package var logLikelihood: Double
    /// Rows fitted.
    package var rows: Int

    /// The fit by iteratively reweighted least squares; nil without rows, or when nothing converges: without a
    /// penalty, when a feature parts the outcomes or says what others say.
    package init?(_ features: [[Double]], _ outcomes: [Bool], options: Options) {
        guard let first = features.first, features.count == outcomes.count else { return nil }
        let width = first.count
        // In a fixed order, so that the order of the rows changes no digit.
        let order = features.indices.sorted {
            features[$0] == features[$1]
                ? !outcomes[$0] && outcomes[$1] : features[$0].lexicographicallyPrecedes(features[$1])
        }
        let (features, outcomes) = (order.map { features[$0] }, order.map { outcomes[$0] })
        let n = Double(features.count)
        var means = [Double](repeating: 0, count: width)
        for row in features { for j in 0..<width { means[j] += row[j] / n } }
        var scales = [Double](repeating: 0, count: width)
        for row in features { for j in 0..<width { scales[j] += (row[j] - means[j]) * (row[j] - means[j]) / n } }
        let varies = scales.map { $0 > 0 }
        scales = scales.map { options.isStandardised && $0 > 0 ? $0.squareRoot() : 1 }
        // Moved to the means where an intercept takes up the difference: the same model, better conditioned.
        let shifts = options.hasIntercept ? means : [Double](repeating: 0, count: width)
        let used = (0..<width).filter { varies[$0] || !options.hasIntercept }
        let design = features.map { row in
            (options.hasIntercept ? [1] : []) + used.map { (row[$0] - shifts[$0]) / scales[$0] }
        }
        let penalties = (options.hasIntercept ? [0] : []) + used.map { _ in options.penalty }
        guard let fit = Self.fit(design, outcomes, penalties) else { return nil }

        coefficients = [Double](repeating: 0, count: width)
        intercept = options.hasIntercept ? fit.beta[0] : 0
        for (place, j) in used.enumerated() {
            coefficients[j] = fit.beta[place + (options.hasIntercept ? 1 : 0)] / scales[j]
            intercept -= coefficients[j] * shifts[j]
        }
        self.means = means
        logLikelihood = fit.logLikelihood
        rows = features.count
    }

    /// The log odds of a row.
    package func logOdds(_ row: [Double]) -> Double {
        zip(coefficients, row).reduce(intercept) { $0 + $1.0 * $1.1 }
    }

    /// The chance of a row, 0 to 1.
    package func probability(_ row: [Double]) -> Double { Self.logistic(logOdds(row)) }

    /// What each feature adds to the log odds against the mean row: β (x - mean).
    package func contributions(_ row: [Double]) -> [Double] {
        coefficients.indices.map { coefficients[$0] * (row[$0] - means[$0]) }
    }

    /// 1 / (1 + e^-x), without overflow.
    static func logistic(_ x: Double) -> Double { x >= 0 ? 1 / (1 + exp(-x)) : exp(x) / (1 + exp(x)) }

    /// ln(1 + e^x), without overflow.
    private static func softplus(_ x: Double) -> Double { max(0, x) + log1p(exp(-abs(x))) }

    /// Newton's steps, halved until the penalised likelihood rises.
    static func fit(
        _ design: [[Double]], _ outcomes: [Bool], _ penalties: [Double], offset: [Double]? = nil
    ) -> (beta: [Double], logLikelihood: Double)? {
        let width = penalties.count
        func odds(_ beta: [Double]) -> [Double] {
            design.indices.map { i in
                var sum = offset?[i] ?? 0
                for j in 0..<width { sum += beta[j] * design[i][j] }
                return sum
            }
        }
        func likelihood(_ odds: [Double]) -> Double {
            zip(odds, outcomes).reduce(0) { $0 + ($1.1 ? $1.0 : 0) - softplus($1.0) }
        }
        func penalty(_ beta: [Double]) -> Double { zip(beta, penalties).reduce(0) { $0 + $1.1 * $1.0 * $1.0 / 2 } }
        var beta = [Double](repeating: 0, count: width)
        var current = odds(beta)
        var best = likelihood(current)
        var lastReach = Double.infinity
        for _ in 0..<100 {
            var gradient = zip(beta, penalties).map { -$0 * $1 }
            var hessian = SymmetricMatrix(size: width)
            for j in 0..<width { hessian[j, j] = penalties[j] }
            for (i, row) in design.enumerated() {
                let chance = logistic(current[i])
                let difference = (outcomes[i] ? 1 : 0) - chance
                for j in 0..<width { gradient[j] += difference * row[j] }
                hessian.add(chance * (1 - chance), times: row)
            }
            guard let factor = hessian.choleskyFactor() else { return nil }
            let step = factor.solved(gradient)
            var length = 1.0
            var isBetter = false
            for _ in 0..<30 {
                let next = zip(beta, step).map { $0 + length * $1 }
                let nextOdds = odds(next)
                let value = likelihood(nextOdds) - penalty(next)
                if value >= best - 1e-12 * (1 + abs(best)), value.isFinite {
                    (beta, current, best, isBetter) = (next, nextOdds, value, true)
                    break
                }
                length /= 2
            }
            let reach = zip(beta, step).map { abs($1) / (1 + abs($0)) }.max() ?? 0
            // Steps must vanish: where a feature parts the outcomes they never do, though the likelihood stands still.
            if reach < 1e-10 || !isBetter || (reach < 1e-6 && reach > lastReach / 2) {
                return reach < 1e-6 ? (beta, likelihood(current)) : nil
            }
            lastReach = reach
        }
        return nil
    }
}
