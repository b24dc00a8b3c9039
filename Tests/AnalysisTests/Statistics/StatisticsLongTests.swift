internal import FeedbackTestSupport
import Testing

@testable import Analysis

/// What takes minutes: exact coverage and false alarms as METRICS prints them, recomputed for our code.
@Suite(.enabled(if: SharedStatistics.isLong)) struct StatisticsLongTests {
    /// All counts of n answers with the score interval of each.
    private func outcomes(_ n: Int) -> [(counts: PromoterCounts, score: Interval)] {
        (0...n).flatMap { d in
            (0...(n - d)).compactMap { p in
                let counts = PromoterCounts(detractors: d, passives: p, promoters: n - d - p)
                return ScoreInterval.of(counts, z: usualZ).map { (counts, $0) }
            }
        }
    }

    private func chances(_ outcomes: [(counts: PromoterCounts, score: Interval)], _ d: Double, _ p: Double) -> [Double]
    {
        let a = max(0, 1 - d - p)
        func power(_ x: Double, _ k: Int) -> Double { (0..<k).reduce(1) { value, _ in value * x } }
        return outcomes.map { outcome in
            let c = outcome.counts
            var ways = 1.0
            for i in 0..<c.passives { ways *= Double(c.detractors + i + 1) / Double(i + 1) }
            for i in 0..<c.promoters { ways *= Double(c.detractors + c.passives + i + 1) / Double(i + 1) }
            return ways * power(d, c.detractors) * power(p, c.passives) * power(a, c.promoters)
        }
    }

    @Test func coverageOfTheScoreInterval() {
        // METRICS 2.1: n, mean and least coverage over true distributions in steps of 1/20, mean width.
        for (n, mean, least, width) in [
            (3, 0.9753, 0.8574, 1.2443), (5, 0.9709, 0.9185, 1.0478), (7, 0.9683, 0.9262, 0.9180),
            (10, 0.9648, 0.9139, 0.7872), (20, 0.9587, 0.9245, 0.5684), (50, 0.9530, 0.9351, 0.3623),
        ] {
            let all = outcomes(n)
            var coverages: [Double] = []
            var widths: [Double] = []
            for d in 0...20 {
                for p in 0...(20 - d) {
                    let chances = chances(all, Double(d) / 20, Double(p) / 20)
                    let truth = Double(20 - d - p - d) / 20
                    coverages.append(
                        zip(all, chances).reduce(0) { sum, one in
                            one.0.score.low - 1e-9 <= truth && truth <= one.0.score.high + 1e-9 ? sum + one.1 : sum
                        })
                    widths.append(zip(all, chances).reduce(0) { $0 + ($1.0.score.high - $1.0.score.low) * $1.1 })
                }
            }
            #expect(coverages.count == 231)
            #expect(isNear(coverages.reduce(0, +) / 231, mean, 2e-4), "n=\(n)")
            #expect(isNear(coverages.min(), least, 2e-4), "n=\(n)")
            #expect(isNear(widths.reduce(0, +) / 231, width, 2e-4), "n=\(n)")
        }
    }

    @Test func coverageOfMover() {
        // METRICS 2.2: other pairs of true distributions than there, so the mean agrees and the least is about as low.
        var generator = RepeatableGenerator(seed: 40)
        for (m, n, mean, least) in [
            (3, 3, 0.969, 0.903), (5, 7, 0.964, 0.927), (10, 10, 0.959, 0.931), (20, 8, 0.960, 0.941),
        ] {
            let (ours, theirs) = (outcomes(m), outcomes(n))
            let intervals = ours.map { one in
                theirs.map { two in
                    IndependentChange.mover(one.counts.value ?? 0, one.score, two.counts.value ?? 0, two.score)
                }
            }
            var coverages: [Double] = []
            for _ in 0..<400 {
                func draw() -> (Double, Double) {
                    let (x, y) = (generator.share(), generator.share())
                    return (min(x, y), max(x, y) - min(x, y))
                }
                let (first, second) = (draw(), draw())
                let truth = (1 - 2 * first.0 - first.1) - (1 - 2 * second.0 - second.1)
                let (p, q) = (chances(ours, first.0, first.1), chances(theirs, second.0, second.1))
                var coverage = 0.0
                for i in ours.indices {
                    for j in theirs.indices where intervals[i][j].low <= truth && truth <= intervals[i][j].high {
                        coverage += p[i] * q[j]
                    }
                }
                coverages.append(coverage)
            }
            #expect(isNear(coverages.reduce(0, +) / 400, mean, 0.004), "\(m) and \(n)")
            #expect((coverages.min() ?? 0) > least - 0.01, "\(m) and \(n)")
        }
    }

    /// Normal noise by the central limit of twelve.
    private func noise(_ generator: inout RepeatableGenerator) -> Double {
        (0..<12).reduce(-6) { sum, _ in sum + generator.share() }
    }

    @Test func falseAlarms() {
        var generator = RepeatableGenerator(seed: 41)
        // METRICS 4: plain Mann–Kendall .031/.052/.049 and pre-whitened .022/.041/.041 of 1,000 runs of noise.
        for (n, plain, whitened) in [(8, 0.031, 0.022), (12, 0.052, 0.041), (24, 0.049, 0.041)] {
            var alarms = (0, 0)
            for _ in 0..<1000 {
                let series = (0..<n).map { DatedValue(day: $0, value: noise(&generator)) }
                if (MannKendall(series)?.normal ?? 1) < 0.05 { alarms.0 += 1 }
                if (Autocorrelation.prewhitened(series)?.normal ?? 1) < 0.05 { alarms.1 += 1 }
            }
            #expect(abs(Double(alarms.0) / 1000 - plain) < 0.025, "n=\(n)")
            #expect(abs(Double(alarms.1) / 1000 - whitened) < 0.025, "n=\(n)")
        }
        // Change points: 4 % of series of 24 points, 2 % of 40.
        for (n, share) in [(24, 0.04), (40, 0.02)] {
            let alarms = (0..<600).count { _ in
                ChangePoints.of((0..<n).map { _ in noise(&generator) })?.isEmpty == false
            }
            #expect(Double(alarms) / 600 < share + 0.025, "n=\(n): \(alarms) of 600")
        }
    }

    @Test func modelsHoldTheTruth() throws {
        // Outcomes drawn from known chances: 93 to 97 of 100 intervals hold the slope 1 and the true area.
        var generator = RepeatableGenerator(seed: 42)
        var slopes = 0
        var areas = 0
        let runs = 1000
        for _ in 0..<runs {
            let odds = (0..<300).map { _ in 1.2 * noise(&generator) - 1 }
            let chances = odds.map(LogisticModel.logistic)
            let outcomes = chances.map { generator.share() < $0 }
            let score = try #require(ForecastScore(chances, outcomes, z: usualZ))
            let (slope, error) = (try #require(score.calibrationSlope), try #require(score.slopeError))
            if abs(slope - 1) <= usualZ * error { slopes += 1 }
            let interval = try #require(score.ranking?.interval)
            if interval.low <= Self.area, Self.area <= interval.high { areas += 1 }
        }
        #expect((930...970).contains(slopes), "\(slopes) slopes")
        #expect((930...970).contains(areas), "\(areas) areas")
    }

    /// P(a drawn event was given more than a drawn other), by one large sample of the same model.
    private static let area: Double = {
        var generator = RepeatableGenerator(seed: 43)
        let chances = (0..<200_000).map { _ in
            LogisticModel.logistic(1.2 * (0..<12).reduce(-6.0) { sum, _ in sum + generator.share() } - 1)
        }
        let outcomes = chances.map { generator.share() < $0 }
        return RankingScore(chances, outcomes, z: 1)?.value ?? .nan
    }()
}
