/// Where a rising function reaches a value: Newton's steps, kept inside a shrinking bracket.
enum MonotoneRoot {
    /// The x between two ends at which `value` is the target, as exactly as doubles allow; an end when it is not
    /// between.
    static func rising(
        to target: Double, from low: Double, through high: Double,
        value: (Double) -> Double, slope: (Double) -> Double
    ) -> Double {
        var low = low
        var high = high
        var x = (low + high) / 2
        for _ in 0..<200 {
            let difference = value(x) - target
            if difference == 0 { return x }
            if difference < 0 { low = x } else { high = x }
            let slope = slope(x)
            var next = x - difference / slope
            if !(slope > 0) || !(next > low && next < high) { next = (low + high) / 2 }
            if abs(next - x) <= 1e-16 * abs(x) || next == low || next == high { return next }
            x = next
        }
        return x
    }
}
