internal import Feedback
internal import FeedbackTestSupport
internal import Records
import Testing

@testable import Analysis

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

@Suite(.enabled(if: SharedStatistics.isPresent)) struct StatisticsBacktestTests {
    private static let origins = (0..<6).map { SharedStatistics.date("1997-04-01").adding(days: 91 * $0) }

    /// A row for each customer and origin: what was known before it, and whether they stay away for 13 weeks.
    private func rows(through end: LocalDate) -> [(row: RollingOrigin.Row, customer: PurchaseModel.Customer)] {
        var days: [AccountID: [LocalDate]] = [:]
        for order in shopOrders.sorted(by: { $0.date < $1.date }) where order.date <= end {
            if days[order.account]?.last != order.date { days[order.account, default: []].append(order.date) }
        }
        let customers = days.sorted { $0.key.rawValue < $1.key.rawValue }.map(\.value)
        return Self.origins.filter { $0 <= end }.flatMap { origin in
            customers.compactMap { days in
                let known = days.filter { $0 < origin }
                guard let first = known.first, let last = known.last else { return nil }
                func weeks(_ from: LocalDate, _ to: LocalDate) -> Double { Double(to.dayNumber - from.dayNumber) / 7 }
                let closes = origin.adding(days: 90)
                let row = RollingOrigin.Row(
                    asOf: origin, closes: closes,
                    features: [
                        log1p(weeks(last, origin)), log1p(Double(known.count - 1)), log1p(weeks(first, origin)),
                    ],
                    isLost: !days.contains { origin <= $0 && $0 <= closes })
                let customer = PurchaseModel.Customer(
                    repeats: known.count - 1, recency: weeks(first, last), age: weeks(first, origin))
                return (row, customer)
            }
        }
    }

    @Test func originsOfTheShop() throws {
        let expected = SharedStatistics.expected("rolling_origin_cdnow")
        let end = SharedStatistics.date("1998-06-30")
        let backtest = RollingOrigin(
            rows(through: end).map(\.row), origins: Array(Self.origins.dropFirst()), blockDays: 91, dataThrough: end,
            z: usualZ, forecast: RollingOrigin.logistic(.init(penalty: 0)))
        for (fold, figures) in zip(backtest.folds, expected["rows"]?.elements ?? []) {
            #expect(fold.origin.description == figures["origin"]?.string)
            #expect(fold.trained == figures["train"]?.integer)
            let score = try #require(fold.score)
            #expect(isNear(score.ranking?.value, figures.number("auc"), 1e-6), "\(fold.origin)")
            #expect(isNear(score.brier, figures.number("brier"), 1e-6), "\(fold.origin)")
            #expect(isNear(Double(score.events) / Double(score.n), figures.number("dormant"), 1e-6))
            #expect(isNear(fold.baseBrier, figures.number("base_brier"), 1e-6))
        }
        // The data end on the last origin: taken anyway, nearly everybody would seem gone.
        #expect(backtest.folds.count == 5)
        #expect(backtest.folds[4].refusal == .horizonNotClosed(until: end.adding(days: 90)))
        #expect(backtest.folds[4].score == nil)
        #expect(backtest.pooled?.n == 4 * 2357)
    }

    @Test func laterOrdersChangeNoPastFold() {
        let (early, end) = (SharedStatistics.date("1997-12-31"), SharedStatistics.date("1998-06-30"))
        func folds(_ data: LocalDate) -> [RollingOrigin.Fold] {
            RollingOrigin(
                rows(through: data).map(\.row).shuffled(), origins: Array(Self.origins[1...2]), blockDays: 91,
                dataThrough: data, z: usualZ, forecast: { _, test in test.map { 0.5 + $0.features[0] / 100 } }
            ).folds
        }
        #expect(folds(early) == folds(end))
        let none = RollingOrigin([], origins: Self.origins, blockDays: 91, dataThrough: end, z: usualZ) { _, _ in nil }
        #expect(none.pooled == nil && none.folds.allSatisfy { $0.refusal == .nothingToTest })
    }

    @Test(.enabled(if: SharedStatistics.isLong)) func purchaseModelAtTheSameOrigins() throws {
        let all = rows(through: SharedStatistics.date("1998-06-30"))
        for (origin, area) in zip(Self.origins.dropFirst(), [0.735168, 0.775194, 0.793301, 0.831898]) {
            let here = all.filter { $0.row.asOf == origin }
            let model = try #require(PurchaseModel(here.map(\.customer)))
            let ranking = RankingScore(
                here.map { 1 - model.active($0.customer, next: 13) }, here.map(\.row.isLost), z: usualZ)
            #expect(isNear(ranking?.value, area, 2e-4), "\(origin) \(ranking?.value ?? .nan)")
        }
    }
}
