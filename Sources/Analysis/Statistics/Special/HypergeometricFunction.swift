/// Gauss's hypergeometric function.
package enum HypergeometricFunction {
    /// 2F1(a, b; c; z) for |z| < 1 by its power series (DLMF 15.2.1); nil outside, at a pole, or without convergence.
    package static func of(_ a: Double, _ b: Double, _ c: Double, _ z: Double) -> Double? {
        guard abs(z) < 1, !(c <= 0 && c == c.rounded()) else { return nil }
        var term = 1.0
        var sum = 1.0
        for step in 0..<4_000_000 {
            let n = Double(step)
            let factor = (a + n) * (b + n) / ((c + n) * (n + 1)) * z
            term *= factor
            sum += term
            if term == 0 { return sum }
            // Terms must be falling, and what is left of a geometric tail must no longer count.
            if abs(factor) < 1, abs(term) <= 1e-17 * abs(sum) * (1 - abs(factor)) { return sum }
            if !sum.isFinite { return nil }
        }
        return nil
    }
}
