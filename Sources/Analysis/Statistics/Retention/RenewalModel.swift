#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// How long accounts stay under contracts that are renewed: the shifted beta-geometric (Fader and Hardie 2007; METRICS
/// 5.2).
package enum RenewalModel: Sendable, Hashable {
    /// Accounts differ: each has its own chance to leave, spread over them as Beta(alpha, beta).
    case differing(alpha: Double, beta: Double)
    /// No difference between accounts can be seen: all leave with one chance, 0 to 1, at each renewal.
    case alike(churn: Double)

    /// What was seen at renewals: how many left at their t-th, and how many had renewed t times and then were watched
    /// no longer.
    package struct Record: Sendable, Hashable {
        /// Accounts that left at their 1st, 2nd, … renewal.
        package var lost: [Double] = []
        /// Accounts still there after their 1st, 2nd, … renewal, when the watching ended.
        package var staying: [Double] = []

        /// Nothing seen yet.
        package init() {}

        /// One cohort by those still there after 0, 1, 2, … renewals, as counts or in any unit.
        package init(survivors: [Double]) {
            add(survivors: survivors)
        }

        /// Adds a cohort by those still there after 0, 1, 2, … renewals.
        package mutating func add(survivors: [Double]) {
            guard survivors.count >= 2 else { return }
            while lost.count < survivors.count - 1 {
                lost.append(0)
                staying.append(0)
            }
            for t in 1..<survivors.count { lost[t - 1] += survivors[t - 1] - survivors[t] }
            staying[survivors.count - 2] += survivors[survivors.count - 1]
        }
    }

    /// The most likely model; nil when nobody left, or nobody stayed.
    package init?(_ record: Record) {
        let lost = record.lost.reduce(0, +)
        var renewed = 0.0
        for (t, count) in record.lost.enumerated() { renewed += count * Double(t) }
        for (t, count) in record.staying.enumerated() { renewed += count * Double(t + 1) }
        guard lost > 0, renewed > 0 else { return nil }
        let found = NelderMead.least(from: [0, 0]) { theta in
            if theta.contains(where: { abs($0) > 25 }) { return .infinity }
            return -RenewalModel.differing(alpha: exp(theta[0]), beta: exp(theta[1])).logLikelihood(record)
        }
        let (alpha, beta) = (exp(found.point[0]), exp(found.point[1]))
        let alike = RenewalModel.alike(churn: lost / (lost + renewed))
        // Parameters that run away together are one chance for everybody.
        if alpha + beta > 1e4 || alike.logLikelihood(record) >= -found.value - 1e-9 {
            self = alike
        } else {
            self = .differing(alpha: alpha, beta: beta)
        }
    }

    /// ln of the record's chance under the model.
    package func logLikelihood(_ record: Record) -> Double {
        var total = 0.0
        var stay = 0.0
        for t in record.lost.indices {
            let renewal = self.renewal(t + 1)
            if record.lost[t] > 0 { total += record.lost[t] * (stay + log1p(-renewal)) }
            stay += log(renewal)
            if record.staying[t] > 0 { total += record.staying[t] * stay }
        }
        return total
    }

    /// The chance of one still there to renew for the t-th time, t >= 1: (β + t - 1) / (α + β + t - 1); older accounts
    /// renew better.
    package func renewal(_ t: Int) -> Double {
        switch self {
        case .differing(let alpha, let beta): (beta + Double(t - 1)) / (alpha + beta + Double(t - 1))
        case .alike(let churn): 1 - churn
        }
    }

    /// The share still there after t renewals, 0 to 1: B(α, β + t) / B(α, β).
    package func survival(_ t: Int) -> Double {
        switch self {
        case .differing(let alpha, let beta): BetaFunction.ratio(alpha, beta, adding: t)
        case .alike(let churn): pow(1 - churn, Double(t))
        }
    }

    /// Expected renewals still to come, discounted, of an account just before its n-th, n >= 1; discount above 0 a
    /// term.
    /// r(n) 2F1(1, β + n; α + β + n; 1 / (1 + d)); nil without a discount, when the sum may have no end.
    package func residualRenewals(_ n: Int, discount: Double) -> Double? {
        guard discount > 0, n >= 1 else { return nil }
        let kept = 1 / (1 + discount)
        switch self {
        case .differing(let alpha, let beta):
            let series = HypergeometricFunction.of(1, beta + Double(n), alpha + beta + Double(n), kept)
            return series.map { renewal(n) * $0 }
        case .alike(let churn): return (1 - churn) / (1 - (1 - churn) * kept)
        }
    }
}
