package import Feedback

/// The first half of answers against the last quarter: a difference hints at bias, none proves nothing (METRICS 6).
package struct EarlyLate: Sendable, Hashable {
    /// The first half, by when they answered.
    package var early: PromoterCounts
    /// The last quarter.
    package var late: PromoterCounts
    /// Early less late, with MOVER's interval.
    package var change: IndependentChange

    /// The comparison of bands in the order of answering; nil with fewer than four answers.
    package init?(_ bands: [PromoterBand], z: Double) {
        guard bands.count >= 4 else { return nil }
        func counts(_ bands: ArraySlice<PromoterBand>) -> PromoterCounts {
            bands.reduce(into: PromoterCounts()) { counts, band in
                switch band {
                case .detractor: counts.detractors += 1
                case .passive: counts.passives += 1
                case .promoter: counts.promoters += 1
                }
            }
        }
        early = counts(bands.prefix(bands.count / 2))
        late = counts(bands.suffix(bands.count / 4))
        guard let change = IndependentChange(early, late, z: z) else { return nil }
        self.change = change
    }
}
