/// What winning an account costs (METRICS 5.1).
package struct AcquisitionCost: Sendable, Hashable {
    /// All spending of the period, on those not won too.
    package var spending: Double
    /// Accounts won in it.
    package var won: Int

    /// The cost of a period.
    package init(spending: Double, won: Int) {
        self.spending = spending
        self.won = won
    }

    /// spending / won; nil when none was won.
    package var value: Double? { won > 0 ? spending / Double(won) : nil }

    /// A lifetime value in units of this cost, with its interval; nil when none was won or nothing was spent.
    package func ratio(of lifetimeValue: Double, interval: Interval?) -> (value: Double, interval: Interval?)? {
        guard let value, value > 0 else { return nil }
        return (lifetimeValue / value, interval.map { Interval($0.low / value, $0.high / value) })
    }
}
