/// Chances in groups against what happened in each (METRICS 5.3); at most ten groups, whose counts add to all rows.
package struct ReliabilityTable: Sendable, Hashable {
    /// One group.
    package struct Row: Sendable, Hashable {
        /// The least and the greatest chance in it.
        package var chances: Interval
        /// The mean chance in it, 0 to 1.
        package var meanChance: Double
        /// What happened, among how many.
        package var happened: Proportion
        /// Wilson's interval of what happened.
        package var interval: Interval?
    }

    /// How rows are grouped.
    package enum Grouping: Sendable {
        /// About equally many rows a group, in rising order of chance, ties by the order given.
        case equalCounts
        /// Equally wide ranges of chance; empty ones are left out.
        case equalWidths
    }

    /// The groups, in rising order of chance; none without rows.
    package var rows: [Row]

    /// Rows of chances, 0 to 1, with their outcomes.
    package init(
        _ chances: [Double], _ outcomes: [Bool], groups: Int = 10, by grouping: Grouping = .equalCounts, z: Double
    ) {
        precondition(chances.count == outcomes.count && groups > 0, "every chance has its outcome")
        let order = chances.indices.sorted { (chances[$0], $0) < (chances[$1], $1) }
        var members = [[Int]](repeating: [], count: groups)
        switch grouping {
        case .equalCounts:
            // The first groups take one more when the rows do not divide.
            var next = 0
            for group in 0..<groups {
                let size = order.count / groups + (group < order.count % groups ? 1 : 0)
                members[group] = Array(order[next..<next + size])
                next += size
            }
        case .equalWidths:
            for index in order { members[min(groups - 1, Int(chances[index] * Double(groups)))].append(index) }
        }
        rows = members.filter { !$0.isEmpty }.map { group in
            let happened = Proportion(group.count { outcomes[$0] }, among: group.count)
            return Row(
                chances: Interval(chances[group[0]], chances[group[group.count - 1]]),
                meanChance: group.reduce(0) { $0 + chances[$1] } / Double(group.count), happened: happened,
                interval: happened.interval(z: z))
        }
    }

    /// Expected calibration error: the groups' mean |chance - what happened|, weighed by rows, 0 to 1; nil without
    /// rows.
    package var calibrationError: Double? {
        let n = rows.reduce(0) { $0 + $1.happened.all }
        guard n > 0 else { return nil }
        return rows.reduce(0) {
            $0 + abs($1.meanChance * Double($1.happened.all) - Double($1.happened.count))
        } / Double(n)
    }
}
