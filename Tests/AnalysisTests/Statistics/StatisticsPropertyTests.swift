internal import Feedback
internal import FeedbackTestSupport
import Testing

@testable import Analysis

/// The properties of METRICS 10 that need no oracle and no data set.
@Suite struct StatisticsPropertyTests {
    private func counts(_ generator: inout RepeatableGenerator, upTo most: Int) -> PromoterCounts {
        PromoterCounts(
            detractors: generator.index(below: most), passives: generator.index(below: most),
            promoters: 1 + generator.index(below: most))
    }

    private func mirrored(_ counts: PromoterCounts) -> PromoterCounts {
        PromoterCounts(detractors: counts.promoters, passives: counts.passives, promoters: counts.detractors)
    }

    @Test func swappingDetractorsAndPromotersMirrors() throws {
        var generator = RepeatableGenerator(seed: 31)
        for _ in 0..<200 {
            let (x, y) = (counts(&generator, upTo: 9), counts(&generator, upTo: 9))
            let plain = try #require(IndependentChange(x, y, z: usualZ))
            let turned = try #require(IndependentChange(mirrored(x), mirrored(y), z: usualZ))
            #expect(abs(plain.difference + turned.difference) < 1e-12)
            #expect(isNear(turned.interval, [-plain.interval.high, -plain.interval.low], 1e-8))
            // Within the possible range, around the estimate, and the same with the groups exchanged.
            #expect(plain.interval.low >= -2 - 1e-12 && plain.interval.high <= 2 + 1e-12)
            #expect(plain.interval.low <= plain.difference && plain.difference <= plain.interval.high)
            let exchanged = try #require(IndependentChange(y, x, z: usualZ))
            #expect(isNear(exchanged.interval, [-plain.interval.high, -plain.interval.low], 1e-12))
            let accounts = [x, y, mirrored(x)].map { PortfolioScore.Account(counts: $0, revenue: 3) }
            let opposite = [mirrored(x), mirrored(y), x].map { PortfolioScore.Account(counts: $0, revenue: 3) }
            for rule in PortfolioScore.Rule.allCases {
                let one = try #require(PortfolioScore(accounts, rule: rule, level: 0.95))
                let two = try #require(PortfolioScore(opposite, rule: rule, level: 0.95))
                #expect(isNear(one.value, -two.value, 1e-12) && isNear(one.standardError, two.standardError, 1e-12))
                #expect(PortfolioScore(accounts.reversed(), rule: rule, level: 0.95) == one)
            }
            #expect(
                isNear(
                    IndependentChange.permutation(x, y), IndependentChange.permutation(mirrored(x), mirrored(y)), 1e-12)
            )
        }
    }

    @Test func moreOfTheSameIsSurer() throws {
        var generator = RepeatableGenerator(seed: 32)
        for _ in 0..<100 {
            let (x, y) = (counts(&generator, upTo: 9), counts(&generator, upTo: 9))
            let once = try #require(IndependentChange(x, y, z: usualZ))
            let twice = try #require(IndependentChange(x + x, y + y, z: usualZ))
            #expect(twice.interval.high - twice.interval.low < once.interval.high - once.interval.low)
        }
    }

    @Test func equalWeightsAreNoWeights() throws {
        var generator = RepeatableGenerator(seed: 33)
        for _ in 0..<50 {
            let bands = (0..<(6 + generator.index(below: 30))).map { _ in
                PromoterBand.allCases[generator.index(below: 3)]
            }
            let weighted = try #require(WeightedScore(bands.map { ($0, 2.5) }, level: 0.95))
            #expect(isNear(weighted.value, weighted.unweighted, 1e-12))
            #expect(isNear(weighted.effectiveCount, Double(bands.count), 1e-9))
            // Every answer an account of its own: the clustered error is the error of the weighted score.
            let accounts = bands.map { band in
                PortfolioScore.Account(
                    counts: PromoterCounts(
                        detractors: band == .detractor ? 1 : 0, passives: band == .passive ? 1 : 0,
                        promoters: band == .promoter ? 1 : 0))
            }
            let portfolio = try #require(PortfolioScore(accounts, rule: .answer, level: 0.95))
            #expect(isNear(portfolio.standardError, weighted.standardError, 1e-12))
            #expect(isNear(portfolio.interval?.low, weighted.interval?.low, 1e-9))
        }
    }

    @Test func shuffledOutcomesAreNotRanked() throws {
        var generator = RepeatableGenerator(seed: 34)
        var holding = 0
        for _ in 0..<100 {
            let rows = (0..<200).map { _ in [generator.share(), generator.share()] }
            let outcomes = rows.map { _ in generator.share() < 0.3 }
            // Fitted on one half and tested on the other.
            let model = try #require(
                LogisticModel(Array(rows[..<100]), Array(outcomes[..<100]), options: .init(penalty: 1)))
            let tested = Array(outcomes[100...])
            let score = try #require(ForecastScore(rows[100...].map(model.probability), tested, z: usualZ))
            let interval = try #require(score.ranking?.interval)
            if interval.low <= 0.5, interval.high >= 0.5 { holding += 1 }
        }
        #expect(holding >= 90)
    }

    @Test func figuresDoNotDependOnTheOrderOfRows() throws {
        var generator = RepeatableGenerator(seed: 35)
        let rows = (0..<120).map { _ in [generator.share(), generator.share(), Double(generator.index(below: 3))] }
        let outcomes = rows.map { generator.share() < $0[0] }
        let clusters = rows.indices.map { $0 / 4 }
        func analysis(_ order: [Int]) -> (
            LogisticModel?, ForecastScore?, DriverAnalysis, ReliabilityTable, PoissonBinomial
        ) {
            let chances = order.map { 0.1 + 0.8 * rows[$0][0] }
            let own = order.map { outcomes[$0] }
            return (
                LogisticModel(order.map { rows[$0] }, own, options: .init(penalty: 0.5)),
                ForecastScore(chances, own, z: usualZ),
                DriverAnalysis(
                    target: order.map { rows[$0][0] },
                    candidates: [1, 2].map { column in .init(name: "\(column)", values: order.map { rows[$0][column] })
                    },
                    bootstrap: .init(clusters: order.map { clusters[$0] }, replicates: 50, level: 0.95, seed: 3),
                    z: usualZ),
                ReliabilityTable(chances, own, z: usualZ), PoissonBinomial(chances)
            )
        }
        let plain = analysis(Array(rows.indices))
        var shuffling = SeededGenerator(seed: 1)
        for _ in 0..<10 {
            let other = analysis(rows.indices.shuffled(using: &shuffling))
            #expect(other.0 == plain.0 && other.1 == plain.1 && other.2 == plain.2)
            #expect(other.3 == plain.3 && other.4 == plain.4)
        }
    }

    @Test func waveTrendHoldsTheTruth() throws {
        // Data drawn from a known line: about 95 of 100 intervals hold its slope.
        var generator = RepeatableGenerator(seed: 36)
        var holding = 0
        for _ in 0..<1000 {
            let waves = (0..<6).map { time in
                var counts = PromoterCounts()
                for _ in 0..<60 {
                    let draw = generator.share()
                    // NPS 0.2 at first, 0.04 less a wave.
                    let detractors = 0.25 + 0.02 * Double(time)
                    counts.add(score: draw < detractors ? 3 : draw < detractors + 0.3 ? 8 : 10)
                }
                return WaveTrend.Wave(time: Double(time), counts: counts)
            }
            let trend = try #require(WaveTrend(waves, level: 0.95))
            if trend.interval.low <= -0.04, -0.04 <= trend.interval.high { holding += 1 }
        }
        #expect((930...970).contains(holding), "\(holding) of 1000")
    }

    @Test func clusteredIntervalHoldsTheTruth() throws {
        // Accounts that differ: answers of one account alike. The truth is 0.
        var generator = RepeatableGenerator(seed: 37)
        var holding = 0
        for _ in 0..<1000 {
            let accounts = (0..<30).map { _ in
                let lean = generator.share() - 0.5
                var counts = PromoterCounts()
                for _ in 0..<6 {
                    let draw = generator.share()
                    counts.add(score: draw < 0.35 - lean * 0.6 ? 3 : draw < 0.65 - lean * 0.6 ? 8 : 10)
                }
                return PortfolioScore.Account(counts: counts)
            }
            let interval = try #require(PortfolioScore(accounts, rule: .account, level: 0.95)?.interval)
            if interval.low <= 0, 0 <= interval.high { holding += 1 }
        }
        #expect((930...970).contains(holding), "\(holding) of 1000")
    }
}
