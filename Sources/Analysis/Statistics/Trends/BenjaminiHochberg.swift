/// False discoveries kept rare over all tests of one report (Benjamini and Hochberg 1995; METRICS 4).
package enum BenjaminiHochberg {
    /// The adjusted p of each p, 0 to 1, in the order given: rejected at q when at most q. Empty for no tests.
    package static func adjusted(_ p: [Double]) -> [Double] {
        let order = p.indices.sorted { (p[$0], $0) < (p[$1], $1) }
        var adjusted = p
        var least = 1.0
        for (rank, index) in order.enumerated().reversed() {
            least = min(least, p[index] * Double(p.count) / Double(rank + 1))
            adjusted[index] = least
        }
        return adjusted
    }
}
