#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// How well chances order outcomes: the area under the ROC curve with DeLong's interval (DeLong et al. 1988; METRICS
/// 5.3).
package struct RankingScore: Sendable, Hashable {
    /// P(a random event was given the higher chance), ties half, 0 to 1.
    package var value: Double
    /// Its standard error; nil with fewer than two events or two others.
    package var standardError: Double?
    /// value ± z standard errors, clipped to 0...1; nil alike.
    package var interval: Interval?

    /// The area; nil without an event or without another.
    package init?(_ chances: [Double], _ outcomes: [Bool], z: Double) {
        precondition(chances.count == outcomes.count, "every chance has its outcome")
        let events = zip(chances, outcomes).filter(\.1).map(\.0)
        let others = zip(chances, outcomes).filter { !$0.1 }.map(\.0)
        guard !events.isEmpty, !others.isEmpty else { return nil }
        let (m, n) = (Double(events.count), Double(others.count))
        let all = OrderStatistics.ranks(events + others)
        let ofEvents = OrderStatistics.ranks(events)
        let ofOthers = OrderStatistics.ranks(others)
        // Each event's share of others below it, and each other's share of events above it.
        let above = events.indices.map { (all[$0] - ofEvents[$0]) / n }
        let below = others.indices.map { 1 - (all[events.count + $0] - ofOthers[$0]) / m }
        let area = above.reduce(0, +) / m
        value = area
        guard events.count > 1, others.count > 1 else { return }
        func spread(_ values: [Double]) -> Double {
            values.reduce(0) { $0 + ($1 - area) * ($1 - area) } / Double(values.count - 1)
        }
        let error = (spread(above) / m + spread(below) / n).squareRoot()
        standardError = error
        interval = Interval(max(0, area - z * error), min(1, area + z * error))
    }

    /// Mean precision over the events in falling order of chance, ties taken together, 0 to 1; nil without an event.
    package static func averagePrecision(_ chances: [Double], _ outcomes: [Bool]) -> Double? {
        let events = outcomes.count { $0 }
        guard events > 0 else { return nil }
        let order = chances.indices.sorted { (-chances[$0], $0) < (-chances[$1], $1) }
        var sum = 0.0
        var hits = 0
        var start = 0
        while start < order.count {
            var end = start
            while end < order.count, chances[order[end]] == chances[order[start]] { end += 1 }
            let found = order[start..<end].count { outcomes[$0] }
            hits += found
            sum += Double(found) / Double(events) * Double(hits) / Double(end)
            start = end
        }
        return sum
    }

    /// The share of events among the k rows of the highest chances, 0 to 1; rows tied for the last places share them
    /// evenly. Nil for no rows, or k below 1.
    package static func precision(_ chances: [Double], _ outcomes: [Bool], top k: Int) -> Double? {
        let k = min(k, chances.count)
        guard k >= 1 else { return nil }
        let last = chances.sorted(by: >)[k - 1]
        let pairs = zip(chances, outcomes)
        let above = pairs.count { $0.0 > last }
        let tied = pairs.count { $0.0 == last }
        let hits = Double(pairs.count { $0.0 > last && $0.1 })
        let share = Double(k - above) / Double(tied)
        return (hits + share * Double(pairs.count { $0.0 == last && $0.1 })) / Double(k)
    }

    /// Precision among the tenth with the highest chances over the rate of all, 1 for chances that tell nothing;
    /// nil without an event.
    package static func lift(_ chances: [Double], _ outcomes: [Bool]) -> Double? {
        let events = outcomes.count { $0 }
        guard events > 0, let top = precision(chances, outcomes, top: tenth(of: chances.count)) else { return nil }
        return top / (Double(events) / Double(outcomes.count))
    }

    /// How many rows are the top tenth, 1 or more.
    package static func tenth(of rows: Int) -> Int { max(1, rows / 10) }
}
