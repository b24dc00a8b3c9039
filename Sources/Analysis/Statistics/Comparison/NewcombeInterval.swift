/// The difference of two shares (METRICS 3).
package enum NewcombeInterval {
    /// The interval on [-1, 1] of k₁/n₁ - k₂/n₂ from the two Wilson intervals (Newcombe 1998, method 10); nil when n
    /// is 0.
    package static func of(_ first: Int, among all: Int, _ second: Int, among others: Int, z: Double) -> Interval? {
        guard let one = WilsonInterval.of(first, among: all, z: z),
            let two = WilsonInterval.of(second, among: others, z: z)
        else { return nil }
        return IndependentChange.mover(
            Double(first) / Double(all), one, Double(second) / Double(others), two)
    }
}
