#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Where the level of a long series changed (METRICS 4).
package enum ChangePoints {
    /// Fewest points that are searched.
    package static let fewest = 24

    /// The indices at which a new level starts, with penalty 4 σ² ln n and at least 3 points a level; nil below 24
    /// points.
    package static func of(_ values: [Double]) -> [Int]? {
        guard values.count >= fewest else { return nil }
        let sigma = spread(values)
        return of(values, penalty: 4 * sigma * sigma * log(Double(values.count)), fewestInLevel: 3)
    }

    /// PELT on squared error (Killick, Fearnhead and Eckley 2012): the indices at which a new level starts.
    package static func of(_ values: [Double], penalty: Double, fewestInLevel: Int) -> [Int] {
        let n = values.count
        let fewestInLevel = max(1, fewestInLevel)
        guard n >= 2 * fewestInLevel else { return [] }
        let mean = values.reduce(0, +) / Double(n)
        var sums = [0.0]
        var squares = [0.0]
        for value in values {
            sums.append(sums[sums.count - 1] + value - mean)
            squares.append(squares[squares.count - 1] + (value - mean) * (value - mean))
        }
        func cost(_ from: Int, _ to: Int) -> Double {
            let sum = sums[to] - sums[from]
            return squares[to] - squares[from] - sum * sum / Double(to - from)
        }
        // Rounding alone must not make a level out of equal values.
        let slack = 1e-12 * (1 + squares[n])
        var best = [Double](repeating: .infinity, count: n + 1)
        var previous = [Int](repeating: 0, count: n + 1)
        best[0] = -penalty
        var starts: [Int] = []
        var expiry = [Int](repeating: .max, count: n + 1)
        for end in fewestInLevel...n {
            let start = end - fewestInLevel
            if start == 0 || start >= fewestInLevel { starts.append(start) }
            starts.removeAll { expiry[$0] <= end }
            for start in starts {
                let total = best[start] + cost(start, end) + penalty
                if total < best[end] - slack {
                    best[end] = total
                    previous[end] = start
                }
            }
            // A start that already lost to a change here never wins again, once a level from here is long enough.
            for start in starts where best[start] + cost(start, end) > best[end] + slack {
                expiry[start] = min(expiry[start], end + fewestInLevel)
            }
        }
        var changes: [Int] = []
        var end = previous[n]
        while end > 0 {
            changes.append(end)
            end = previous[end]
        }
        return changes.reversed()
    }

    /// MAD of first differences / .67449 / sqrt 2, which a change of level hardly moves; 0 when nothing varies.
    package static func spread(_ values: [Double]) -> Double {
        let differences = zip(values.dropFirst(), values).map { $0 - $1 }
        guard let middle = OrderStatistics.median(differences),
            let deviation = OrderStatistics.median(differences.map { abs($0 - middle) })
        else { return 0 }
        if deviation > 0 { return deviation / 0.674_489_750_196_081_7 / 2.0.squareRoot() }
        // More than half the differences are alike: their mean square stands in.
        return (differences.reduce(0) { $0 + $1 * $1 } / Double(differences.count) / 2).squareRoot()
    }
}
