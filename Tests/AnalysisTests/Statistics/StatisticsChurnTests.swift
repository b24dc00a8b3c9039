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

@Suite(.enabled(if: SharedStatistics.isPresent)) struct StatisticsChurnTests {
    private struct Telecom {
        var names: [String] = []
        var training: [[Double]] = []
        var left: [Bool] = []
        var test: [[Double]] = []
        var outcomes: [Bool] = []

        init() {
            let features: [(String, ([String: String]) -> Double)] = [
                ("complains", { SharedStatistics.number($0, "complains") }),
                ("subscription_length", { SharedStatistics.number($0, "subscription_length") }),
                ("call_failure", { SharedStatistics.number($0, "call_failure") }),
                ("log1p_frequency_of_use", { log1p(SharedStatistics.number($0, "frequency_of_use")) }),
                ("log1p_frequency_of_sms", { log1p(SharedStatistics.number($0, "frequency_of_sms")) }),
                ("log1p_distinct_called_numbers", { log1p(SharedStatistics.number($0, "distinct_called_numbers")) }),
                ("charge_amount", { SharedStatistics.number($0, "charge_amount") }),
                ("inactive_status2", { $0["status"] == "2" ? 1 : 0 }),
                ("contract_tariff2", { $0["tariff_plan"] == "2" ? 1 : 0 }),
            ]
            names = features.map(\.0)
            for (index, row) in SharedStatistics.rows("telecom_churn_uci563_dev.csv").enumerated() {
                let values = features.map { $0.1(row) }
                if index % 5 == 0 {
                    test.append(values)
                    outcomes.append(row["churn"] == "1")
                } else {
                    training.append(values)
                    left.append(row["churn"] == "1")
                }
            }
        }
    }

    @Test func telecomModelAndItsTest() throws {
        let data = Telecom()
        let expected = SharedStatistics.expected("logistic_uci563")
        for isStandardised in [false, true] {
            let model = try #require(
                LogisticModel(data.training, data.left, options: .init(penalty: 0, isStandardised: isStandardised)))
            #expect(isNear(model.logLikelihood, expected.number("loglik"), 1e-6))
            #expect(isNear(model.intercept, expected["coef"]?.number("intercept"), 1e-6))
            for (name, coefficient) in zip(data.names, model.coefficients) {
                #expect(isNear(coefficient, expected["coef"]?.number(name), 1e-6), "\(name)")
            }
            // Contributions and the mean row's log odds are the row's log odds.
            let row = data.test[3]
            #expect(isNear(model.contributions(row).reduce(model.logOdds(model.means), +), model.logOdds(row), 1e-12))
        }
        let model = try #require(LogisticModel(data.training, data.left, options: .init(penalty: 0)))
        let chances = data.test.map(model.probability)
        for (chance, figure) in zip(chances, expected.numbers("first5_test_p")) {
            #expect(isNear(chance, figure, 1e-6))
        }
        let figures = expected["test"] ?? .null
        let score = try #require(ForecastScore(chances, data.outcomes, z: usualZ))
        #expect(score.n == figures["n"]?.integer && score.events == figures["events"]?.integer)
        #expect(isNear(score.ranking?.value, figures.number("auc"), 1e-6))
        #expect(isNear(score.ranking?.interval, figures.numbers("auc_delong_ci"), 1e-6))
        for (value, key) in [
            (score.averagePrecision, "average_precision"), (score.brier, "brier"), (score.skill, "brier_skill"),
            (score.logLoss, "logloss"), (score.calibrationSlope, "calibration_slope"),
            (score.calibrationInTheLarge, "calibration_in_the_large"), (score.lift, "lift_top10pct"),
            (RankingScore.precision(chances, data.outcomes, top: 50), "precision_at_50"),
        ] { #expect(isNear(value, figures.number(key), 1e-6), "\(key)") }
        #expect(isNear(score.spiegelhalter, figures.number("spiegelhalter_z"), 1e-4))
        #expect(RankingScore.tenth(of: 380) == 38)
        // Ties at the cut share the last places: no order decides.
        let tied = RankingScore.precision([0.5, 0.5, 0.5, 0.9], [true, false, false, true], top: 2)
        #expect(isNear(tied, 2.0 / 3, 1e-12))
        let equal = ReliabilityTable(chances, data.outcomes, z: usualZ)
        let wide = ReliabilityTable(chances, data.outcomes, by: .equalWidths, z: usualZ)
        #expect(isNear(equal.calibrationError, figures.number("ece_mass10"), 1e-6))
        #expect(isNear(wide.calibrationError, figures.number("ece_width10"), 1e-6))
        for table in [equal, wide] { #expect(table.rows.reduce(0) { $0 + $1.happened.all } == 380) }
    }

    @Test func tinyForecast() throws {
        let expected = SharedStatistics.expected("metrics_tiny")
        let (chances, outcomes) = (expected.numbers("p"), expected.numbers("y").map { $0 == 1 })
        let score = try #require(ForecastScore(chances, outcomes, z: usualZ))
        #expect(isNear(score.ranking?.value, expected.number("auc"), 1e-6))
        #expect(isNear(score.ranking?.interval, expected.numbers("auc_delong"), 1e-6))
        #expect(isNear(score.brier, expected.number("brier"), 1e-6))
        #expect(isNear(score.logLoss, expected.number("logloss"), 1e-6))
        #expect(isNear(score.averagePrecision, expected.number("average_precision"), 1e-6))
        let table = ReliabilityTable(chances, outcomes, groups: 5, by: .equalWidths, z: usualZ)
        #expect(isNear(table.calibrationError, expected.number("ece_width5"), 1e-6))
        #expect(ForecastScore([], [], z: usualZ) == nil)
        let sure = try #require(ForecastScore([0, 1], [false, false], z: usualZ))
        #expect(sure.ranking == nil && sure.skill == nil && sure.calibrationSlope == nil && sure.logLoss.isFinite)
        #expect(ReliabilityTable([], [], z: usualZ).calibrationError == nil)
    }

    @Test func ridgeTamesWhatParts() throws {
        let expected = SharedStatistics.expected("ridge_separable")
        let features = expected.numbers("x").map { [$0] }
        let outcomes = expected.numbers("y").map { $0 == 1 }
        let model = try #require(LogisticModel(features, outcomes, options: .init(penalty: 1, isStandardised: false)))
        #expect(isNear(model.coefficients[0], expected.number("coef"), 1e-6))
        #expect(isNear(model.intercept, expected.number("intercept"), 1e-9))
        #expect(LogisticModel(features, outcomes, options: .init(penalty: 0)) == nil)
        // One sure sign among others, and a feature that says what another says, have no likelihood of their own
        // either.
        let signs = (0..<40).map { [$0 < 6 ? 1.0 : 0, Double($0 % 7)] }
        let mixed = (0..<40).map { $0 < 6 || $0 % 3 == 0 }
        #expect(LogisticModel(signs, mixed, options: .init(penalty: 0)) == nil)
        #expect(LogisticModel(signs.map { [$0[1], 2 * $0[1] + 1] }, mixed, options: .init(penalty: 0)) == nil)
        #expect(LogisticModel(signs, mixed, options: .init(penalty: 1)) != nil)
        // A feature that never varies carries nothing; no rows, no model.
        let flat = LogisticModel(features.map { $0 + [5] }, outcomes, options: .init(penalty: 1, isStandardised: false))
        #expect(isNear(flat?.coefficients[0], model.coefficients[0], 1e-9) && flat?.coefficients[1] == 0)
        #expect(LogisticModel([], [], options: .init(penalty: 1)) == nil)
    }

    @Test func hazardByPeriods() throws {
        // The same model is the discrete hazard: a row for each customer and 90 days, a constant for each period.
        let expected = SharedStatistics.expected("discrete_hazard")
        var features: [[Double]] = []
        var outcomes: [Bool] = []
        for row in SharedStatistics.rows("b2b_churn_survival.csv") {
            let duration = SharedStatistics.number(row, "duration")
            let last = Int((duration / 90).rounded(.up))
            for period in 1...min(last, 8) {
                features.append(
                    ["total_crossbuy", "industry", "revenue"].map { SharedStatistics.number(row, $0) }
                        + (1...8).map { $0 == period ? 1 : 0 })
                outcomes.append(row["censor"] == "0" && period == last)
            }
        }
        #expect(features.count == expected["n"]?.integer)
        let model = try #require(
            LogisticModel(features, outcomes, options: .init(penalty: 0, isStandardised: false, hasIntercept: false)))
        #expect(isNear(model.logLikelihood, expected.number("loglik"), 1e-5))
        let names = ["total_crossbuy": 0, "industry": 1, "revenue": 2, "p_1": 3, "p_8": 10]
        for (name, place) in names {
            #expect(isNear(model.coefficients[place], expected["coef"]?.number(name), 1e-5), "\(name)")
        }
    }

    @Test func isotonicAndPoissonBinomial() {
        let pava = SharedStatistics.expected("pava")
        for (value, figure) in zip(IsotonicFit.rising(pava.numbers("y")), pava.numbers("fit")) {
            #expect(isNear(value, figure, 1e-12))
        }
        #expect(IsotonicFit.rising([]).isEmpty)
        let expected = SharedStatistics.expected("poisson_binomial")
        let count = PoissonBinomial(expected.numbers("p"))
        for (value, figure) in zip(count.chances, expected.numbers("pmf")) { #expect(isNear(value, figure, 1e-12)) }
        #expect(isNear(count.mean, expected.number("mean"), 1e-12))
        #expect(isNear(count.variance, expected.number("var"), 1e-12))
        #expect(count.interval(level: 0.95) == (0, 3))
        #expect(PoissonBinomial([]).chances == [1])
        #expect(PoissonBinomial([1, 1]).interval(level: 0.95) == (2, 2))
        let risk = RevenueAtRisk(
            zip(expected.numbers("p"), [10, 20, 30, 40, 50]).map { (chance: $0, revenue: $1) }, simulations: 2000,
            level: 0.95, seed: 9)
        #expect(isNear(risk.expected, 39.5, 1e-9))
        #expect((risk.interval?.low ?? -1) >= 0 && (risk.interval?.high ?? 999) <= 150)
        #expect(
            risk
                == RevenueAtRisk(
                    zip(expected.numbers("p"), [10, 20, 30, 40, 50]).map { (chance: $0, revenue: $1) },
                    simulations: 2000, level: 0.95, seed: 9))
        #expect(RevenueAtRisk([], simulations: 10, level: 0.95, seed: 1).interval == nil)
    }

    @Test func probabilityIsEarned() throws {
        let gate = ProbabilityGate()
        let (good, poor) = (
            ForecastScore([0.1, 0.9], [false, true], z: usualZ), ForecastScore([0.5, 0.5], [false, true], z: usualZ)
        )
        #expect(
            gate.refusal(cancellations: 14, features: 2, model: good, recency: poor, rules: poor)
                == .tooFewCancellations(14, needed: 30))
        #expect(
            gate.refusal(cancellations: 60, features: 8, model: good, recency: poor, rules: poor)
                == .tooFewCancellations(60, needed: 80))
        #expect(gate.refusal(cancellations: 80, features: 8, model: nil, recency: nil, rules: nil) == .noClosedFold)
        #expect(
            gate.refusal(cancellations: 80, features: 8, model: poor, recency: good, rules: poor)
                == .notBetterThanRecency)
        #expect(
            gate.refusal(cancellations: 80, features: 8, model: poor, recency: nil, rules: poor) == .notBetterThanRules)
        #expect(gate.refusal(cancellations: 80, features: 8, model: good, recency: poor, rules: poor) == nil)
    }
}
