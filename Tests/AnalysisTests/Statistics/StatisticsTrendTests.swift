internal import Feedback
internal import FeedbackTestSupport
internal import Records
import Testing

@testable import Analysis

@Suite(.enabled(if: SharedStatistics.isPresent)) struct StatisticsTrendTests {
    @Test func wavesOfCounts() throws {
        let expected = SharedStatistics.expected("nps_wave_wls_trend")
        let waves = zip(expected.numbers("t"), expected["waves"]?.elements ?? []).map {
            WaveTrend.Wave(time: $0, counts: $1.bands)
        }
        let trend = try #require(WaveTrend(waves, level: 0.95))
        for (value, key) in [(trend.slope, "slope"), (trend.standardError, "se"), (trend.p, "p")] {
            #expect(isNear(value, expected.number(key), 2e-6), "\(key)")
        }
        #expect(isNear(trend.z, expected.number("z"), 1e-4))
        #expect(trend.lackOfFit.degrees == 4 && trend.lackOfFit.p > 0.05)
        #expect(WaveTrend(waves.prefix(2), level: 0.95) == nil)
        // Nobody answered in a wave: it says nothing.
        let empty = WaveTrend.Wave(time: 9, counts: PromoterCounts())
        #expect(WaveTrend(waves + [empty], level: 0.95) == trend)
        #expect(WaveTrend(waves.map { WaveTrend.Wave(time: 1, counts: $0.counts) }, level: 0.95) == nil)
    }

    @Test func seriesOnRealDates() throws {
        for row in SharedStatistics.expected("mann_kendall_theil_sen").elements {
            let name = row["name"]?.string ?? ""
            let series = zip(row.numbers("t"), row.numbers("y")).map { DatedValue(day: Int($0), value: $1) }
            let test = try #require(MannKendall(series))
            #expect(test.score == row["S"]?.integer, "\(name)")
            #expect(isNear(test.variance, row.number("varS"), 1e-6), "\(name)")
            #expect(isNear(test.z, row.number("z"), 1e-6), "\(name)")
            #expect(isNear(test.normal, row.number("p_normal"), 1e-6), "\(name)")
            #expect(isNear(test.exact, row["p_exact"]?.double, 1e-6), "\(name)")
            let line = try #require(TheilSenSlope(series, z: usualZ))
            #expect(isNear(line.slope, row.number("theil_sen"), 1e-6), "\(name)")
            #expect(isNear(line.intercept, row.number("intercept"), 1e-6), "\(name)")
            if series.count < 5 {
                #expect(line.interval == nil && test.p == nil, "\(name): too few to test")
            } else {
                #expect(isNear(line.interval, row.numbers("slope_ci95"), 1e-6), "\(name)")
                #expect(test.p == test.exact ?? test.normal)
            }
        }
        #expect(MannKendall([DatedValue(day: 1, value: 1)]) == nil)
        #expect(TheilSenSlope([DatedValue(day: 1, value: 1), DatedValue(day: 1, value: 2)], z: usualZ) == nil)
    }

    @Test func exactTestIsThePermutationTest() {
        // All 120 orders of five values, against the test's own p.
        func orders(_ values: [Double]) -> [[Double]] {
            values.count < 2
                ? [values]
                : values.indices.flatMap { index in
                    var rest = values
                    let first = rest.remove(at: index)
                    return orders(rest).map { [first] + $0 }
                }
        }
        func test(_ values: [Double]) -> MannKendall? {
            MannKendall(values.enumerated().map { DatedValue(day: $0.offset * 30, value: $0.element) })
        }
        let all = orders([1, 2, 3, 4, 5])
        let scores = all.map { test($0)?.score ?? 0 }
        for (values, score) in zip(all, scores) {
            let share = Double(scores.count { abs($0) >= abs(score) }) / 120
            #expect(isNear(test(values)?.exact, share, 1e-12))
        }
    }

    @Test func properties() throws {
        var generator = RepeatableGenerator(seed: 8)
        for _ in 0..<60 {
            let n = 5 + generator.index(below: 20)
            var day = 0
            let series = (0..<n).map { _ in
                day += 1 + generator.index(below: 40)
                return DatedValue(day: day, value: Double(generator.index(below: 30)))
            }
            let plain = try #require(MannKendall(series))
            func changed(_ change: (DatedValue) -> DatedValue) -> [DatedValue] { series.map(change).shuffled() }
            // Any rising transformation, and any order of arrival, changes nothing; negation flips the sign.
            let cubed = try #require(
                MannKendall(changed { DatedValue(day: $0.day, value: $0.value * $0.value * $0.value) }))
            #expect(cubed == plain)
            let negated = try #require(MannKendall(changed { DatedValue(day: $0.day, value: -$0.value) }))
            #expect(negated.score == -plain.score && negated.normal == plain.normal)
            // Theil–Sen scales with units and days.
            let line = try #require(TheilSenSlope(series, z: usualZ))
            let scaled = try #require(
                TheilSenSlope(changed { DatedValue(day: $0.day * 2 + 5, value: $0.value * 4) }, z: usualZ))
            #expect(abs(scaled.slope - line.slope * 2) < 1e-9)
            let interval = try #require(line.interval)
            #expect(interval.low <= line.slope && line.slope <= interval.high)
        }
    }

    @Test func falseDiscoveries() {
        let expected = SharedStatistics.expected("benjamini_hochberg")
        let adjusted = BenjaminiHochberg.adjusted(expected.numbers("p"))
        for (value, figure) in zip(adjusted, expected.numbers("adjusted")) { #expect(isNear(value, figure, 1e-6)) }
        #expect(adjusted.count { $0 <= 0.05 } == expected["rejected_at_0_05"]?.integer)
        #expect(BenjaminiHochberg.adjusted([]).isEmpty)
        #expect(BenjaminiHochberg.adjusted([0.04, 0.01]) == [0.04, 0.02])
    }

    @Test func alarms() {
        let ewma = SharedStatistics.expected("ewma")
        let averages = ControlChart.averages(ewma.numbers("x"), centre: 10, spread: 1, lambda: 0.1, limit: 2.7)
        for (point, figure) in zip(averages, ewma.numbers("values")) { #expect(isNear(point.value, figure, 1e-6)) }
        #expect((averages.firstIndex(where: \.isSignal) ?? -1) + 1 == ewma["first_signal_index_1based"]?.integer)
        #expect(isNear(averages[28].reach, 0.61873, 1e-5))
        let cusum = SharedStatistics.expected("cusum")
        let sums = ControlChart.sums(cusum.numbers("x"), centre: 10, spread: 1)
        for (point, figure) in zip(sums, cusum["plus_minus"]?.elements ?? []) {
            #expect(isNear(point.above, figure.numbers[0], 1e-6) && isNear(point.below, figure.numbers[1], 1e-6))
        }
        #expect((sums.firstIndex(where: \.isSignal) ?? -1) + 1 == cusum["first_signal_index_1based"]?.integer)
    }

    @Test func changesOfLevel() throws {
        for row in SharedStatistics.expected("pelt_l2").elements {
            let changes = ChangePoints.of(
                row.numbers("series"), penalty: row.number("penalty"), fewestInLevel: row["min_size"]?.integer ?? 2)
            #expect(changes == row["changes_before_index_0based"]?.elements.compactMap(\.integer))
        }
        // Flow of the Nile at Aswan, 1871-1970 (R datasets): the dam of 1899.
        let nile: [Double] = [
            1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960, 1180, 799, 958,
            1140, 1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774, 840, 874, 694, 940, 833, 701, 916, 692, 1020,
            1050, 969, 831, 726, 456, 824, 702, 1120, 1100, 832, 764, 821, 768, 845, 864, 862, 698, 845, 744, 796,
            1040, 759, 781, 865, 845, 944, 984, 897, 822, 1010, 771, 676, 649, 846, 812, 742, 801, 1040, 860, 874, 848,
            890, 744, 749, 838, 1050, 918, 986, 797, 923, 975, 815, 1020, 906, 901, 1170, 912, 746, 919, 718, 714, 740,
        ]
        #expect(ChangePoints.of(nile) == [28])
        #expect(ChangePoints.of(Array(nile.prefix(23))) == nil)
        #expect(ChangePoints.of([Double](repeating: 7, count: 30)) == [])
        #expect(ChangePoints.of([Double](repeating: 7, count: 12) + [Double](repeating: 3, count: 12)) == [12])
    }

    @Test func changesAreTheCheapest() {
        // Against every partition of short series.
        var generator = RepeatableGenerator(seed: 21)
        for _ in 0..<40 {
            let n = 6 + generator.index(below: 7)
            let values = (0..<n).map { _ in Double(generator.index(below: 9)) }
            let penalty = 1 + 12 * generator.share()
            let fewest = 1 + generator.index(below: 3)
            func cost(_ changes: [Int]) -> Double {
                let ends = [0] + changes + [n]
                return zip(ends, ends.dropFirst()).reduce(penalty * Double(changes.count)) { sum, part in
                    let level = values[part.0..<part.1]
                    let mean = level.reduce(0, +) / Double(level.count)
                    return sum + level.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
                }
            }
            let partitions = (0..<(1 << (n - 1))).map { set in (1..<n).filter { set & (1 << ($0 - 1)) != 0 } }
            let allowed = partitions.filter { changes in
                zip([0] + changes, changes + [n]).allSatisfy { $1 - $0 >= fewest }
            }
            let least = allowed.map(cost).min() ?? .nan
            let found = ChangePoints.of(values, penalty: penalty, fewestInLevel: fewest)
            #expect(isNear(cost(found), least, 1e-9))
        }
    }

    @Test func seriesThatFollowThemselves() {
        var generator = RepeatableGenerator(seed: 4)
        var value = 0.0
        let wandering = (0..<60).map { index in
            value = 0.9 * value + generator.share() - 0.5
            return DatedValue(day: index * 7, value: value)
        }
        #expect(Autocorrelation.isNoted(wandering))
        #expect(!Autocorrelation.isNoted(wandering.prefix(11)))
        let noise = (0..<60).map { DatedValue(day: $0 * 7, value: generator.share()) }
        #expect(!Autocorrelation.isNoted(noise))
        #expect((Autocorrelation.prewhitened(wandering)?.n ?? 0) == 59)
        #expect(Autocorrelation.lagOne([1, 1, 1]) == nil)
        #expect(isNear(Autocorrelation.lagOne([1, 2, 3]), 0, 1e-15))
    }
}
