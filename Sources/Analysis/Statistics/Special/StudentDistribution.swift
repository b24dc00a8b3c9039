#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Student's t distribution.
package enum StudentDistribution {
    /// The share above t, 0 to 1, with degrees of freedom > 0.
    package static func tail(above t: Double, degrees: Double) -> Double {
        if t < 0 { return 1 - tail(above: -t, degrees: degrees) }
        let square = t * t
        // Each form is used where its argument is not the difference of near equals.
        if square < degrees {
            return 0.5 - 0.5 * BetaFunction.regularised(square / (degrees + square), 0.5, degrees / 2)
        }
        return 0.5 * BetaFunction.regularised(degrees / (degrees + square), degrees / 2, 0.5)
    }

    /// The value below which a share lies, for shares strictly between 0 and 1 and degrees of freedom > 0; to 1e-13.
    package static func quantile(_ share: Double, degrees: Double) -> Double {
        precondition(share > 0 && share < 1 && degrees > 0, "a share lies between 0 and 1, degrees are positive")
        if share == 0.5 { return 0 }
        if share < 0.5 { return -quantile(1 - share, degrees: degrees) }
        var high = 2.0
        while tail(above: high, degrees: degrees) > 1 - share, high < 1e100 { high *= 2 }
        let scale = -BetaFunction.logarithm(0.5, degrees / 2) - 0.5 * log(degrees)
        return MonotoneRoot.rising(
            to: share - 1, from: 0, through: high, value: { -tail(above: $0, degrees: degrees) },
            slope: { exp(scale - (degrees + 1) / 2 * log1p($0 * $0 / degrees)) })
    }

    /// The quantile for a two-sided interval of a level, such as 2.776445105197793 for 0.95 and 4 degrees.
    package static func t(level: Double, degrees: Int) -> Double? {
        degrees > 0 ? quantile(0.5 + level / 2, degrees: Double(degrees)) : nil
    }
}
