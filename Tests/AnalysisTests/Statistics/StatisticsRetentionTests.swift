internal import Feedback
internal import FeedbackTestSupport
internal import Records
import Testing

@testable import Analysis

/// The shop's sample, read once.
let shopOrders: [Order] = SharedStatistics.rows("cdnow_sample_transactions.csv").map {
    Order(
        account: SharedStatistics.account($0["customer"] ?? ""), date: SharedStatistics.date($0["date"] ?? ""),
        amount: SharedStatistics.number($0, "amount"))
}

@Suite(.enabled(if: SharedStatistics.isPresent)) struct StatisticsRetentionTests {
    private static let ends = [
        "1996-12-31", "1997-03-31", "1997-06-30", "1997-09-30", "1997-12-31", "1998-03-31", "1998-06-30",
    ].map(SharedStatistics.date)

    @Test func quartersOfTheShop() throws {
        let expected = SharedStatistics.expected("retention_metrics_cdnow")
        let history = OrderHistory(shopOrders)
        let all = Period(after: Self.ends[0], through: Self.ends[6])
        let average = try #require(history.averageOrder(in: all))
        #expect(average.orders == expected["orders"]?.integer)
        #expect(isNear(average.revenue, expected.number("revenue"), 1e-6))
        #expect(isNear(average.value, expected.number("aov"), 1e-6))
        #expect(isNear(average.standardError, expected.number("aov_cluster_se"), 1e-6))
        #expect(average.accounts == 2357 && average.refunds == 0)
        let repeats = history.repeatPurchases(in: all)
        #expect([repeats.count, repeats.all] == expected["repeat_rate_purchase_days"]?.elements.compactMap(\.integer))
        let quarters = expected["quarters"]?.elements ?? []
        for (index, quarter) in quarters.enumerated().dropFirst() {
            let figures = history.retention(
                from: Period(after: Self.ends[index - 1], through: Self.ends[index]),
                to: Period(after: Self.ends[index], through: Self.ends[index + 1]))
            #expect(figures.active == quarter["active"]?.integer)
            #expect(
                [figures.retained.count, figures.retained.all] == quarter["retained"]?.elements.compactMap(\.integer))
            #expect(
                [figures.reactivated.count, figures.reactivated.all]
                    == quarter["reactivated"]?.elements.compactMap(\.integer))
        }
        let second = history.retention(
            from: Period(after: Self.ends[0], through: Self.ends[1]),
            to: Period(after: Self.ends[1], through: Self.ends[2]))
        #expect(isNear(second.retained.interval(z: usualZ), [0.205990, 0.239547], 1e-6))
        #expect(second.reactivated.value == nil, "0 of 0 is undefined")
    }

    @Test func laterOrdersChangeNoPastFigure() {
        let middle = Self.ends[3]
        let past = OrderHistory(shopOrders.filter { $0.date <= middle })
        let whole = OrderHistory(shopOrders.shuffled())
        let periods = (Period(after: Self.ends[1], through: Self.ends[2]), Period(after: Self.ends[2], through: middle))
        #expect(past.retention(from: periods.0, to: periods.1) == whole.retention(from: periods.0, to: periods.1))
        #expect(past.averageOrder(in: periods.1) == whole.averageOrder(in: periods.1))
        #expect(past.repeatPurchases(in: periods.1) == whole.repeatPurchases(in: periods.1))
        #expect(past.averageOrder(in: Period(days: 1, through: SharedStatistics.date("1990-01-01"))) == nil)
        #expect(Period(days: 91, through: middle).contains(middle.adding(days: -90)))
        #expect(!Period(days: 91, through: middle).contains(middle.adding(days: -91)))
    }

    @Test func winningAndWinningBack() {
        let rows = SharedStatistics.rows("customer_winback.csv")
        let back = Proportion(rows.count { $0["reacquire"] == "1" }, among: rows.count)
        #expect(back.count == 295 && back.all == 500)
        #expect(isNear(back.interval(z: usualZ), [0.546363, 0.632265], 1e-6))
        let prospects = SharedStatistics.rows("b2b_acquisition.csv")
        let cost = AcquisitionCost(
            spending: SharedStatistics.column("acq_expense", of: prospects).reduce(0, +),
            won: prospects.count { $0["acquisition"] == "1" })
        #expect(cost.won == 292)
        #expect(isNear(cost.value, 879.974110, 1e-6))
        #expect(isNear(cost.ratio(of: 1759.94822, interval: Interval(879.97411, 2639.92233))?.interval, [1, 3], 1e-6))
        #expect(AcquisitionCost(spending: 100, won: 0).value == nil)
        #expect(AcquisitionCost(spending: 100, won: 0).ratio(of: 5, interval: nil) == nil)
    }

    @Test func contractsAndOpenRenewals() {
        func term(_ name: String, _ start: String, _ end: String, _ revenue: Double) -> ContractTerm {
            ContractTerm(
                account: SharedStatistics.account(name), start: SharedStatistics.date(start),
                end: SharedStatistics.date(end), revenue: revenue)
        }
        let terms = [
            term("kept", "2025-01-01", "2026-01-01", 100), term("kept", "2026-01-01", "2027-01-01", 150),
            term("shrunk", "2025-01-01", "2026-01-01", 100), term("shrunk", "2026-01-01", "2027-01-01", 60),
            term("left", "2025-01-01", "2026-01-01", 80), term("open", "2025-01-01", "2026-03-20", 500),
            term("lapsed", "2025-01-01", "2026-01-15", 20), term("new", "2026-01-01", "2027-01-01", 999),
        ]
        let figures = ContractRetention(
            terms.shuffled(), cancelled: [SharedStatistics.account("left"): SharedStatistics.date("2025-12-01")],
            from: SharedStatistics.date("2025-06-30"),
            to: SharedStatistics.date("2026-03-31"), grace: 30)
        #expect(figures.retained == Proportion(2, among: 4))
        #expect(figures.open == 1)
        #expect(figures.revenue == 300)
        #expect(isNear(figures.grossRevenueChurn, 140.0 / 300, 1e-12))
        #expect(isNear(figures.netRevenueChurn, 90.0 / 300, 1e-12))
        let none = ContractRetention(
            [], cancelled: [:], from: SharedStatistics.date("2025-06-30"), to: SharedStatistics.date("2026-03-31"),
            grace: 30)
        #expect(none.retained.value == nil && none.grossRevenueChurn == nil)
        // A renewal recorded for after the second date changes nothing.
        let later = terms + [term("open", "2026-04-01", "2027-04-01", 500)]
        #expect(
            ContractRetention(
                later, cancelled: [SharedStatistics.account("left"): SharedStatistics.date("2025-12-01")],
                from: SharedStatistics.date("2025-06-30"),
                to: SharedStatistics.date("2026-03-31"), grace: 30) == figures)
    }

    @Test func loyaltyLoopAndTiers() {
        typealias Account = LoyaltyLoop.Account
        let loop = LoyaltyLoop(
            [
                Account(answers: 3, isSatisfied: true, isPromoter: true, hasReferred: false, renewals: 2),
                Account(answers: 3, isSatisfied: true, isPromoter: false, hasReferred: true, renewals: 1),
                Account(answers: 3, isSatisfied: false, isPromoter: nil, hasReferred: false, renewals: 4),
                Account(answers: 1, isSatisfied: true, isPromoter: true, hasReferred: true, renewals: 9),
            ], fewestAnswers: 2)
        #expect(loop.stages[.enjoy] == Proportion(2, among: 3))
        #expect(loop.stages[.advocate] == Proportion(2, among: 2))
        #expect(loop.stages[.bond] == Proportion(1, among: 2))
        #expect(loop.withoutStage == 1)
        let moves = TierMoves(
            from: [
                SharedStatistics.account("a"): "gold", SharedStatistics.account("b"): "gold",
                SharedStatistics.account("c"): "silver",
            ],
            to: [
                SharedStatistics.account("a"): "gold", SharedStatistics.account("b"): "silver",
                SharedStatistics.account("d"): "gold",
            ])
        #expect(moves.counts[.init(from: "gold", to: "silver")] == 1)
        #expect(moves.counts[.init(from: "silver", to: nil)] == 1)
        #expect(moves.counts[.init(from: nil, to: "gold")] == 1)
        #expect(moves.counts.values.reduce(0, +) == 4)
    }
}
