#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The beta function and its incomplete, regularised form.
package enum BetaFunction {
    /// ln B(a, b) for a, b > 0.
    package static func logarithm(_ a: Double, _ b: Double) -> Double {
        GammaFunction.logarithm(a) + GammaFunction.logarithm(b) - GammaFunction.logarithm(a + b)
    }

    /// B(a, b + n) / B(a, b) for whole n >= 0, on (0, 1]: the product of (b + i) / (a + b + i), which cannot cancel.
    package static func ratio(_ a: Double, _ b: Double, adding n: Int) -> Double {
        var product = 1.0
        for i in 0..<max(0, n) { product *= (b + Double(i)) / (a + b + Double(i)) }
        return product
    }

    /// I(x; a, b), 0 to 1, for a, b > 0: a beta variable's share below x (continued fraction, DLMF 8.17.22).
    package static func regularised(_ x: Double, _ a: Double, _ b: Double) -> Double {
        if x <= 0 { return 0 }
        if x >= 1 { return 1 }
        // The fraction converges fast below the mean only; above it the mirror image is taken.
        if x > (a + 1) / (a + b + 2) { return 1 - lower(1 - x, b, a) }
        return lower(x, a, b)
    }

    /// The x at which I(x; a, b) is the share, for shares from 0 to 1; to 1e-13.
    package static func quantile(_ share: Double, _ a: Double, _ b: Double) -> Double {
        if share <= 0 { return 0 }
        if share >= 1 { return 1 }
        let scale = logarithm(a, b)
        return MonotoneRoot.rising(
            to: share, from: 0, through: 1, value: { regularised($0, a, b) },
            slope: { exp((a - 1) * log($0) + (b - 1) * log1p(-$0) - scale) })
    }

    private static func lower(_ x: Double, _ a: Double, _ b: Double) -> Double {
        let front = exp(a * log(x) + b * log1p(-x) - logarithm(a, b)) / a
        let tiny = 1e-300
        var c = 1.0
        var d = 1 - (a + b) * x / (a + 1)
        d = 1 / (abs(d) < tiny ? tiny : d)
        var fraction = d
        for step in 1...10_000 {
            let m = Double(step)
            for term in [
                m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
                -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
            ] {
                d = 1 + term * d
                d = 1 / (abs(d) < tiny ? tiny : d)
                c = 1 + term / c
                if abs(c) < tiny { c = tiny }
                fraction *= c * d
            }
            if abs(c * d - 1) < 1e-16 { break }
        }
        return front * fraction
    }
}
