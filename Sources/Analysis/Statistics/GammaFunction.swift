#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The logarithm of the gamma function, of our own so that every machine prints the same digits.
package enum GammaFunction {
    /// ln Γ(x) for x > 0, to 1e-13 relative, by Stirling's series after shifting x past 12 (Abramowitz and Stegun
    /// 6.1.40).
    package static func logarithm(_ x: Double) -> Double {
        precondition(x > 0, "the logarithm of gamma is asked for positive values only")
        var x = x
        var product = 1.0
        while x < 12 {
            product *= x
            x += 1
        }
        let inverse = 1 / (x * x)
        let series =
            (1.0 / 12 - inverse * (1.0 / 360 - inverse * (1.0 / 1260 - inverse * (1.0 / 1680 - inverse / 1188)))) / x
        return (x - 0.5) * log(x) - x + 0.918_938_533_204_672_8 + series - log(product)
    }
}
