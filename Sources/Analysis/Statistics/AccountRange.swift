#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// What can be said of an account in which not everybody answered (METRICS 2.3).
package enum AccountRange {
    /// The NPS of the whole account, on [-1, 1], whatever the silent think; nil without contacts.
    package static func certain(_ counts: PromoterCounts, contacts: Int) -> Interval? {
        guard contacts > 0 else { return nil }
        let silent = contacts - counts.count
        let lead = counts.promoters - counts.detractors
        return Interval(Double(lead - silent) / Double(contacts), Double(lead + silent) / Double(contacts))
    }

    /// The NPS of the whole account if the silent are like the answerers.
    package struct Prediction: Sendable, Equatable {
        /// The mean, on [-1, 1].
        package var mean: Double
        /// The central interval of the level asked for.
        package var interval: Interval
        /// P(NPS < 0), 0 to 1.
        package var negative: Double
    }

    /// Most silent contacts that are enumerated; beyond, the normal approximation differs by less than is shown.
    private static let mostEnumerated = 400

    /// The posterior predictive of the silent, Dirichlet-multinomial with counts and prior; nil without contacts.
    package static func predicted(
        _ counts: PromoterCounts, contacts: Int, prior: Pseudocounts, level: Double
    ) -> Prediction? {
        guard contacts > 0 else { return nil }
        let silent = contacts - counts.count
        let lead = counts.promoters - counts.detractors
        let n = Double(contacts)
        if silent == 0 {
            let value = Double(lead) / n
            return Prediction(mean: value, interval: Interval(value, value), negative: lead < 0 ? 1 : 0)
        }
        let alpha = [
            Double(counts.detractors) + prior.detractors, Double(counts.passives) + prior.passives,
            Double(counts.promoters) + prior.promoters,
        ]
        let total = alpha[0] + alpha[1] + alpha[2]
        let mean = (Double(lead) + Double(silent) * (alpha[2] - alpha[0]) / total) / n
        if silent > mostEnumerated { return approximate(mean, alpha, total, silent: silent, n: n, level: level) }

        let chances = leads(of: silent, alpha, total)
        var below = 0.0
        var low: Double?
        var high: Double?
        let tail = (1 - level) / 2
        var negative = 0.0
        for (index, chance) in chances.enumerated() {
            let value = Double(lead + index - silent)
            if value < 0 { negative += chance }
            below += chance
            if low == nil, below >= tail - 1e-12 { low = value / n }
            if high == nil, below >= 1 - tail - 1e-12 { high = value / n }
        }
        let interval = Interval(low ?? Double(lead - silent) / n, high ?? Double(lead + silent) / n)
        return Prediction(mean: mean, interval: interval, negative: min(1, negative))
    }

    /// The chance of every lead of promoters over detractors among the silent, from -silent to +silent.
    private static func leads(of silent: Int, _ alpha: [Double], _ total: Double) -> [Double] {
        func terms(_ alpha: Double) -> [Double] {
            let base = GammaFunction.logarithm(alpha)
            return (0...silent).map {
                GammaFunction.logarithm(Double($0) + alpha) - base - GammaFunction.logarithm(Double($0) + 1)
            }
        }
        let scale = terms(total)[silent]
        let (d, p, a) = (terms(alpha[0]), terms(alpha[1]), terms(alpha[2]))
        var chances = [Double](repeating: 0, count: 2 * silent + 1)
        for detractors in 0...silent {
            for promoters in 0...(silent - detractors) {
                let chance = exp(d[detractors] + a[promoters] + p[silent - detractors - promoters] - scale)
                chances[promoters - detractors + silent] += chance
            }
        }
        return chances
    }

    private static func approximate(
        _ mean: Double, _ alpha: [Double], _ total: Double, silent: Int, n: Double, level: Double
    ) -> Prediction {
        let m = Double(silent)
        let difference = (alpha[2] - alpha[0]) / total
        let variance = m * ((alpha[2] + alpha[0]) / total - difference * difference) * (m + total) / (1 + total)
        let spread = sqrt(max(0, variance)) / n
        let z = NormalDistribution.z(level: level)
        let negative = spread > 0 ? NormalDistribution.share(below: (-0.5 / n - mean) / spread) : mean < 0 ? 1 : 0
        return Prediction(
            mean: mean, interval: Interval(max(-1, mean - z * spread), min(1, mean + z * spread)), negative: negative)
    }
}
