package import Feedback

/// How accounts moved between tiers from one date to another, as a table (METRICS 5.1).
package struct TierMoves: Sendable, Hashable {
    /// From one tier to another; nil stands for no tier at that date.
    package struct Move: Sendable, Hashable {
        /// The tier at the earlier date.
        package var from: String?
        /// The tier at the later date.
        package var to: String?
    }

    /// How many accounts made each move, those that stayed among them.
    package var counts: [Move: Int]

    /// The moves between the tiers of two dates.
    package init(from earlier: [AccountID: String], to later: [AccountID: String]) {
        counts = [:]
        for account in Set(earlier.keys).union(later.keys) {
            counts[Move(from: earlier[account], to: later[account]), default: 0] += 1
        }
    }
}
