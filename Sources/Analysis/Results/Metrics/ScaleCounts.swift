internal import Feedback

/// How often every step of a scale was chosen.
struct ScaleCounts: Sendable {
    let range: ClosedRange<Int>
    private(set) var counts: [Int]

    init(_ range: ClosedRange<Int>) {
        self.range = range
        counts = [Int](repeating: 0, count: range.count)
    }

    var n: Int { counts.reduce(0, +) }

    /// Counts a step; false for anything off the scale, which is refused.
    mutating func add(_ answer: Answer) -> Bool {
        guard case .integer(let step) = answer, range.contains(step) else { return false }
        add(step, times: 1)
        return true
    }

    /// Counts a step several times; anything off the scale is refused.
    mutating func add(_ step: Int, times: Int) {
        if range.contains(step) { counts[step - range.lowerBound] += times }
    }

    mutating func merge(_ other: ScaleCounts) {
        for index in counts.indices where index < other.counts.count { counts[index] += other.counts[index] }
    }

    /// How many chose a step or a higher one.
    func atLeast(_ step: Int) -> Int { zip(range, counts).reduce(0) { $1.0 >= step ? $0 + $1.1 : $0 } }

    /// The mean in steps; nil without answers.
    var mean: Double? {
        let n = n
        return n == 0 ? nil : Double(zip(range, counts).reduce(0) { $0 + $1.0 * $1.1 }) / Double(n)
    }

    /// The mean's interval by Student's t, from five answers on (METRICS 3); nil below, or when all are alike.
    func meanInterval(level: Double) -> Interval? {
        let n = n
        guard n >= 5, let mean, let t = StudentDistribution.t(level: level, degrees: n - 1) else { return nil }
        let squares = zip(range, counts).reduce(0.0) {
            $0 + Double($1.1) * (Double($1.0) - mean) * (Double($1.0) - mean)
        }
        if squares == 0 { return nil }
        let half = t * (squares / Double(n - 1) / Double(n)).squareRoot()
        return Interval(max(Double(range.lowerBound), mean - half), min(Double(range.upperBound), mean + half))
    }

    /// The counts as a distribution.
    var shares: [Share] { zip(range, counts).map { Share(code: String($0), label: String($0), count: $1) } }

    /// Whether all gave the same answer.
    var isUniform: Bool { n > 0 && counts.contains(n) }
}

/// The share of the highest steps of a scale, with Wilson's interval and the mean beside it.
struct TopShare: Sendable {
    private(set) var scale: ScaleCounts
    let cut: Int
    let name: String
    let key: String

    init(_ range: ClosedRange<Int>, cut: Int, name: String, key: String) {
        scale = ScaleCounts(range)
        self.cut = cut
        self.name = name
        self.key = key
    }

    mutating func add(_ answer: Answer) -> Bool { scale.add(answer) }
    mutating func merge(_ other: TopShare) { scale.merge(other.scale) }

    func summary(_ settings: AnalysisSettings) -> MetricSummary {
        let (n, top) = (scale.n, scale.atLeast(cut))
        return MetricSummary(
            figure: Figure(
                name: name, unit: .percent, value: n == 0 ? nil : Double(top) / Double(n),
                interval: WilsonInterval.of(top, among: n, z: settings.z), method: "Wilson's interval",
                numerator: top),
            besides: [
                Figure(
                    name: "mean", unit: .plain, value: scale.mean, interval: scale.meanInterval(level: settings.level),
                    method: "Student's t")
            ], counts: [.init(key: key, count: top)], distribution: scale.shares, isUniform: scale.isUniform)
    }
}
