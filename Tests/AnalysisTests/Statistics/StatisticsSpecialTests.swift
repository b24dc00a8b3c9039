internal import FeedbackTestSupport
import Testing

@testable import Analysis

@Suite struct StatisticsSpecialTests {
    @Test func specialFunctionsAgreeWithScipy() {
        func agrees(_ value: Double?, _ expected: Double) -> Bool {
            value.map { abs($0 - expected) <= 1e-12 * max(1, abs(expected)) } ?? false
        }
        #expect(agrees(NormalDistribution.quantile(0.975), 1.959963984540054))
        #expect(agrees(NormalDistribution.quantile(0.9), 1.2815515655446004))
        #expect(agrees(StudentDistribution.quantile(0.975, degrees: 4), 2.776445105197793))
        #expect(agrees(StudentDistribution.quantile(0.975, degrees: 8), 2.306004135204166))
        #expect(agrees(ChiSquareDistribution.tail(above: 3.84, degrees: 1), 0.05004352124870519))
        #expect(agrees(BetaFunction.quantile(0.025, 7.5, 3.5), 0.3941816818513287))
        #expect(agrees(GammaFunction.logarithm(0.243), 1.3180435846996699))
        #expect(agrees(GammaFunction.logarithm(1000.5), 5908.674175848678))
        #expect(agrees(HypergeometricFunction.of(2.243, 4.426, 4.219, 0.474), 4.574781444616262))
        #expect(agrees(HypergeometricFunction.of(1, 6.806096, 7.474184, 1 / 1.1), 7.018110765971316))
    }

    @Test func quantilesInvertTheirShares() {
        var generator = RepeatableGenerator(seed: 11)
        for _ in 0..<300 {
            let share = 0.0005 + 0.999 * generator.share()
            let (a, b) = (0.2 + 40 * generator.share(), 0.2 + 40 * generator.share())
            let x = BetaFunction.quantile(share, a, b)
            #expect(abs(BetaFunction.regularised(x, a, b) - share) < 1e-11, "beta \(share) \(a) \(b)")
            #expect(abs(BetaFunction.regularised(x, a, b) + BetaFunction.regularised(1 - x, b, a) - 1) < 1e-12)
            let degrees = 0.5 + 60 * generator.share()
            let t = StudentDistribution.quantile(share, degrees: degrees)
            #expect(
                abs(1 - StudentDistribution.tail(above: t, degrees: degrees) - share) < 1e-11, "t \(share) \(degrees)")
        }
    }

    @Test func closedFormsHold() {
        // t with one degree is Cauchy, with two algebraic; chi-square with two degrees is exponential.
        #expect(abs(StudentDistribution.tail(above: 1, degrees: 1) - 0.25) < 1e-14)
        #expect(abs(StudentDistribution.tail(above: 2, degrees: 2) - (0.5 - 1 / 6.0.squareRoot())) < 1e-14)
        #expect(abs(ChiSquareDistribution.tail(above: 20, degrees: 2) / 4.5399929762484854e-05 - 1) < 1e-12)
        #expect(ChiSquareDistribution.tail(above: 0, degrees: 3) == 1)
        // 2F1(1, 1; 2; z) = -ln(1 - z) / z; a whole negative parameter ends the series.
        #expect(isNear(HypergeometricFunction.of(1, 1, 2, 0.5), 1.3862943611198906, 1e-14))
        #expect(isNear(HypergeometricFunction.of(-2, 3, 1, 0.25), -0.125, 1e-14))
        #expect(HypergeometricFunction.of(1, 1, 2, 1) == nil)
        #expect(HypergeometricFunction.of(1, 1, -3, 0.5) == nil)
    }

    @Test func ranksShareTies() {
        #expect(OrderStatistics.ranks([3, 1, 3, 2]) == [3.5, 1, 3.5, 2])
        #expect(OrderStatistics.ties([1, 2, 2, 3, 3, 3]) == [2, 3])
        #expect(OrderStatistics.median([]) == nil)
        #expect(OrderStatistics.median([4, 1, 3, 2]) == 2.5)
        #expect(OrderStatistics.ranks([]).isEmpty)
    }

    @Test func theSimplexFindsRosenbrocksValley() {
        let found = NelderMead.least(from: [-1.2, 1]) { x in
            100 * (x[1] - x[0] * x[0]) * (x[1] - x[0] * x[0]) + (1 - x[0]) * (1 - x[0])
        }
        #expect(abs(found.point[0] - 1) < 1e-6 && abs(found.point[1] - 1) < 1e-6)
    }
}
