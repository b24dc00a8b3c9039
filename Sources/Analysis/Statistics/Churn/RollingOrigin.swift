package import Feedback

/// A backtest that never looks ahead: train on what was closed, test on what came next (METRICS 5.3).
package struct RollingOrigin: Sendable, Hashable {
    /// One account at one time, and what became of it; rows still open are given too, since they close an origin.
    package struct Row: Sendable, Hashable, Comparable {
        /// The day the features are known on; nothing later is in them.
        package var asOf: LocalDate
        /// The last day on which the outcome could still change: from the next day on it is known.
        package var closes: LocalDate
        /// The features, in a fixed order.
        package var features: [Double]
        /// Whether it was lost.
        package var isLost: Bool

        /// A row.
        package init(asOf: LocalDate, closes: LocalDate, features: [Double], isLost: Bool) {
            self.asOf = asOf
            self.closes = closes
            self.features = features
            self.isLost = isLost
        }

        package static func < (left: Row, right: Row) -> Bool {
            if left.asOf != right.asOf { return left.asOf < right.asOf }
            if left.closes != right.closes { return left.closes < right.closes }
            if left.features != right.features { return left.features.lexicographicallyPrecedes(right.features) }
            return !left.isLost && right.isLost
        }
    }

    /// Why an origin has no score.
    package enum Refusal: Sendable, Hashable {
        /// Its outcomes could change until this day, which the data do not reach.
        case horizonNotClosed(until: LocalDate)
        /// No row was closed before it.
        case nothingToLearnFrom
        /// No row falls into its block.
        case nothingToTest
        /// The model could not be fitted.
        case noModel
    }

    /// What one origin gave.
    package struct Fold: Sendable, Hashable {
        /// The day it is forecast on.
        package var origin: LocalDate
        /// Rows trained on.
        package var trained: Int
        /// How true the chances were; nil when refused.
        package var score: ForecastScore?
        /// Brier of telling every tested row the share lost among the rows trained on; nil when refused.
        package var baseBrier: Double?
        /// Why there is no score, if so.
        package var refusal: Refusal?
    }

    /// The folds, in the order of their origins.
    package var folds: [Fold]
    /// The score over all tested rows together; nil when every origin was refused.
    package var pooled: ForecastScore?
    /// The base Brier over all tested rows together; nil when every origin was refused.
    package var baseBrier: Double?
    /// The chances of all tested rows, by origin.
    package var chances: [Double]
    /// The outcomes of all tested rows, by origin.
    package var outcomes: [Bool]

    /// The backtest: for each origin, rows closed before it train, rows of the block of days from it on are tested.
    /// `forecast` gives a chance for each test row, or nil when it cannot.
    package init(
        _ rows: [Row], origins: [LocalDate], blockDays: Int, dataThrough: LocalDate, z: Double,
        forecast: (_ training: [Row], _ test: [Row]) -> [Double]?
    ) {
        folds = []
        chances = []
        outcomes = []
        // In a fixed order, so that the order of the rows changes no digit.
        let rows = rows.sorted()
        var baseSum = 0.0
        for origin in origins.sorted() {
            let training = rows.filter { $0.closes < origin }
            let test = rows.filter { origin <= $0.asOf && $0.asOf < origin.adding(days: blockDays) }
            var fold = Fold(origin: origin, trained: training.count)
            if let last = test.map(\.closes).max(), last > dataThrough {
                fold.refusal = .horizonNotClosed(until: last)
            } else if test.isEmpty {
                fold.refusal = .nothingToTest
            } else if training.isEmpty {
                fold.refusal = .nothingToLearnFrom
            } else if let given = forecast(training, test) {
                fold.score = ForecastScore(given, test.map(\.isLost), z: z)
                let base = Double(training.count { $0.isLost }) / Double(training.count)
                let sum = test.reduce(0) { $0 + ($1.isLost ? (1 - base) * (1 - base) : base * base) }
                fold.baseBrier = sum / Double(test.count)
                baseSum += sum
                chances += given
                outcomes += test.map(\.isLost)
            } else {
                fold.refusal = .noModel
            }
            folds.append(fold)
        }
        pooled = ForecastScore(chances, outcomes, z: z)
        if !outcomes.isEmpty { baseBrier = baseSum / Double(outcomes.count) }
    }

    /// The forecast of a logistic model fitted to the training rows.
    package static func logistic(_ options: LogisticModel.Options) -> ([Row], [Row]) -> [Double]? {
        { training, test in
            LogisticModel(training.map(\.features), training.map(\.isLost), options: options).map { model in
                test.map { model.probability($0.features) }
            }
        }
    }
}
