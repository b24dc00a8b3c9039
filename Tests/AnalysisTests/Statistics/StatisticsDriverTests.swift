internal import FeedbackTestSupport
internal import Records
import Testing

@testable import Analysis

@Suite(.enabled(if: SharedStatistics.isPresent)) struct StatisticsDriverTests {
    private func candidates(_ names: [String], _ rows: [[String: String]]) -> [DriverAnalysis.Candidate] {
        names.map { DriverAnalysis.Candidate(name: $0, values: SharedStatistics.column($0, of: rows)) }
    }

    @Test func sharesAgreeWithRelaimpo() {
        for expected in SharedStatistics.expected("lmg").elements {
            let file = expected["file"]?.string ?? ""
            let rows = SharedStatistics.rows(file)
            let names = expected["lmg"]?.members?.map(\.key) ?? []
            let target = SharedStatistics.column(expected["target"]?.string ?? "", of: rows)
            // The departments are fewer than ten a driver: their shares are checked below the gate.
            let moments = Moments(columns: candidates(names, rows).map(\.values) + [target], clusters: nil)
            let fits = moments.total.correlations(of: Array(0...names.count)).map { ShapleyShares(correlations: $0) }
            #expect(isNear(fits?.rSquared, expected.number("r2"), 1e-6), "\(file)")
            for (name, share) in zip(names, fits?.shares ?? []) {
                #expect(isNear(share, expected["lmg"]?.number(name), 1e-6), "\(file) \(name)")
            }
            let analysis = DriverAnalysis(target: target, candidates: candidates(names, rows), z: usualZ)
            if rows.count < 10 * names.count {
                #expect(analysis.refusal == .tooFewAnswers(needed: 60) && analysis.rSquared == nil)
                #expect(analysis.drivers.allSatisfy { $0.share == nil && $0.correlation != nil })
            } else {
                #expect(analysis.refusal == nil)
                #expect(isNear(analysis.drivers.reduce(0) { $0 + ($1.share ?? .nan) }, analysis.rSquared, 1e-12))
            }
        }
    }

    @Test func intervalsAreTheSameForTheSameSeed() throws {
        let rows = SharedStatistics.rows("satisfaction_bank_ecsi.csv")
        let target = SharedStatistics.column("sat1", of: rows)
        func analysis(seed: UInt64) -> DriverAnalysis {
            DriverAnalysis(
                target: target, candidates: candidates(["qual1", "val1", "val2", "imag1"], rows),
                bootstrap: .init(clusters: rows.indices.map { $0 / 2 }, replicates: 200, level: 0.95, seed: seed),
                z: usualZ)
        }
        let one = analysis(seed: 1)
        #expect(one == analysis(seed: 1))
        #expect(one != analysis(seed: 2))
        for driver in one.drivers {
            let (share, interval) = (try #require(driver.share), try #require(driver.interval))
            #expect(interval.low >= 0 && interval.low < share && share < interval.high && interval.high < 1)
        }
    }

    @Test func columnsWithoutOwnNewsAreNamed() {
        let rows = SharedStatistics.rows("satisfaction_bank_ecsi.csv")
        let target = SharedStatistics.column("sat1", of: rows)
        let (one, two) = (SharedStatistics.column("qual1", of: rows), SharedStatistics.column("val1", of: rows))
        let analysis = DriverAnalysis(
            target: target,
            candidates: [
                .init(name: "flat", values: one.map { _ in 7 }), .init(name: "qual1", values: one),
                .init(name: "val1", values: two), .init(name: "sum", values: zip(one, two).map { $0 + 2 * $1 + 3 }),
            ], z: usualZ)
        #expect(analysis.dropped == [.init(name: "flat", reason: .constant), .init(name: "sum", reason: .collinear)])
        #expect(analysis.drivers.map(\.name) == ["qual1", "val1"])
        #expect(analysis.refusal == nil)
        let many = DriverAnalysis(
            target: target,
            candidates: candidates(
                ["qual1", "qual2", "qual3", "qual4", "qual5", "val1", "val2", "val3", "val4", "imag1", "imag2"], rows),
            z: usualZ)
        #expect(many.refusal == .tooManyDrivers(most: 10))
        let still = DriverAnalysis(
            target: one.map { _ in 5 }, candidates: [.init(name: "qual1", values: one)], z: usualZ)
        #expect(still.refusal == .nothingVaries && still.rSquared == nil)
        #expect(
            DriverAnalysis(target: [], candidates: [.init(name: "none", values: [])], z: usualZ).refusal
                == .nothingVaries)
    }

    @Test func sharesNeedNoOrderAndAddUp() {
        var generator = RepeatableGenerator(seed: 77)
        for _ in 0..<20 {
            let n = 40 + generator.index(below: 40)
            let columns = (0..<3).map { _ in (0..<n).map { _ in generator.share() } }
            let target = (0..<n).map { columns[0][$0] + 0.5 * columns[1][$0] + generator.share() }
            let order = [2, 0, 1]
            func shares(_ order: [Int]) -> DriverAnalysis {
                DriverAnalysis(
                    target: target, candidates: order.map { .init(name: "\($0)", values: columns[$0]) }, z: usualZ)
            }
            let (plain, moved) = (shares([0, 1, 2]), shares(order))
            for driver in plain.drivers {
                #expect(isNear(moved.drivers.first { $0.name == driver.name }?.share, driver.share, 1e-10))
                #expect((driver.share ?? -1) > -1e-12)
            }
            #expect(isNear(plain.drivers.reduce(0) { $0 + ($1.share ?? .nan) }, plain.rSquared, 1e-12))
        }
    }

    @Test func correlations() {
        let expected = SharedStatistics.expected("correlation")
        let rows = SharedStatistics.rows("satisfaction_bank_ecsi.csv")
        let (x, y) = (SharedStatistics.column("sat1", of: rows), SharedStatistics.column("loy3", of: rows))
        let pearson = Correlation.pearson(x, y, z: usualZ)
        let spearman = Correlation.spearman(x, y, z: usualZ)
        #expect(isNear(pearson?.value, expected.number("pearson"), 1e-6))
        #expect(isNear(spearman?.value, expected.number("spearman"), 1e-6))
        #expect(isNear(pearson?.interval, expected.numbers("ci95_pearson_2dp"), 0.005))
        #expect(isNear(spearman?.interval, [0.55, 0.70], 0.005))
        #expect(Correlation.pearson([1, 1], [1, 2], z: usualZ) == nil)
        #expect(Correlation.spearman([1, 2, 3], [2, 3, 9], z: usualZ) == Correlation(n: 3, value: 1, interval: nil))
    }
}
