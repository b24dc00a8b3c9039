internal import Feedback

/// Revenue by order; orders of nothing count, refunds are netted (METRICS 5.1).
package struct AverageOrder: Sendable, Hashable {
    /// Orders, refunds among them.
    package var orders: Int
    /// Orders below 0.
    package var refunds: Int
    /// All amounts together.
    package var revenue: Double
    /// Accounts that ordered.
    package var accounts: Int
    /// revenue / orders.
    package var value: Double
    /// By account: G/(G-1) Σ over accounts of (Σ (amount - value))² / orders², square root taken; nil for one account.
    package var standardError: Double?
    /// By t with accounts - 1 degrees at the level asked for.
    package func interval(level: Double) -> Interval? {
        guard let standardError, let t = StudentDistribution.t(level: level, degrees: accounts - 1) else { return nil }
        return Interval(value - t * standardError, value + t * standardError)
    }

    /// The average of some orders; nil for none.
    package init?(_ orders: [Order]) {
        guard !orders.isEmpty else { return nil }
        // Summed in a fixed order, so that the order of arrival changes no digit.
        let sorted = orders.sorted { ($0.account.rawValue, $0.amount) < ($1.account.rawValue, $1.amount) }
        self.orders = orders.count
        refunds = orders.count { $0.amount < 0 }
        revenue = sorted.reduce(0) { $0 + $1.amount }
        value = revenue / Double(orders.count)
        var groups = 0
        var spread = 0.0
        var start = 0
        while start < sorted.count {
            var part = 0.0
            var end = start
            while end < sorted.count, sorted[end].account == sorted[start].account {
                part += sorted[end].amount - value
                end += 1
            }
            groups += 1
            spread += part * part
            start = end
        }
        accounts = groups
        if groups > 1 {
            standardError = (Double(groups) / Double(groups - 1) * spread).squareRoot() / Double(orders.count)
        }
    }
}
