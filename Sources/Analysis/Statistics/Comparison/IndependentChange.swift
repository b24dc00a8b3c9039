/// The difference of the NPS of two groups of different people, with MOVER's interval (METRICS 2.2).
package struct IndependentChange: Sendable, Hashable {
    /// The first NPS less the second, -2 to 2.
    package var difference: Double
    /// MOVER on the two score intervals, within -2 to 2 and around the difference (Zou and Donner 2008; Tango 1998).
    package var interval: Interval

    /// Whether 0 lies outside the interval: only then may "changed" be said.
    package var isChange: Bool { interval.low > 0 || interval.high < 0 }

    /// The difference at a normal quantile; nil when either group has nobody.
    package init?(_ first: PromoterCounts, _ second: PromoterCounts, z: Double) {
        guard let one = first.value, let two = second.value, let of = ScoreInterval.of(first, z: z),
            let other = ScoreInterval.of(second, z: z)
        else { return nil }
        difference = one - two
        interval = Self.mover(one, of, two, other)
    }

    /// The interval of a - b from the intervals of a and of b.
    static func mover(_ a: Double, _ ofA: Interval, _ b: Double, _ ofB: Interval) -> Interval {
        func length(_ x: Double, _ y: Double) -> Double { (x * x + y * y).squareRoot() }
        return Interval(
            a - b - length(a - ofA.low, ofB.high - b), a - b + length(ofA.high - a, b - ofB.low))
    }
}

extension IndependentChange {
    /// The exact two-sided permutation p of a difference, 0 to 1, over all ways to part the same answers into two
    /// groups of these sizes; nil when a group is empty or there are more than 20 answers (METRICS 2.2).
    package static func permutation(_ first: PromoterCounts, _ second: PromoterCounts) -> Double? {
        let all = first + second
        guard first.count > 0, second.count > 0, all.count <= 20 else { return nil }
        // |n₂ lead₁ - n₁ lead₂| in whole numbers, so that no rounding decides what is as extreme.
        let lead = all.promoters - all.detractors
        func distance(_ own: Int) -> Int { abs(second.count * own - first.count * (lead - own)) }
        let observed = distance(first.promoters - first.detractors)
        var extreme = 0
        for detractors in 0...min(all.detractors, first.count) {
            for promoters in 0...min(all.promoters, first.count - detractors) {
                let passives = first.count - detractors - promoters
                if passives > all.passives || distance(promoters - detractors) < observed { continue }
                extreme +=
                    choose(all.detractors, detractors) * choose(all.promoters, promoters)
                    * choose(all.passives, passives)
            }
        }
        return Double(extreme) / Double(choose(all.count, first.count))
    }

    private static func choose(_ n: Int, _ k: Int) -> Int {
        var result = 1
        for i in 0..<k { result = result * (n - i) / (i + 1) }
        return result
    }
}
