#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// What a customer spends at a purchase: Gamma–Gamma (Fader, Hardie and Lee 2005, Iso-value; METRICS 5.2).
/// Valid only if how often and how much are about unrelated: print `relation`.
package struct SpendModel: Sendable, Hashable {
    /// What is known of one customer.
    package struct Customer: Sendable, Hashable {
        /// Repeat purchases, 1 or more.
        package var purchases: Int
        /// The mean amount of them, above 0.
        package var mean: Double

        /// A customer.
        package init(purchases: Int, mean: Double) {
            self.purchases = purchases
            self.mean = mean
        }
    }

    /// Shape of a customer's amounts, above 0.
    package var p: Double
    /// Shape of the customers' scales, above 0.
    package var q: Double
    /// Scale of the customers' scales, in money.
    package var gamma: Double

    /// A model by its parameters.
    package init(p: Double, q: Double, gamma: Double) {
        self.p = p
        self.q = q
        self.gamma = gamma
    }

    /// The most likely model of those with purchases and amounts above 0; nil with fewer than two of them.
    package init?(_ customers: [Customer]) {
        let counted = customers.filter { $0.purchases > 0 && $0.mean > 0 }.sorted {
            ($0.purchases, $0.mean) < ($1.purchases, $1.mean)
        }
        guard counted.count >= 2 else { return nil }
        let mean = counted.reduce(0) { $0 + $1.mean } / Double(counted.count)
        let found = NelderMead.least(from: [1, 1, log(mean)]) { theta in
            if theta.contains(where: { abs($0) > 25 }) { return .infinity }
            return -SpendModel(p: exp(theta[0]), q: exp(theta[1]), gamma: exp(theta[2])).logLikelihood(counted)
        }
        guard found.value.isFinite else { return nil }
        self.init(p: exp(found.point[0]), q: exp(found.point[1]), gamma: exp(found.point[2]))
    }

    /// ln of the customers' chance under the model.
    package func logLikelihood(_ customers: [Customer]) -> Double {
        var scales: [Int: Double] = [:]
        var total = 0.0
        for customer in customers {
            let x = Double(customer.purchases)
            let scale: Double
            if let known = scales[customer.purchases] {
                scale = known
            } else {
                scale = q * log(gamma) - BetaFunction.logarithm(p * x, q) + p * x * log(x)
                scales[customer.purchases] = scale
            }
            total += scale + (p * x - 1) * log(customer.mean) - (p * x + q) * log(gamma + x * customer.mean)
        }
        return total
    }

    /// The mean amount over all customers; nil when q is at most 1, and there is none.
    package var mean: Double? { q > 1 ? p * gamma / (q - 1) : nil }

    /// The expected amount of one customer, p (γ + x m) / (p x + q - 1); nil when there is none.
    package func expected(_ customer: Customer) -> Double? {
        let x = Double(customer.purchases)
        let weight = p * x + q - 1
        return weight > 0 ? p * (gamma + x * customer.mean) / weight : nil
    }

    /// How closely how often and how much go together (Pearson): the model needs about 0.
    package static func relation(_ customers: [Customer], z: Double) -> Correlation? {
        let counted = customers.filter { $0.purchases > 0 && $0.mean > 0 }
        return Correlation.pearson(counted.map { Double($0.purchases) }, counted.map(\.mean), z: z)
    }
}
