internal import Feedback

/// How many answers to the 0–10 question fell into each band; the raw material of every NPS.
package struct PromoterCounts: Sendable, Hashable {
    /// Scores 0 to 6.
    package var detractors: Int
    /// Scores 7 and 8.
    package var passives: Int
    /// Scores 9 and 10.
    package var promoters: Int

    /// Counts by band, none when not said.
    package init(detractors: Int = 0, passives: Int = 0, promoters: Int = 0) {
        self.detractors = detractors
        self.passives = passives
        self.promoters = promoters
    }

    /// All answers.
    package var count: Int { detractors + passives + promoters }

    /// The Net Promoter Score, -1 to 1: (promoters - detractors) / answers; nil when nobody answered (METRICS 2.1).
    package var value: Double? {
        count == 0 ? nil : Double(promoters - detractors) / Double(count)
    }

    /// The variance of one answer, 0 to 1, with divisor n; nil when nobody answered (METRICS 2.1).
    package var variance: Double? {
        guard let value else { return nil }
        return Double(promoters + detractors) / Double(count) - value * value
    }

    /// Counts one score; one outside 0 to 10 is refused.
    @discardableResult
    package mutating func add(score: Int) -> Bool {
        switch PromoterBand(score: score) {
        case .detractor: detractors += 1
        case .passive: passives += 1
        case .promoter: promoters += 1
        case nil: return false
        }
        return true
    }

    /// The counts of two groups together.
    package static func + (left: PromoterCounts, right: PromoterCounts) -> PromoterCounts {
        PromoterCounts(
            detractors: left.detractors + right.detractors, passives: left.passives + right.passives,
            promoters: left.promoters + right.promoters)
    }
}

/// Both ends of an interval.
package struct Interval: Sendable, Hashable {
    /// The lower end.
    package var low: Double
    /// The upper end.
    package var high: Double

    /// An interval by its ends.
    package init(_ low: Double, _ high: Double) {
        self.low = low
        self.high = high
    }
}
