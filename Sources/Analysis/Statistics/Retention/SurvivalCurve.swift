#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// How many are still there after a time, when not everybody was watched equally long (Kaplan and Meier 1958; METRICS
/// 5.2).
package struct SurvivalCurve: Sendable, Hashable {
    /// One that was watched.
    package struct Case: Sendable, Hashable {
        /// How long, in any unit.
        package var duration: Double
        /// Whether it left then; if not, it was watched no longer.
        package var hasLeft: Bool

        /// One that was watched.
        package init(duration: Double, hasLeft: Bool) {
            self.duration = duration
            self.hasLeft = hasLeft
        }
    }

    /// The share still there from a time on.
    package struct Step: Sendable, Hashable {
        /// The time at which some left.
        package var time: Double
        /// The share still there, 0 to 1.
        package var share: Double
        /// Greenwood's sum of left / (there (there - left)); nil when all left.
        package var greenwood: Double?
    }

    /// The steps, in rising time; before the first the share is 1.
    package var steps: [Step]

    /// The curve of some cases; no steps when nobody left.
    package init(_ cases: some Sequence<Case>) {
        let sorted = cases.sorted { $0.duration < $1.duration }
        steps = []
        var share = 1.0
        var sum: Double? = 0
        var start = 0
        while start < sorted.count {
            var end = start
            var left = 0
            while end < sorted.count, sorted[end].duration == sorted[start].duration {
                if sorted[end].hasLeft { left += 1 }
                end += 1
            }
            if left > 0 {
                let there = Double(sorted.count - start)
                share *= (there - Double(left)) / there
                let known = sum
                sum = Int(there) > left ? known.map { $0 + Double(left) / (there * (there - Double(left))) } : nil
                steps.append(Step(time: sorted[start].duration, share: share, greenwood: sum))
            }
            start = end
        }
    }

    /// The share still there at a time, 0 to 1.
    package func share(at time: Double) -> Double { steps.last { $0.time <= time }?.share ?? 1 }

    /// The log–log interval of the share at a time; nil before anybody left and after all did.
    package func interval(at time: Double, z: Double) -> Interval? {
        guard let step = steps.last(where: { $0.time <= time }), let sum = step.greenwood, step.share < 1 else {
            return nil
        }
        let middle = log(-log(step.share))
        let half = z * sum.squareRoot() / abs(log(step.share))
        return Interval(exp(-exp(middle + half)), exp(-exp(middle - half)))
    }
}
