/// The rising values closest to a series: pool adjacent violators (Barlow et al. 1972; METRICS 5.3).
package enum IsotonicFit {
    /// The fit, one value for each, with equal weights; empty for nothing.
    package static func rising(_ values: [Double]) -> [Double] {
        var blocks: [(sum: Double, count: Int)] = []
        for value in values {
            blocks.append((value, 1))
            // Means compared crosswise, so that equal means do not depend on rounding.
            while blocks.count > 1 {
                let last = blocks[blocks.count - 1]
                let earlier = blocks[blocks.count - 2]
                if earlier.sum * Double(last.count) <= last.sum * Double(earlier.count) { break }
                blocks.removeLast()
                blocks[blocks.count - 1] = (earlier.sum + last.sum, earlier.count + last.count)
            }
        }
        return blocks.flatMap { [Double](repeating: $0.sum / Double($0.count), count: $0.count) }
    }
}
