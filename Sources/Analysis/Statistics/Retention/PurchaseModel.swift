#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Purchases without contracts: BG/NBD (Fader, Hardie and Lee 2005; METRICS 5.2).
package struct PurchaseModel: Sendable, Hashable {
    /// What is known of one customer, in any unit of time.
    package struct Customer: Sendable, Hashable {
        /// Purchase days after the first.
        package var repeats: Int
        /// Time from the first to the last purchase; 0 without repeats.
        package var recency: Double
        /// Time from the first purchase to now.
        package var age: Double

        /// A customer.
        package init(repeats: Int, recency: Double, age: Double) {
            self.repeats = repeats
            self.recency = recency
            self.age = age
        }
    }

    /// Shape of the purchase rates, above 0.
    package var r: Double
    /// Scale of the purchase rates, in units of time.
    package var alpha: Double
    /// First shape of the chance to leave after a purchase, above 0.
    package var a: Double
    /// Second shape of the chance to leave after a purchase, above 0.
    package var b: Double

    /// A model by its parameters.
    package init(r: Double, alpha: Double, a: Double, b: Double) {
        self.r = r
        self.alpha = alpha
        self.a = a
        self.b = b
    }

    /// The most likely model; nil without customers or when nobody bought again.
    package init?(_ customers: [Customer]) {
        guard customers.contains(where: { $0.repeats > 0 }) else { return nil }
        let sorted = customers.sorted { ($0.repeats, $0.recency, $0.age) < ($1.repeats, $1.recency, $1.age) }
        // Started at the data's own unit of time, so that the unit does not matter.
        let age = sorted.reduce(0) { $0 + $1.age } / Double(sorted.count)
        let found = NelderMead.least(from: [-1, log(max(age, 1e-9) / 4), 0, 1]) { theta in
            if theta.contains(where: { abs($0) > 25 }) { return .infinity }
            return -PurchaseModel(theta.map { exp($0) }).logLikelihood(sorted)
        }
        guard found.value.isFinite else { return nil }
        self.init(found.point.map { exp($0) })
    }

    private init(_ parameters: [Double]) {
        self.init(r: parameters[0], alpha: parameters[1], a: parameters[2], b: parameters[3])
    }

    /// ln of the customers' chance under the model, constants left out as in the paper's equation 6.
    package func logLikelihood(_ customers: [Customer]) -> Double {
        var byRepeats: [(rates: Double, stays: Double)] = []
        let scale = r * log(alpha) - GammaFunction.logarithm(r)
        var stay = 0.0
        var total = 0.0
        for customer in customers {
            while byRepeats.count <= customer.repeats {
                let x = Double(byRepeats.count)
                byRepeats.append((GammaFunction.logarithm(r + x) + scale, stay))
                stay += log((b + x) / (a + b + x))
            }
            let x = Double(customer.repeats)
            let known = byRepeats[customer.repeats]
            let late = log(alpha + customer.age)
            total += known.rates + known.stays - (r + x) * late
            if customer.repeats > 0 {
                // ln(1 + a / (b + x - 1) ((α + T) / (α + t))^(r + x)), without overflow.
                let left = log(a / (b + x - 1)) + (r + x) * (late - log(alpha + customer.recency))
                total += max(0, left) + log1p(exp(-abs(left)))
            }
        }
        return total
    }

    /// P(has not left), 0 to 1. Not churn risk: it is 1 for all without a repeat; `active` is.
    package func alive(_ customer: Customer) -> Double {
        if customer.repeats == 0 { return 1 }
        let x = Double(customer.repeats)
        let left = log(a / (b + x - 1)) + (r + x) * log((alpha + customer.age) / (alpha + customer.recency))
        return 1 / (1 + exp(left))
    }

    /// P(at least one purchase in the next time), 0 to 1: alive · (1 - ((α + T) / (α + T + h))^(r + x)).
    package func active(_ customer: Customer, next time: Double) -> Double {
        let now = alpha + customer.age
        return alive(customer) * -expm1((r + Double(customer.repeats)) * log(now / (now + time)))
    }

    /// Expected purchases in the next time, 0 or more (the paper's equation 10); nil when its series does not converge.
    package func expected(_ customer: Customer, next time: Double) -> Double? {
        guard time > 0 else { return 0 }
        // The expression is continuous in a, but 0/0 at exactly 1.
        let a = abs(self.a - 1) < 1e-6 ? 1 + 1e-6 : self.a
        let x = Double(customer.repeats)
        let share = time / (alpha + customer.age + time)
        // Euler's transformation takes x out of the growing parameters: no overflow for eager buyers.
        guard let series = HypergeometricFunction.of(a + b - 1 - r, a - 1, a + b + x - 1, share) else { return nil }
        let bought = (a + b + x - 1) / (a - 1) * (1 - exp((a - 1) * log1p(-share)) * series)
        return max(0, bought * alive(customer))
    }
}
