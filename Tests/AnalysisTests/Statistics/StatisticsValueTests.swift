internal import FeedbackTestSupport
internal import Records
import Testing

@testable import Analysis

@Suite(.enabled(if: SharedStatistics.isPresent)) struct StatisticsValueTests {
    @Test func renewalsOfFaderAndHardie() throws {
        let expected = SharedStatistics.expected("sbg")
        let rows = SharedStatistics.rows("retention_cohorts_fader_hardie.csv")
        for fit in expected["fits"]?.elements ?? [] {
            let cohort = fit["cohort"]?.string ?? ""
            let survivors = SharedStatistics.column(cohort, of: rows)
            let years = fit["years"]?.integer ?? 0
            let record = RenewalModel.Record(survivors: survivors.prefix(years + 1).map { $0 * 10 })
            let model = try #require(RenewalModel(record))
            guard case .differing(let alpha, let beta) = model else {
                Issue.record("\(cohort): accounts differ")
                continue
            }
            #expect(isNear(alpha, fit.number("alpha"), 1e-4), "\(cohort) \(years)")
            #expect(isNear(beta, fit.number("beta"), 1e-4 * max(1, beta)), "\(cohort) \(years)")
            guard years == 7 else { continue }
            #expect(isNear(model.logLikelihood(record), fit.number("loglik_1000"), 1e-3))
            #expect(isNear(model.survival(12) * 100, fit.number("S12"), 5e-3))
            let errors = (8...12).map { abs(model.survival($0) * 100 - survivors[$0]) / survivors[$0] }
            #expect(isNear(errors.reduce(0, +) / 5, fit.number("mape_8_12"), 1e-4))
            for member in expected["derl_10pct"]?[cohort]?.members ?? [] {
                let n = Int(member.key) ?? 0
                let residual = try #require(model.residualRenewals(n, discount: 0.1))
                #expect(isNear(residual, member.value.double, 1e-4 * residual), "\(cohort) \(n)")
                // The formula is the direct sum of what is left, discounted.
                var (sum, stay, kept) = (0.0, 1.0, 1.0)
                for t in n..<(n + 3000) {
                    stay *= model.renewal(t)
                    sum += stay * kept
                    kept /= 1.1
                }
                #expect(isNear(residual, sum, 1e-9))
            }
        }
        #expect(RenewalModel(.init(survivors: [100, 100])) == nil)
        #expect(RenewalModel(.init()) == nil)
    }

    @Test func accountsThatLeaveAlikeAreAlike() throws {
        let survivors = (0...8).map {
            10_000 * [1, 0.8, 0.64, 0.512, 0.4096, 0.32768, 0.262144, 0.2097152, 0.16777216][$0]
        }
        let model = try #require(RenewalModel(.init(survivors: survivors)))
        guard case .alike(let churn) = model else {
            Issue.record("one chance for all expected, found \(model)")
            return
        }
        #expect(isNear(churn, 0.2, 1e-9))
        #expect(isNear(model.residualRenewals(3, discount: 0.1), 0.8 / (1 - 0.8 / 1.1), 1e-12))
        #expect(model.residualRenewals(3, discount: 0) == nil)
    }

    private static let customers: [PurchaseModel.Customer] = SharedStatistics.rows("cdnow_sample_summary.csv").map {
        PurchaseModel.Customer(
            repeats: Int(SharedStatistics.number($0, "x")), recency: SharedStatistics.number($0, "t_x"),
            age: SharedStatistics.number($0, "T_cal"))
    }

    @Test func purchasesOfTheShop() throws {
        let expected = SharedStatistics.expected("bg_nbd")
        let model = try #require(PurchaseModel(Self.customers))
        let parameters = expected["params"] ?? .null
        for (value, key) in [(model.r, "r"), (model.alpha, "alpha"), (model.a, "a"), (model.b, "b")] {
            #expect(isNear(value, parameters.number(key), 1e-3 * parameters.number(key)), "\(key)")
        }
        #expect(model.logLikelihood(Self.customers) >= expected.number("loglik") - 1e-3)
        let rows = SharedStatistics.rows("cdnow_sample_summary.csv")
        let later = SharedStatistics.column("x_star", of: rows)
        let total = Self.customers.reduce(0) { $0 + (model.expected($1, next: 39) ?? .nan) }
        let holdout = expected["holdout"] ?? .null
        #expect(isNear(total, holdout.number("predicted_total"), 0.5))
        #expect(later.reduce(0, +) == holdout.number("actual_total"))
        let outcomes = later.map { $0 > 0 }
        let active = try #require(ForecastScore(Self.customers.map { model.active($0, next: 39) }, outcomes, z: usualZ))
        #expect(isNear(active.ranking?.value, holdout.number("auc_p_active"), 1e-4))
        #expect(isNear(active.brier, holdout.number("brier_p_active"), 1e-4))
        let alive = RankingScore(Self.customers.map(model.alive), outcomes, z: usualZ)
        #expect(isNear(alive?.value, holdout.number("auc_p_alive"), 1e-4))
    }

    @Test func singleCustomers() throws {
        let expected = SharedStatistics.expected("bg_nbd")
        let given = expected["case_params"] ?? .null
        let model = PurchaseModel(
            r: given.number("r"), alpha: given.number("alpha"), a: given.number("a"), b: given.number("b"))
        for row in expected["cases"]?.elements ?? [] {
            let customer = PurchaseModel.Customer(
                repeats: row["x"]?.integer ?? 0, recency: row.number("tx"), age: row.number("T"))
            #expect(isNear(model.expected(customer, next: 39), row.number("E_Y39"), 2e-6))
            #expect(isNear(model.alive(customer), row.number("p_alive"), 1e-6))
            if row["p_active39"] != nil {
                #expect(isNear(model.active(customer, next: 39), row.number("p_active39"), 1e-6))
            }
        }
        // An eager buyer overflows the plain series; a = 1 is a removable gap.
        let eager = PurchaseModel.Customer(repeats: 3000, recency: 38, age: 38)
        let many = try #require(model.expected(eager, next: 39))
        #expect(many > 500 && many < 3000 * 39 / 38)
        func expectedAt(_ a: Double) -> Double {
            PurchaseModel(r: 0.5, alpha: 5, a: a, b: 2).expected(.init(repeats: 3, recency: 20, age: 30), next: 10)
                ?? .nan
        }
        #expect(abs(expectedAt(1) - (expectedAt(0.99) + expectedAt(1.01)) / 2) < 1e-4)
        #expect(model.expected(eager, next: 0) == 0 && model.active(eager, next: 0) == 0)
        #expect(PurchaseModel([.init(repeats: 0, recency: 0, age: 9)]) == nil)
        // Between two times, more is expected and activity is likelier.
        let usual = PurchaseModel.Customer(repeats: 2, recency: 20, age: 30)
        #expect(model.active(usual, next: 10) < model.active(usual, next: 20))
        #expect((model.expected(usual, next: 10) ?? 1) < (model.expected(usual, next: 20) ?? 0))
    }

    @Test func spending() throws {
        let expected = SharedStatistics.expected("gamma_gamma")
        let customers = SharedStatistics.rows("cdnow_sample_summary.csv").map {
            SpendModel.Customer(
                purchases: Int(SharedStatistics.number($0, "x")), mean: SharedStatistics.number($0, "mean_repeat_value")
            )
        }
        let model = try #require(SpendModel(customers))
        let parameters = expected["params"] ?? .null
        for (value, key) in [(model.p, "p"), (model.q, "q"), (model.gamma, "gamma")] {
            #expect(isNear(value, parameters.number(key), 2e-3 * parameters.number(key)), "\(key) \(value)")
        }
        #expect(isNear(model.mean, expected.number("population_mean"), 0.05))
        for row in expected["conditional"]?.elements ?? [] {
            let customer = SpendModel.Customer(purchases: row["x"]?.integer ?? 0, mean: row.number("mean"))
            #expect(isNear(model.expected(customer), row.number("expected"), 0.01))
        }
        #expect(isNear(SpendModel.relation(customers, z: usualZ)?.value, 0.114, 5e-4))
        #expect(SpendModel(p: 2, q: 0.9, gamma: 3).mean == nil)
    }

    @Test func timeToCancel() {
        let expected = SharedStatistics.expected("kaplan_meier")
        let curve = SurvivalCurve(
            SharedStatistics.rows("b2b_churn_survival.csv").map {
                SurvivalCurve.Case(duration: SharedStatistics.number($0, "duration"), hasLeft: $0["censor"] == "0")
            })
        for member in expected["S"]?.members ?? [] {
            #expect(isNear(curve.share(at: Double(member.key) ?? 0), member.value.double, 1e-6), "\(member.key)")
        }
        #expect(isNear(curve.interval(at: 365, z: usualZ), expected["loglog_ci"]?.numbers("365") ?? [], 1e-6))
        #expect(curve.share(at: 0) == 1 && curve.interval(at: 0, z: usualZ) == nil)
        #expect(SurvivalCurve([]).steps.isEmpty)
    }
}
