#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The standard normal distribution.
package enum NormalDistribution {
    /// The share below a value, 0 to 1.
    package static func share(below x: Double) -> Double { 0.5 * erfc(-x / 2.0.squareRoot()) }

    /// The value below which a share lies, for shares strictly between 0 and 1; to 1e-14 (Newton on `erfc`).
    package static func quantile(_ share: Double) -> Double {
        precondition(share > 0 && share < 1, "a share lies between 0 and 1")
        if share == 0.5 { return 0 }
        if share > 0.5 { return -quantile(1 - share) }
        var low = -40.0
        var high = 0.0
        while high - low > 1e-6 {
            let middle = (low + high) / 2
            if Self.share(below: middle) < share { low = middle } else { high = middle }
        }
        var x = (low + high) / 2
        for _ in 0..<3 {
            let density = exp(-x * x / 2) / (2 * Double.pi).squareRoot()
            if density == 0 { break }
            x -= (Self.share(below: x) - share) / density
        }
        return x
    }

    /// The quantile for a two-sided interval of a level, such as 1.959963984540054 for 0.95.
    package static func z(level: Double) -> Double { quantile(0.5 + level / 2) }
}
