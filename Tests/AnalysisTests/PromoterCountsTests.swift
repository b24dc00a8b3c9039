internal import Feedback
import Testing

@testable import Analysis

/// Every small set of scores against the textbook.
@Suite struct PromoterCountsTests {
    @Test func everySmallSetOfScores() {
        for n in 0...4 {
            for number in 0..<Self.power(11, n) {
                var scores: [Int] = []
                var rest = number
                for _ in 0..<n {
                    scores.append(rest % 11)
                    rest /= 11
                }
                var counts = PromoterCounts()
                for score in scores { counts.add(score: score) }
                #expect(counts.count == n)
                let promoters = scores.count { $0 >= 9 }
                let detractors = scores.count { $0 <= 6 }
                let textbook = n == 0 ? nil : Double(promoters) / Double(n) - Double(detractors) / Double(n)
                guard let textbook else {
                    #expect(counts.value == nil && counts.variance == nil)
                    continue
                }
                let values = scores.map { Double($0 >= 9 ? 1 : $0 <= 6 ? -1 : 0) }
                let variance = values.reduce(0) { $0 + ($1 - textbook) * ($1 - textbook) } / Double(n)
                if abs((counts.value ?? 9) - textbook) > 1e-15 || abs((counts.variance ?? 9) - variance) > 1e-12 {
                    Issue.record("\(scores)")
                }
            }
        }
    }

    @Test func everythingElseIsRefused() {
        var counts = PromoterCounts()
        let taken = [-1, 11, 100, Int.min, Int.max].filter { counts.add(score: $0) }
        #expect(taken.isEmpty)
        #expect(counts.count == 0)
    }

    @Test func theIntervalHoldsTheScoreAndMirrors() throws {
        for d in 0...6 {
            for p in 0...6 {
                for a in 0...6 where d + p + a > 0 {
                    let counts = PromoterCounts(detractors: d, passives: p, promoters: a)
                    let own = try #require(ScoreInterval.of(counts, z: usualZ))
                    let other = try #require(
                        ScoreInterval.of(PromoterCounts(detractors: a, passives: p, promoters: d), z: usualZ))
                    let value = try #require(counts.value)
                    #expect(-1 <= own.low && own.low <= value && value <= own.high && own.high <= 1, "\(counts)")
                    #expect(isNear(own, [-other.high, -other.low], 1e-9), "\(counts)")
                }
            }
        }
    }

    private static func power(_ base: Int, _ exponent: Int) -> Int {
        (0..<exponent).reduce(1) { product, _ in product * base }
    }
}
