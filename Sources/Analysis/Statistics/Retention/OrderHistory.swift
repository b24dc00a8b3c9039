package import Feedback

/// One purchase of an account.
package struct Order: Sendable, Hashable {
    /// Who bought.
    package var account: AccountID
    /// When.
    package var date: LocalDate
    /// For how much, refunds below 0, in one currency.
    package var amount: Double

    /// A purchase.
    package init(account: AccountID, date: LocalDate, amount: Double) {
        self.account = account
        self.date = date
        self.amount = amount
    }
}

/// Days after one date, up to and including another.
package struct Period: Sendable, Hashable {
    /// The last day before the period.
    package var after: LocalDate
    /// Its last day.
    package var through: LocalDate

    /// The days after one date, through another.
    package init(after: LocalDate, through: LocalDate) {
        self.after = after
        self.through = through
    }

    /// The days that make an account active at a date: the gap that makes it dormant, ending there.
    package init(days: Int, through: LocalDate) {
        self.init(after: through.adding(days: -days), through: through)
    }

    /// Whether a date lies in the period.
    package func contains(_ date: LocalDate) -> Bool { after < date && date <= through }
}

/// Purchases by account, in any order of arrival; a day with several counts once where days are counted.
package struct OrderHistory: Sendable {
    private var dates: [AccountID: [LocalDate]] = [:]
    private var orders: [Order]

    /// The history of some orders.
    package init(_ orders: some Sequence<Order>) {
        self.orders = orders.sorted {
            ($0.account.rawValue, $0.date, $0.amount) < ($1.account.rawValue, $1.date, $1.amount)
        }
        for order in self.orders where dates[order.account]?.last != order.date {
            dates[order.account, default: []].append(order.date)
        }
    }

    /// Accounts with at least one order in the period.
    package func active(in period: Period) -> Set<AccountID> {
        Set(dates.lazy.filter { $0.value.contains(where: period.contains) }.map(\.key))
    }

    /// Accounts with at least one order on or before a date.
    package func known(through date: LocalDate) -> Set<AccountID> {
        Set(dates.lazy.filter { $0.value[0] <= date }.map(\.key))
    }

    /// Accounts with two purchase days or more among those with one, in the period (METRICS 5.1).
    package func repeatPurchases(in period: Period) -> Proportion {
        let days = dates.values.map { $0.count(where: period.contains) }
        return Proportion(days.count { $0 >= 2 }, among: days.count { $0 >= 1 })
    }

    /// Orders and revenue in the period.
    package func averageOrder(in period: Period) -> AverageOrder? {
        AverageOrder(orders.filter { period.contains($0.date) })
    }

    /// What became of those active in one period by the next (METRICS 5.1), each activity by an order in its period.
    package func retention(from earlier: Period, to later: Period) -> Retention {
        let before = active(in: earlier)
        let now = active(in: later)
        let dormant = known(through: earlier.through).subtracting(before)
        return Retention(
            active: now.count, retained: Proportion(before.intersection(now).count, among: before.count),
            reactivated: Proportion(dormant.intersection(now).count, among: dormant.count))
    }
}

/// Some among all, with what it says about the rest of the world.
package struct Proportion: Sendable, Hashable {
    /// How many.
    package var count: Int
    /// Among how many.
    package var all: Int

    /// Some among all.
    package init(_ count: Int, among all: Int) {
        self.count = count
        self.all = all
    }

    /// count / all, 0 to 1; nil for none.
    package var value: Double? { all > 0 ? Double(count) / Double(all) : nil }

    /// Wilson's interval at a normal quantile; nil for none.
    package func interval(z: Double) -> Interval? { WilsonInterval.of(count, among: all, z: z) }
}

/// How many stayed, left and came back between two periods.
package struct Retention: Sendable, Hashable {
    /// Active in the later period.
    package var active: Int
    /// Active in both, among those active in the earlier; churn is the rest of it.
    package var retained: Proportion
    /// Active again, among those who had bought but were dormant at the earlier date; the never active are no base.
    package var reactivated: Proportion
}
