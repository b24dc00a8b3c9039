#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Whether an account's silence is more than chance (METRICS 6): say "unusual", never "proof".
package enum Silence {
    /// Silence below this chance is flagged.
    package static let threshold = 0.05

    /// P(nobody of these answers): the product of 1 - the response rate of each contact's role, 0 to 1; nil for nobody.
    /// Contacts of an account answer alike, so the true chance is larger.
    package static func chance(rates: some Collection<Double>) -> Double? {
        rates.isEmpty ? nil : rates.sorted().reduce(1) { $0 * (1 - $1) }
    }
}

/// Response rates that differ between accounts, as Beta(alpha, beta): the chance of silence where contacts of an
/// account
/// answer alike (METRICS 6, with 30 accounts or more).
package struct SilenceModel: Sendable, Hashable {
    /// First shape, above 0.
    package var alpha: Double
    /// Second shape, above 0; the mean response rate is alpha / (alpha + beta).
    package var beta: Double

    /// Fewest accounts.
    package static let fewestAccounts = 30

    /// The most likely model; nil with fewer than 30 invited accounts, when all or none of their contacts answered,
    /// or when accounts do not differ beyond chance.
    package init?(_ accounts: [Proportion]) {
        let invited = accounts.filter { $0.all > 0 }
        let answers = invited.reduce(0) { $0 + $1.count }
        let asked = invited.reduce(0) { $0 + $1.all }
        guard invited.count >= Self.fewestAccounts, answers > 0, answers < asked else { return nil }
        var groups: [Proportion: Double] = [:]
        for account in invited { groups[account, default: 0] += 1 }
        let sorted = groups.sorted { ($0.key.all, $0.key.count) < ($1.key.all, $1.key.count) }
        func logLikelihood(_ alpha: Double, _ beta: Double) -> Double {
            sorted.reduce(0) { sum, group in
                var part = 0.0
                for i in 0..<group.key.count { part += log(alpha + Double(i)) }
                for i in 0..<(group.key.all - group.key.count) { part += log(beta + Double(i)) }
                for i in 0..<group.key.all { part -= log(alpha + beta + Double(i)) }
                return sum + group.value * part
            }
        }
        let found = NelderMead.least(from: [0, 0]) { theta in
            theta.contains { abs($0) > 16 } ? .infinity : -logLikelihood(exp(theta[0]), exp(theta[1]))
        }
        alpha = exp(found.point[0])
        beta = exp(found.point[1])
        if alpha + beta > 1e4 { return nil }
    }

    /// P(none of k contacts of one account answers), 0 to 1: B(α, β + k) / B(α, β).
    package func chance(contacts: Int) -> Double { BetaFunction.ratio(alpha, beta, adding: contacts) }
}
