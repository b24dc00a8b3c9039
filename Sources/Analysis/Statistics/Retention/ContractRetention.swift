package import Feedback

/// One term of a contract.
package struct ContractTerm: Sendable, Hashable {
    /// Whose.
    package var account: AccountID
    /// Its first day.
    package var start: LocalDate
    /// The first day it is no longer in force: the renewal date.
    package var end: LocalDate
    /// What it brings in a year, or any fixed time.
    package var revenue: Double

    /// A term.
    package init(account: AccountID, start: LocalDate, end: LocalDate, revenue: Double) {
        self.account = account
        self.start = start
        self.end = end
        self.revenue = revenue
    }

    /// Whether it is in force on a date.
    package func isInForce(on date: LocalDate) -> Bool { start <= date && date < end }
}

/// What became of the accounts under contract at one date by another (METRICS 5.1).
package struct ContractRetention: Sendable, Hashable {
    /// Under contract at both dates, among those under contract at the first whose renewal is not still open.
    package var retained: Proportion
    /// Those whose renewal is still open, and who are neither retained nor lost.
    package var open: Int
    /// Recurring revenue at the first date of the accounts that are closed.
    package var revenue: Double
    /// The part of it lost to leaving and to smaller contracts, 0 to 1; nil without revenue.
    package var grossRevenueChurn: Double?
    /// The same less what larger contracts of the same accounts brought, at most 1, below 0 when they grew; nil alike.
    package var netRevenueChurn: Double?

    /// What became of terms; an account without a term at the second date and without a cancellation is still open for
    /// the days of grace after its last term.
    package init(
        _ terms: [ContractTerm], cancelled: [AccountID: LocalDate], from first: LocalDate, to second: LocalDate,
        grace: Int
    ) {
        var before: [AccountID: Double] = [:]
        var after: [AccountID: Double] = [:]
        var lastEnd: [AccountID: LocalDate] = [:]
        // In a fixed order, so that no sum depends on the order of arrival.
        let sorted = terms.sorted {
            ($0.account.rawValue, $0.start, $0.end, $0.revenue) < ($1.account.rawValue, $1.start, $1.end, $1.revenue)
        }
        for term in sorted where term.start <= second {
            if term.isInForce(on: first) { before[term.account, default: 0] += term.revenue }
            if term.isInForce(on: second) { after[term.account, default: 0] += term.revenue }
            lastEnd[term.account] = max(lastEnd[term.account] ?? term.end, term.end)
        }
        var kept = 0
        var closed = 0
        var open = 0
        var (revenue, lost, gained) = (0.0, 0.0, 0.0)
        for (account, earlier) in before.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            let isCancelled = cancelled[account].map { first < $0 && $0 <= second } ?? false
            if after[account] == nil, !isCancelled, let end = lastEnd[account], second < end.adding(days: grace) {
                open += 1
                continue
            }
            closed += 1
            if after[account] != nil { kept += 1 }
            let later = after[account] ?? 0
            revenue += earlier
            lost += max(0, earlier - later)
            gained += max(0, later - earlier)
        }
        retained = Proportion(kept, among: closed)
        self.open = open
        self.revenue = revenue
        if revenue > 0 {
            grossRevenueChurn = lost / revenue
            netRevenueChurn = (lost - gained) / revenue
        }
    }
}
