internal import Synchronization

/// Scores with their intervals, each made once: accounts are many, counts are few.
final class ScoreBook: Sendable {
    private struct Key: Hashable {
        let counts: PromoterCounts
        let contacts: Int
    }

    private let context: PortfolioContext
    private let z: Double
    private let known = Mutex<[Key: AccountScore]>([:])
    private let intervals = Mutex<[PromoterCounts: Interval]>([:])

    init(_ context: PortfolioContext) {
        self.context = context
        z = context.settings.z
    }

    /// Tango's score interval of some counts; nil when nobody answered.
    func interval(_ counts: PromoterCounts) -> Interval? {
        if let known = intervals.withLock({ $0[counts] }) { return known }
        let interval = ScoreInterval.of(counts, z: z)
        intervals.withLock { $0[counts] = interval }
        return interval
    }

    /// An account's score with everything that says how sure it is.
    func score(_ counts: PromoterCounts, contacts: Int) -> AccountScore {
        let key = Key(counts: counts, contacts: contacts)
        if let known = known.withLock({ $0[key] }) { return known }
        let shrunk = context.shrinkage.shrunk(counts)
        let score = AccountScore(
            counts: counts, value: counts.value, interval: interval(counts),
            certain: AccountRange.certain(counts, contacts: contacts),
            predicted: context.predictions.prediction(counts, contacts: contacts),
            shrunk: shrunk?.value, weight: shrunk?.weight)
        known.withLock { $0[key] = score }
        return score
    }
}

/// Predictions of whole accounts, each made once: accounts are many, counts are few.
final class PredictionBook: Sendable {
    private struct Key: Hashable {
        let counts: PromoterCounts
        let contacts: Int
    }

    private let prior: Pseudocounts
    private let level: Double
    private let known = Mutex<[Key: AccountRange.Prediction?]>([:])

    init(prior: Pseudocounts, level: Double) {
        self.prior = prior
        self.level = level
    }

    /// The prediction for an account; nil without a single answer, when there is nobody the silent could be like.
    func prediction(_ counts: PromoterCounts, contacts: Int) -> AccountRange.Prediction? {
        guard counts.count > 0 else { return nil }
        let key = Key(counts: counts, contacts: contacts)
        if let known = known.withLock({ $0[key] }) { return known }
        let made = AccountRange.predicted(counts, contacts: contacts, prior: prior, level: level)
        known.withLock { $0[key] = .some(made) }
        return made
    }
}
