#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Pseudo-answers that stand for what is known before anybody of an account has spoken.
package struct Pseudocounts: Sendable, Hashable {
    /// Pseudo-detractors.
    package var detractors: Double
    /// Pseudo-passives.
    package var passives: Double
    /// Pseudo-promoters.
    package var promoters: Double

    /// Pseudo-answers by band.
    package init(_ detractors: Double, _ passives: Double, _ promoters: Double) {
        self.detractors = detractors
        self.passives = passives
        self.promoters = promoters
    }

    /// Rocks' (3, T): three pseudo-answers in a triangle, for an account that stands alone.
    package static let alone = Pseudocounts(0.75, 1.5, 0.75)

    /// All pseudo-answers.
    package var total: Double { detractors + passives + promoters }
}

/// What an account's own few answers are drawn towards (METRICS 2.4).
package enum Shrinkage: Sendable, Equatable {
    /// Fewer than ten accounts: the fixed prior.
    case fixed
    /// The portfolio's own prior, by maximum likelihood of the Dirichlet-multinomial.
    case portfolio(Pseudocounts)
    /// The accounts show no difference beyond chance: all are drawn onto the pooled score.
    case pooled(PromoterCounts)

    /// What the accounts with at least one answer say.
    package init(accounts: some Sequence<PromoterCounts>) {
        let answered = accounts.filter { $0.count > 0 }
        if answered.count < 10 {
            self = .fixed
        } else if let alpha = DirichletMultinomial(answered).mostLikely() {
            self = .portfolio(alpha)
        } else {
            self = .pooled(answered.reduce(PromoterCounts(), +))
        }
    }

    /// The pseudo-answers to predict an account's silent contacts with.
    package var prior: Pseudocounts {
        switch self {
        case .fixed: .alone
        case .portfolio(let alpha): alpha
        case .pooled(let counts):
            // A large weight in the pooled proportions; the little constant keeps a band possible that nobody chose.
            Pseudocounts(
                max(1e-6, Double(counts.detractors) / Double(counts.count) * 1e6),
                max(1e-6, Double(counts.passives) / Double(counts.count) * 1e6),
                max(1e-6, Double(counts.promoters) / Double(counts.count) * 1e6))
        }
    }

    /// The shrunk NPS on [-1, 1], and the weight on the account's own answers, 0 to 1; nil when nobody answered.
    package func shrunk(_ counts: PromoterCounts) -> (value: Double, weight: Double)? {
        guard counts.count > 0 else { return nil }
        if case .pooled(let all) = self { return (all.value ?? 0, 0) }
        let prior = prior
        let total = Double(counts.count) + prior.total
        let lead = Double(counts.promoters) + prior.promoters - Double(counts.detractors) - prior.detractors
        return (lead / total, Double(counts.count) / total)
    }
}

/// The likelihood of band counts of many accounts, and where it is greatest.
struct DirichletMultinomial {
    /// How many accounts have more than j detractors, passives, promoters, answers: the likelihood needs nothing else.
    private var beyond: [[Double]] = [[], [], [], []]

    init(_ accounts: [PromoterCounts]) {
        var histograms: [[Int]] = [[], [], [], []]
        for account in accounts {
            let values = [account.detractors, account.passives, account.promoters, account.count]
            for (index, value) in values.enumerated() where value > 0 {
                while histograms[index].count < value { histograms[index].append(0) }
                histograms[index][value - 1] += 1
            }
        }
        for index in 0..<4 {
            var running = 0
            beyond[index] = histograms[index].reversed().map { count in
                running += count
                return Double(running)
            }.reversed()
        }
    }

    /// ln L without the multinomial constant: Σᵢ Σⱼ N(i,j) ln(αᵢ+j) - Σⱼ N(j) ln(α₀+j).
    func logLikelihood(_ alpha: [Double]) -> Double {
        func sum(_ counts: [Double], _ alpha: Double) -> Double {
            var total = 0.0
            for (j, count) in counts.enumerated() { total += count * log(alpha + Double(j)) }
            return total
        }
        return sum(beyond[0], alpha[0]) + sum(beyond[1], alpha[1]) + sum(beyond[2], alpha[2])
            - sum(beyond[3], alpha[0] + alpha[1] + alpha[2])
    }

    /// The most likely pseudo-counts; nil when the likelihood still rises as they grow past a million.
    func mostLikely() -> Pseudocounts? {
        var theta = [log(1.0), log(1.0), log(1.0)]
        var best = logLikelihood(theta.map { exp($0) })
        var damping = 1e-3
        for _ in 0..<500 {
            let alpha = theta.map { exp($0) }
            let (gradient, hessian) = derivatives(alpha)
            if gradient.allSatisfy({ abs($0) < 1e-9 }) { break }
            guard let step = Self.solve(hessian, gradient, damping: damping) else {
                damping *= 10
                continue
            }
            let next = zip(theta, step).map { min(max($0 + min(max($1, -2), 2), -16), 18) }
            let value = logLikelihood(next.map { exp($0) })
            if value > best {
                let gain = value - best
                theta = next
                best = value
                damping = max(damping / 10, 1e-12)
                if gain < 1e-13 * abs(best) { break }
            } else {
                damping *= 10
                if damping > 1e12 { break }
            }
        }
        let alpha = theta.map { exp($0) }
        let total = alpha[0] + alpha[1] + alpha[2]
        // Still at least as likely with a thousandfold weight: the accounts do not differ beyond chance.
        if total > 1e6 || logLikelihood(alpha.map { $0 / total * 1e7 }) >= best - 1e-9 { return nil }
        return Pseudocounts(alpha[0], alpha[1], alpha[2])
    }

    /// Gradient and negated Hessian in ln α.
    private func derivatives(_ alpha: [Double]) -> ([Double], [[Double]]) {
        func sums(_ counts: [Double], _ alpha: Double) -> (first: Double, second: Double) {
            var first = 0.0
            var second = 0.0
            for (j, count) in counts.enumerated() {
                let inverse = 1 / (alpha + Double(j))
                first += count * inverse
                second += count * inverse * inverse
            }
            return (first, second)
        }
        let total = sums(beyond[3], alpha[0] + alpha[1] + alpha[2])
        var gradient = [0.0, 0, 0]
        var hessian = [[Double]](repeating: [0, 0, 0], count: 3)
        for i in 0..<3 {
            let own = sums(beyond[i], alpha[i])
            gradient[i] = alpha[i] * (own.first - total.first)
            for k in 0..<3 { hessian[i][k] = -alpha[i] * alpha[k] * total.second }
            hessian[i][i] += alpha[i] * alpha[i] * own.second - gradient[i]
        }
        return (gradient, hessian)
    }

    /// Solves (H + damping · scale) x = g for three unknowns by elimination; nil when it is not positive definite.
    private static func solve(_ hessian: [[Double]], _ gradient: [Double], damping: Double) -> [Double]? {
        var a = hessian
        var b = gradient
        for i in 0..<3 { a[i][i] += damping * (1 + abs(hessian[i][i])) }
        for i in 0..<3 {
            guard a[i][i] > 1e-300 else { return nil }
            for row in (i + 1)..<max(3, i + 1) {
                let factor = a[row][i] / a[i][i]
                for column in i..<3 { a[row][column] -= factor * a[i][column] }
                b[row] -= factor * b[i]
            }
        }
        var x = [0.0, 0, 0]
        for i in stride(from: 2, through: 0, by: -1) {
            var sum = b[i]
            for column in (i + 1)..<max(3, i + 1) { sum -= a[i][column] * x[column] }
            x[i] = sum / a[i][i]
        }
        return x
    }
}
