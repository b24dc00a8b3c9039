#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Wilson's interval of a share (Wilson 1927; METRICS 3).
package enum WilsonInterval {
    /// The interval on [0, 1] of k among n at a normal quantile; nil when n is 0.
    package static func of(_ k: Int, among n: Int, z: Double) -> Interval? {
        guard n > 0 else { return nil }
        let n = Double(n)
        let share = Double(k) / n
        let square = z * z
        let middle = (share + square / (2 * n)) / (1 + square / n)
        let half = z / (1 + square / n) * sqrt(share * (1 - share) / n + square / (4 * n * n))
        // At none or all, rounding must not push an end past the share itself.
        return Interval(k == 0 ? 0 : max(0, middle - half), Double(k) == n ? 1 : min(1, middle + half))
    }
}
