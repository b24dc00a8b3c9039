/// Which figures of small groups may be shown, so that none can be had by subtraction either (METRICS 7).
package struct SmallGroups: Sendable, Hashable {
    /// What may be shown of a group.
    package enum Showing: Sendable, Hashable {
        /// Its figures.
        case figures
        /// Only a band, since all its answers are alike.
        case band
        /// Nothing: fewer answers than the limit.
        case withheld
        /// Nothing: with it, a withheld group could be computed.
        case withheldForOthers
    }

    /// Fewest answers that are shown, at least 3.
    package let fewest: Int

    /// The least limit that may be set.
    package static let leastLimit = 3

    /// A limit; less than 3 is taken as 3.
    package init(fewest: Int = 5) { self.fewest = max(Self.leastLimit, fewest) }

    /// What may be shown of the parts of a whole, by their answers, where the whole is shown too; all filters come
    /// first.
    /// The withheld parts together have at least the limit, so the whole less the shown parts tells of no small group.
    package func showing(_ counts: [Int]) -> [Showing] {
        var result: [Showing] = counts.map { $0 > 0 && $0 < fewest ? .withheld : .figures }
        func isHidden(_ index: Int) -> Bool { result[index] != .figures }
        while true {
            let hidden = counts.indices.filter(isHidden).reduce(0) { $0 + counts[$1] }
            if hidden == 0 || hidden >= fewest { return result }
            let shown = counts.indices.filter { !isHidden($0) && counts[$0] > 0 }
            guard let least = shown.min(by: { (counts[$0], $0) < (counts[$1], $1) }) else { return result }
            result[least] = .withheldForOthers
        }
    }

    /// Whether a group may be shown beside a larger one that holds all of it: neither it nor the rest may be small.
    package func allows(_ part: Int, within whole: Int) -> Bool {
        let rest = whole - part
        return part >= fewest && (rest == 0 || rest >= fewest)
    }

    /// Whether two shown groups (waves, filters) may stand side by side: neither may be the other but for a small rest.
    package func allows<Member: Hashable>(_ one: Set<Member>, beside other: Set<Member>) -> Bool {
        guard one.count >= fewest, other.count >= fewest else { return false }
        if one.isSubset(of: other) { return allows(one.count, within: other.count) }
        if other.isSubset(of: one) { return allows(other.count, within: one.count) }
        return true
    }

    /// What may be shown of one group whose answers fell on so many for each choice: all alike show a band.
    package func showing(answersByChoice counts: [Int]) -> Showing {
        let n = counts.reduce(0, +)
        if n < fewest { return .withheld }
        return counts.contains(n) ? .band : .figures
    }
}
