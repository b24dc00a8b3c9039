/// Whether each value of a series follows from the one before, which makes any trend test too eager (METRICS 4).
package enum Autocorrelation {
    /// Lag-1 autocorrelation of values in order, -1 to 1; nil with fewer than three values or when nothing varies.
    package static func lagOne(_ values: [Double]) -> Double? {
        guard values.count >= 3 else { return nil }
        let mean = values.reduce(0, +) / Double(values.count)
        let spread = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        guard spread > 0 else { return nil }
        return zip(values, values.dropFirst()).reduce(0) { $0 + ($1.0 - mean) * ($1.1 - mean) } / spread
    }

    /// Lag-1 autocorrelation of what Theil–Sen's line leaves, -1 to 1; nil with fewer than three points or no line.
    package static func ofResiduals(_ series: some Sequence<DatedValue>) -> Double? {
        let points = DatedValue.sorted(series)
        guard let line = TheilSenSlope(points, z: 1) else { return nil }
        return lagOne(points.map { $0.value - line.slope * Double($0.day) })
    }

    /// Whether the note is printed: at least 12 points whose residuals follow each other by more than 0.3.
    package static func isNoted(_ series: some Sequence<DatedValue>) -> Bool {
        let points = Array(series)
        guard points.count >= 12, let lag = ofResiduals(points) else { return false }
        return lag > 0.3
    }

    /// Mann–Kendall on each value less lag-1 times the one before (von Storch 1995), to print beside the plain test.
    /// Nil with fewer than four points or when nothing varies.
    package static func prewhitened(_ series: some Sequence<DatedValue>) -> MannKendall? {
        let points = DatedValue.sorted(series)
        guard points.count >= 4, let lag = lagOne(points.map(\.value)) else { return nil }
        return MannKendall(
            zip(points, points.dropFirst()).map { DatedValue(day: $1.day, value: $1.value - lag * $0.value) })
    }
}
