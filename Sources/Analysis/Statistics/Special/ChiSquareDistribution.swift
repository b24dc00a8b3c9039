#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The chi-square distribution.
package enum ChiSquareDistribution {
    /// The share above a statistic, 0 to 1, with degrees of freedom > 0: the incomplete gamma Q(degrees/2, x/2).
    package static func tail(above statistic: Double, degrees: Int) -> Double {
        precondition(degrees > 0, "degrees of freedom are positive")
        if statistic <= 0 { return 1 }
        let a = Double(degrees) / 2
        let x = statistic / 2
        let front = exp(a * log(x) - x - GammaFunction.logarithm(a))
        return x < a + 1 ? 1 - front * series(a, x) : front * fraction(a, x)
    }

    /// The lower incomplete gamma over its front factor (DLMF 8.7.1).
    private static func series(_ a: Double, _ x: Double) -> Double {
        var term = 1 / a
        var sum = term
        var n = a
        while term > sum * 1e-17 {
            n += 1
            term *= x / n
            sum += term
        }
        return sum
    }

    /// The upper incomplete gamma over its front factor (DLMF 8.9.2, Lentz's method).
    private static func fraction(_ a: Double, _ x: Double) -> Double {
        let tiny = 1e-300
        var b = x + 1 - a
        var c = 1 / tiny
        var d = 1 / b
        var fraction = d
        for step in 1...10_000 {
            let n = Double(step)
            let term = -n * (n - a)
            b += 2
            d = term * d + b
            d = 1 / (abs(d) < tiny ? tiny : d)
            c = b + term / c
            if abs(c) < tiny { c = tiny }
            fraction *= c * d
            if abs(c * d - 1) < 1e-16 { break }
        }
        return fraction
    }
}

/// The outcome of a chi-square test.
package struct ChiSquareTest: Sendable, Hashable {
    /// The statistic, 0 or more.
    package var statistic: Double
    /// Its degrees of freedom, 1 or more.
    package var degrees: Int
    /// P(a statistic at least as large, by chance), 0 to 1.
    package var p: Double

    /// A test by its statistic.
    package init(statistic: Double, degrees: Int) {
        self.statistic = statistic
        self.degrees = degrees
        p = ChiSquareDistribution.tail(above: statistic, degrees: degrees)
    }
}
