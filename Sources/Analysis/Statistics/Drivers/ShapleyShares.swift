/// R² shared out among drivers by Shapley's value, from the correlations alone.
struct ShapleyShares {
    /// What all drivers explain together, 0 to 1.
    let rSquared: Double
    /// Each driver's mean gain over all orders; they add to `rSquared`.
    let shares: [Double]

    /// Below this part of its variance unexplained by others, a driver says nothing of its own.
    static let singular = 1e-9

    /// The shares from a correlation matrix whose last column is the target.
    init(correlations: SymmetricMatrix) {
        let drivers = correlations.size - 1
        var explained = [Double](repeating: 0, count: 1 << drivers)
        Self.visit(0, correlations, 0, 0, &explained)
        // |S|! (p-1-|S|)! / p!, the part of the orders in which exactly S comes before the driver.
        var weights = [Double](repeating: 1 / Double(max(1, drivers)), count: max(1, drivers))
        for size in 1..<max(1, drivers) { weights[size] = weights[size - 1] * Double(size) / Double(drivers - size) }
        var shares = [Double](repeating: 0, count: drivers)
        for set in 0..<explained.count {
            for driver in 0..<drivers where set & (1 << driver) == 0 {
                shares[driver] += weights[set.nonzeroBitCount] * (explained[set | (1 << driver)] - explained[set])
            }
        }
        self.shares = shares
        rSquared = explained[explained.count - 1]
    }

    /// R² of the last column on all others.
    static func explained(_ correlations: SymmetricMatrix) -> Double {
        var matrix = correlations
        var sum = 0.0
        for driver in 0..<(matrix.size - 1) { sum += pivot(&matrix, driver) }
        return sum
    }

    /// Goes through all sets of drivers, each model one step from its parent.
    private static func visit(
        _ driver: Int, _ matrix: SymmetricMatrix, _ set: Int, _ sum: Double, _ explained: inout [Double]
    ) {
        if driver == matrix.size - 1 {
            explained[set] = sum
            return
        }
        visit(driver + 1, matrix, set, sum, &explained)
        var with = matrix
        let gain = pivot(&with, driver)
        visit(driver + 1, with, set | (1 << driver), sum + gain, &explained)
    }

    /// Takes a driver out of all later columns; what it adds to R².
    private static func pivot(_ matrix: inout SymmetricMatrix, _ driver: Int) -> Double {
        let own = matrix[driver, driver]
        if own < singular { return 0 }
        let last = matrix.size - 1
        let gain = matrix[last, driver] * matrix[last, driver] / own
        for row in (driver + 1)...last {
            let factor = matrix[row, driver] / own
            for column in (driver + 1)...row { matrix[row, column] -= factor * matrix[column, driver] }
        }
        return gain
    }
}
