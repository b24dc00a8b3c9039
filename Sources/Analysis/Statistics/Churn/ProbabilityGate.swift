/// Whether a churn probability may be printed: only when earned (METRICS 5.3); the limits are inputs, printed.
package struct ProbabilityGate: Sendable, Hashable {
    /// Fewest closed cancellations for each feature.
    package var eventsPerFeature: Int
    /// Fewest closed cancellations in all.
    package var fewestEvents: Int

    /// Limits; the defaults are rules of thumb.
    package init(eventsPerFeature: Int = 10, fewestEvents: Int = 30) {
        self.eventsPerFeature = eventsPerFeature
        self.fewestEvents = fewestEvents
    }

    /// Why no probability may be printed.
    package enum Refusal: Sendable, Hashable {
        /// So many of the cancellations needed: "not yet calibrated: k of 30 cancellations".
        case tooFewCancellations(Int, needed: Int)
        /// No origin of the backtest had closed outcomes.
        case noClosedFold
        /// On log loss, the model does not beat knowing recency alone.
        case notBetterThanRecency
        /// On log loss, the model does not beat the rules.
        case notBetterThanRules
    }

    /// Why not, or nil when it is earned; the rivals are scored on the same rows.
    package func refusal(
        cancellations: Int, features: Int, model: ForecastScore?, recency: ForecastScore?, rules: ForecastScore?
    ) -> Refusal? {
        let needed = max(fewestEvents, eventsPerFeature * features)
        if cancellations < needed { return .tooFewCancellations(cancellations, needed: needed) }
        guard let model else { return .noClosedFold }
        if let recency, model.logLoss >= recency.logLoss { return .notBetterThanRecency }
        if let rules, model.logLoss >= rules.logLoss { return .notBetterThanRules }
        return nil
    }
}
