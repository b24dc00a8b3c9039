/// A small symmetric matrix, in full, row by row.
struct SymmetricMatrix: Sendable {
    /// Rows, and columns.
    let size: Int
    private var values: [Double]

    /// A matrix of zeros.
    init(size: Int) {
        self.size = size
        values = [Double](repeating: 0, count: size * size)
    }

    subscript(_ row: Int, _ column: Int) -> Double {
        get { values[row * size + column] }
        set { values[row * size + column] = newValue }
    }

    /// Adds weight · v vᵀ to the lower triangle; `mirror` completes it.
    mutating func add(_ weight: Double, times vector: [Double]) {
        for row in 0..<size {
            let scaled = weight * vector[row]
            if scaled == 0 { continue }
            for column in 0...row { values[row * size + column] += scaled * vector[column] }
        }
    }

    /// Copies the lower triangle over the upper one.
    mutating func mirror() {
        for row in 0..<size { for column in 0..<row { self[column, row] = self[row, column] } }
    }

    /// The lower factor L of LLᵀ; nil when the matrix is not positive definite, to 1e-12 of its diagonal.
    func choleskyFactor() -> SymmetricMatrix? {
        var factor = self
        for column in 0..<size {
            var pivot = self[column, column]
            for k in 0..<column { pivot -= factor[column, k] * factor[column, k] }
            guard pivot > 1e-12 * abs(self[column, column]), pivot.isFinite else { return nil }
            pivot = pivot.squareRoot()
            factor[column, column] = pivot
            for row in (column + 1)..<max(size, column + 1) {
                var sum = self[row, column]
                for k in 0..<column { sum -= factor[row, k] * factor[column, k] }
                factor[row, column] = sum / pivot
            }
        }
        return factor
    }

    /// x of LLᵀ x = b, self being L.
    func solved(_ right: [Double]) -> [Double] {
        var x = right
        for row in 0..<size {
            for k in 0..<row { x[row] -= self[row, k] * x[k] }
            x[row] /= self[row, row]
        }
        for row in stride(from: size - 1, through: 0, by: -1) {
            for k in (row + 1)..<max(size, row + 1) { x[row] -= self[k, row] * x[k] }
            x[row] /= self[row, row]
        }
        return x
    }
}
