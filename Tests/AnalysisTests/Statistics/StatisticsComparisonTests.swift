internal import Feedback
internal import FeedbackTestSupport
internal import Records
import Testing

@testable import Analysis

@Suite(.enabled(if: SharedStatistics.isPresent)) struct StatisticsComparisonTests {
    @Test func scoreAndOtherIntervalsOfOneGroup() {
        for row in SharedStatistics.expected("nps_single").elements {
            let counts = row["counts"]?.bands ?? PromoterCounts()
            #expect(isNear(counts.value, row.number("nps"), 1e-6))
            #expect(isNear(ScoreInterval.of(counts, z: usualZ), row.numbers("score_tango"), 1e-5))
            #expect(isNear(OtherScoreIntervals.wald(counts, z: usualZ), row.numbers("wald_unclipped"), 1e-6))
            #expect(isNear(OtherScoreIntervals.adjustedWald(counts, z: usualZ), row.numbers("adj_wald_3T"), 1e-6))
        }
        #expect(OtherScoreIntervals.wald(PromoterCounts(), z: usualZ) == nil)
        #expect(OtherScoreIntervals.adjustedWald(PromoterCounts(), z: usualZ) == nil)
        let shares = GoodmanIntervals.of([5, 12, 19], level: 0.95) ?? []
        #expect(isNear(shares.first, [0.051061, 0.325903], 1e-6))
        #expect(isNear(shares[1], [0.180033, 0.532412], 1e-6))
        #expect(isNear(shares.last, [0.338916, 0.709010], 1e-6))
    }

    @Test func differencesOfTwoGroups() {
        for row in SharedStatistics.expected("nps_difference_independent").elements {
            let (x, y) = (row["x"]?.bands ?? PromoterCounts(), row["y"]?.bands ?? PromoterCounts())
            let change = IndependentChange(x, y, z: usualZ)
            #expect(isNear(change?.difference, row.number("delta"), 1e-6))
            #expect(isNear(change?.interval, row.numbers("mover_tango"), 1e-5))
        }
        #expect(IndependentChange(PromoterCounts(), PromoterCounts(promoters: 3), z: usualZ) == nil)
        let example = IndependentChange(
            PromoterCounts(detractors: 1, passives: 2, promoters: 4),
            PromoterCounts(detractors: 4, passives: 2, promoters: 1), z: usualZ)
        #expect(example?.isChange == false)
    }

    @Test func permutationGoesThroughAllPartings() {
        // Three promoters against three detractors: 2 of the 20 partings are as extreme.
        #expect(
            isNear(
                IndependentChange.permutation(PromoterCounts(promoters: 3), PromoterCounts(detractors: 3)), 0.1, 1e-15))
        #expect(IndependentChange.permutation(PromoterCounts(promoters: 3), PromoterCounts(promoters: 4)) == 1)
        #expect(IndependentChange.permutation(PromoterCounts(promoters: 11), PromoterCounts(promoters: 10)) == nil)
        #expect(IndependentChange.permutation(PromoterCounts(), PromoterCounts(promoters: 2)) == nil)
        // Against all partings of named answers, one by one.
        var generator = RepeatableGenerator(seed: 5)
        for _ in 0..<40 {
            let n = 2 + generator.index(below: 9)
            let scores = (0..<n).map { _ in generator.index(below: 3) - 1 }
            let size = 1 + generator.index(below: n - 1)
            func distance(_ set: Int) -> Int {
                var (own, other) = (0, 0)
                for i in 0..<n { if set & (1 << i) != 0 { own += scores[i] } else { other += scores[i] } }
                return abs((n - size) * own - size * other)
            }
            let sets = (0..<(1 << n)).filter { $0.nonzeroBitCount == size }
            let seen = (1 << size) - 1
            let extreme = sets.count { distance($0) >= distance(seen) }
            func counts(_ range: Range<Int>) -> PromoterCounts {
                PromoterCounts(
                    detractors: range.count { scores[$0] < 0 }, passives: range.count { scores[$0] == 0 },
                    promoters: range.count { scores[$0] > 0 })
            }
            let p = IndependentChange.permutation(counts(0..<size), counts(size..<n))
            #expect(isNear(p, Double(extreme) / Double(sets.count), 1e-12))
        }
    }

    @Test func changeOfTheSamePeople() {
        let expected = SharedStatistics.expected("stuart_maxwell")
        let table = (expected["table_rows_wave1_cols_wave2"]?.elements ?? []).map {
            $0.elements.map { $0.integer ?? 0 }
        }
        let change = PairedChange(table: table, z: usualZ)
        #expect(change?.pairs == 60)
        #expect(isNear(change?.change, expected.number("paired_change"), 1e-9))
        #expect(isNear(change?.standardError, expected.number("paired_se_n"), 1e-9))
        #expect(isNear(change?.stuartMaxwell?.statistic, expected.number("statistic"), 1e-9))
        #expect(change?.stuartMaxwell?.degrees == 2)
        #expect(isNear(change?.stuartMaxwell?.p, expected.number("p"), 1e-9))
        #expect(isNear(change?.bowker?.statistic, expected.number("bowker"), 1e-9))
        #expect(isNear(change?.bowker?.p, 0.782825, 1e-6))
        // With two bands it is McNemar's test: (4 - 1)² / 5.
        let two = PairedChange(table: [[3, 4, 0], [1, 2, 0], [0, 0, 7]], z: usualZ)
        #expect(two?.stuartMaxwell?.degrees == 1)
        #expect(isNear(two?.stuartMaxwell?.statistic, 1.8, 1e-12))
        let still = PairedChange([(.promoter, .promoter), (.passive, .passive)], z: usualZ)
        #expect(still?.change == 0 && still?.interval == nil && still?.stuartMaxwell == nil && still?.bowker == nil)
        #expect(PairedChange([], z: usualZ) == nil)
    }

    @Test func smallestChangeThatCouldBeShown() {
        for (n, points) in [(10, 102.0), (50, 46), (100, 32), (300, 19)] {
            let shown = SmallestChange.shown(variance: 0.66, n, n) ?? .nan
            // 45.5 is printed as 46 and 18.6 as 19.
            #expect(abs(shown * 100 - points) <= 0.51)
        }
        #expect(SmallestChange.shown(PromoterCounts(), PromoterCounts(promoters: 3)) == nil)
        #expect((SmallestChange.shown(PromoterCounts(promoters: 3), PromoterCounts(promoters: 3)) ?? 0) > 0)
    }

    @Test func weightsAndClusters() {
        let expected = SharedStatistics.expected("weighted_nps")
        func band(_ score: Double) -> PromoterBand { score < 0 ? .detractor : score > 0 ? .promoter : .passive }
        let answers = zip(expected.numbers("s"), expected.numbers("w")).map { (band: band($0), weight: $1) }
        let weighted = WeightedScore(answers, level: 0.95)
        #expect(isNear(weighted?.value, expected.number("nps"), 1e-6))
        #expect(isNear(weighted?.standardError, expected.number("se"), 1e-6))
        #expect(isNear(weighted?.effectiveCount, expected.number("kish_neff"), 1e-6))
        #expect(isNear(weighted?.unweighted, 1.0 / 3, 1e-12))
        #expect(isNear(weighted?.interval?.low, max(-1, 0.2666667 - 2.306004135 * 0.3535848), 1e-5))
        // One heavy voice is not nine answers: no interval.
        let heavy = WeightedScore([(band: .promoter, weight: 100)] + answers, level: 0.95)
        #expect(heavy != nil && heavy?.interval == nil)
        #expect(WeightedScore([], level: 0.95) == nil)

        let clusters = SharedStatistics.expected("clustered_nps")
        let names = (clusters["account"]?.elements ?? []).compactMap(\.string)
        var counts: [String: PromoterCounts] = [:]
        for (name, score) in zip(names, clusters.numbers("s")) {
            counts[name, default: PromoterCounts()].add(score: score < 0 ? 0 : score > 0 ? 10 : 7)
        }
        let accounts = counts.sorted { $0.key < $1.key }.map {
            PortfolioScore.Account(counts: $0.value, revenue: clusters["revenue"]?.number($0.key))
        }
        for (rule, key) in [
            (PortfolioScore.Rule.answer, "pooled"), (.account, "equal_account"), (.revenue, "revenue_weighted"),
        ] {
            let score = PortfolioScore(accounts, rule: rule, level: 0.95)
            let figures = clusters[key] ?? .null
            #expect(isNear(score?.value, figures.number("nps"), 1e-6))
            #expect(isNear(score?.standardError, figures.number("se"), 1e-6))
            #expect(score?.accounts == 5)
            let half = (StudentDistribution.t(level: 0.95, degrees: 4) ?? .nan) * figures.number("se")
            #expect(
                isNear(
                    score?.interval, [max(-1, figures.number("nps") - half), min(1, figures.number("nps") + half)], 1e-5
                ))
        }
        let unpaid = PortfolioScore(
            accounts + [PortfolioScore.Account(counts: PromoterCounts(promoters: 1))], rule: .revenue, level: 0.95)
        #expect(unpaid?.unweighable == 1)
        #expect(PortfolioScore([], rule: .answer, level: 0.95) == nil)
    }

    @Test func rates() {
        for row in SharedStatistics.expected("proportion").elements {
            let rate = Proportion(row["k"]?.integer ?? -1, among: row["n"]?.integer ?? -1)
            #expect(isNear(rate.interval(z: usualZ), row.numbers("wilson"), 1e-6))
        }
        let expected = SharedStatistics.expected("proportion_difference")
        let difference = NewcombeInterval.of(42, among: 60, 30, among: 60, z: usualZ)
        #expect(isNear(difference, expected.numbers("newcombe"), 1e-6))
        #expect(NewcombeInterval.of(0, among: 0, 1, among: 2, z: usualZ) == nil)
        #expect(Proportion(0, among: 0).value == nil)
    }

    @Test func whoAnswered() {
        #expect(isNear(Silence.chance(rates: [0.3, 0.3, 0.3]), 0.343, 1e-12))
        #expect(isNear(Silence.chance(rates: [Double](repeating: 0.3, count: 8)), 0.05764801, 1e-9))
        #expect((Silence.chance(rates: [Double](repeating: 0.25, count: 12)) ?? 1) < Silence.threshold)
        #expect(Silence.chance(rates: [Double]()) == nil)
        let expected = SharedStatistics.expected("post_stratified_nps")
        let groups = (expected["responses"]?.members ?? []).map { member in
            var counts = PromoterCounts()
            for score in member.value.numbers { counts.add(score: score < 0 ? 0 : score > 0 ? 10 : 7) }
            return PostStratifiedScore.Cell(
                name: member.key, counts: counts, contacts: Int(expected["frame"]?.number(member.key) ?? 0))
        }
        let adjusted = PostStratifiedScore(groups)
        #expect(isNear(adjusted?.raw, expected.number("raw"), 1e-9))
        #expect(isNear(adjusted?.value, expected.number("post_stratified"), 1e-6))
        #expect(isNear(adjusted?.standardError, expected.number("se_fpc60"), 1e-6))
        let sparse = PostStratifiedScore(
            groups + [PostStratifiedScore.Cell(name: "OTHER", counts: PromoterCounts(promoters: 1), contacts: 4)])
        #expect(sparse?.cells.map(\.names) == [["DM", "OTHER"], ["INF"], ["USER"]])
        #expect(PostStratifiedScore([groups[0]]) == nil)
        let bands = [PromoterBand](repeating: .promoter, count: 10) + [PromoterBand](repeating: .detractor, count: 10)
        let waves = EarlyLate(bands, z: usualZ)
        #expect(waves?.early.promoters == 10 && waves?.late.detractors == 5 && waves?.change.isChange == true)
        #expect(EarlyLate([.promoter], z: usualZ) == nil)
    }

    @Test func accountsThatAnswerAlike() throws {
        // Half the accounts answer at 0.5, half at 0.05: eight silent contacts are far more usual than by the mean
        // rate.
        var generator = RepeatableGenerator(seed: 3)
        let accounts = (0..<80).map { index in
            Proportion((0..<10).count { _ in generator.share() < (index % 2 == 0 ? 0.5 : 0.05) }, among: 10)
        }
        let model = try #require(SilenceModel(accounts))
        let rate = Double(accounts.reduce(0) { $0 + $1.count }) / 800
        #expect(abs(model.alpha / (model.alpha + model.beta) - rate) < 0.05)
        #expect(model.chance(contacts: 8) > 3 * (Silence.chance(rates: [Double](repeating: rate, count: 8)) ?? 1))
        #expect(SilenceModel(Array(accounts.prefix(29))) == nil)
        // Every account exactly alike: no difference to model.
        #expect(SilenceModel([Proportion](repeating: Proportion(3, among: 10), count: 40)) == nil)
    }
}
