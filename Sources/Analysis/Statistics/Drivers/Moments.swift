/// Sums and products of columns by cluster, so that a resample adds clusters instead of rows.
struct Moments: Sendable {
    /// Sums over some rows: count, sums, and products of each pair, of columns moved to their means.
    struct Sums: Sendable {
        let size: Int
        var count = 0.0
        var sums: [Double]
        var products: [Double]

        init(size: Int) {
            self.size = size
            sums = [Double](repeating: 0, count: size)
            products = [Double](repeating: 0, count: size * size)
        }

        mutating func add(row: [Double]) {
            count += 1
            for i in 0..<size {
                sums[i] += row[i]
                for j in 0...i { products[i * size + j] += row[i] * row[j] }
            }
        }

        mutating func add(_ other: Sums) {
            count += other.count
            for i in 0..<sums.count { sums[i] += other.sums[i] }
            for i in 0..<products.count { products[i] += other.products[i] }
        }

        /// The correlations of some columns, the last being the target; nil when the target does not vary.
        /// A driver that does not vary correlates with nothing, itself included.
        func correlations(of columns: [Int]) -> SymmetricMatrix? {
            guard count > 1, let target = columns.last else { return nil }
            func covariance(_ i: Int, _ j: Int) -> Double {
                products[max(i, j) * size + min(i, j)] - sums[i] * sums[j] / count
            }
            let scale = columns.map { column in
                let variance = covariance(column, column)
                return variance > 1e-12 * products[column * size + column] ? 1 / variance.squareRoot() : 0
            }
            guard scale[columns.count - 1] > 0, covariance(target, target) > 0 else { return nil }
            var matrix = SymmetricMatrix(size: columns.count)
            for (i, one) in columns.enumerated() {
                for (j, two) in columns.enumerated() { matrix[i, j] = covariance(one, two) * scale[i] * scale[j] }
            }
            return matrix
        }
    }

    /// Over all rows.
    private(set) var total: Sums
    private var clusters: [Sums] = []

    /// Columns of equal length; without clusters every row is its own.
    init(columns: [[Double]], clusters names: [Int]?) {
        let count = columns.first?.count ?? 0
        precondition(names.map { $0.count == count } ?? true, "every row has a cluster")
        total = Sums(size: columns.count)
        let means = columns.map { $0.sorted().reduce(0, +) / Double(max(1, count)) }
        // By cluster, then by value, so that the order of the rows changes neither a digit nor a draw.
        let values: [[Double]] = (0..<count).map { row in columns.indices.map { columns[$0][row] - means[$0] } }
        let owners = names ?? [Int](repeating: 0, count: count)
        let order = (0..<count).sorted { one, two in
            owners[one] == owners[two]
                ? values[one].lexicographicallyPrecedes(values[two]) : owners[one] < owners[two]
        }
        var last: Int?
        for row in order {
            total.add(row: values[row])
            if names == nil || owners[row] != last { clusters.append(Sums(size: columns.count)) }
            clusters[clusters.count - 1].add(row: values[row])
            last = owners[row]
        }
    }

    /// As many clusters as there are, drawn with replacement.
    func resampled(_ generator: inout RepeatableGenerator) -> Sums {
        var sample = Sums(size: total.size)
        for _ in clusters { sample.add(clusters[generator.index(below: clusters.count)]) }
        return sample
    }
}
