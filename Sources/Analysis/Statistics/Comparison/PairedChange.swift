package import Feedback

/// The change of the same people between two waves (METRICS 2.2).
package struct PairedChange: Sendable, Hashable {
    /// How many people answered both times.
    package var pairs: Int
    /// The mean of a person's later band less the earlier (detractor -1, passive 0, promoter 1), -2 to 2.
    package var change: Double
    /// sqrt(variance with divisor m / m), 0 or more.
    package var standardError: Double
    /// Change plus or minus z standard errors, clipped to -2...2; nil when everybody changed alike.
    package var interval: Interval?
    /// Whether the shares of the bands changed: Stuart 1955, Maxwell 1970; nil when nobody changed band.
    package var stuartMaxwell: ChiSquareTest?
    /// Whether moves one way and back balance: Bowker 1948, a degree for each pair of bands with moves; nil without
    /// moves.
    package var bowker: ChiSquareTest?

    /// The change by a table of three rows (earlier band) and columns (later band); nil without anybody.
    package init?(table: [[Int]], z: Double) {
        precondition(table.count == 3 && table.allSatisfy { $0.count == 3 }, "three bands, before and after")
        var people = 0
        var sum = 0
        var squares = 0
        for earlier in 0..<3 {
            for later in 0..<3 {
                people += table[earlier][later]
                sum += table[earlier][later] * (later - earlier)
                squares += table[earlier][later] * (later - earlier) * (later - earlier)
            }
        }
        guard people > 0 else { return nil }
        let m = Double(people)
        pairs = people
        change = Double(sum) / m
        // In whole numbers until the last step, so that equal changes leave exactly no variance.
        standardError = Double(squares * people - sum * sum).squareRoot() / (m * m.squareRoot())
        if standardError > 0 {
            interval = Interval(max(-2, change - z * standardError), min(2, change + z * standardError))
        }
        stuartMaxwell = Self.stuartMaxwell(table)
        bowker = Self.bowker(table)
    }

    /// The change by each person's earlier and later band; nil without anybody.
    package init?(_ people: some Sequence<(earlier: PromoterBand, later: PromoterBand)>, z: Double) {
        func index(_ band: PromoterBand) -> Int {
            switch band {
            case .detractor: 0
            case .passive: 1
            case .promoter: 2
            }
        }
        var table = [[Int]](repeating: [0, 0, 0], count: 3)
        for person in people { table[index(person.earlier)][index(person.later)] += 1 }
        self.init(table: table, z: z)
    }

    private static func stuartMaxwell(_ table: [[Int]]) -> ChiSquareTest? {
        func row(_ i: Int) -> Int { table[i].reduce(0, +) }
        func column(_ i: Int) -> Int { table.reduce(0) { $0 + $1[i] } }
        // A band that nobody entered or left says nothing; of the others, all but one carry the information.
        let moving = (0..<3).filter { row($0) + column($0) > 2 * table[$0][$0] }
        guard moving.count >= 2 else { return nil }
        let kept = Array(moving.dropLast())
        var covariance = SymmetricMatrix(size: kept.count)
        for (i, one) in kept.enumerated() {
            for (j, two) in kept.enumerated() {
                covariance[i, j] =
                    one == two
                    ? Double(row(one) + column(one) - 2 * table[one][one])
                    : Double(-table[one][two] - table[two][one])
            }
        }
        guard let factor = covariance.choleskyFactor() else { return nil }
        let differences = kept.map { Double(row($0) - column($0)) }
        let statistic = zip(differences, factor.solved(differences)).reduce(0) { $0 + $1.0 * $1.1 }
        return ChiSquareTest(statistic: statistic, degrees: kept.count)
    }

    private static func bowker(_ table: [[Int]]) -> ChiSquareTest? {
        var statistic = 0.0
        var degrees = 0
        for i in 0..<3 {
            for j in 0..<i where table[i][j] + table[j][i] > 0 {
                let difference = Double(table[i][j] - table[j][i])
                statistic += difference * difference / Double(table[i][j] + table[j][i])
                degrees += 1
            }
        }
        return degrees > 0 ? ChiSquareTest(statistic: statistic, degrees: degrees) : nil
    }
}
