internal import FeedbackTestSupport
internal import Records
import Testing

@testable import Analysis

/// Accounts in which not everybody answered, and small ones among many (METRICS 2.3 and 2.4).
@Suite(.enabled(if: SharedStatistics.isPresent)) struct StatisticsShrinkageTests {
    @Test func accountsWithSilentContacts() throws {
        for row in SharedStatistics.expected("nps_finite_population").elements {
            let counts = row["counts"]?.bands ?? PromoterCounts()
            let contacts = row["contacts"]?.integer ?? 0
            #expect(isNear(AccountRange.certain(counts, contacts: contacts), row.numbers("worst_case"), 1e-6))
            let predicted = try #require(AccountRange.predicted(counts, contacts: contacts, prior: .alone, level: 0.95))
            #expect(isNear(predicted.mean, row.number("mean"), 1e-6))
            #expect(isNear(predicted.interval, row.numbers("ci95"), 1e-6))
            #expect(isNear(predicted.negative, row.number("p_negative"), 1e-6))
        }
    }

    @Test func tenAccounts() throws {
        let expected = SharedStatistics.expected("nps_empirical_bayes")
        let accounts = (expected["accounts"]?.elements ?? []).map(\.bands)
        let shrinkage = Shrinkage(accounts: accounts)
        guard case .portfolio(let alpha) = shrinkage else {
            Issue.record("a prior of their own expected, found \(shrinkage)")
            return
        }
        let tolerance = expected.number("tol")
        for (value, figure) in zip([alpha.detractors, alpha.passives, alpha.promoters], expected.numbers("alpha")) {
            #expect(isNear(value, figure, tolerance))
        }
        for (counts, row) in zip(accounts, expected["accounts_out"]?.elements ?? []) {
            let shrunk = try #require(shrinkage.shrunk(counts))
            #expect(isNear(shrunk.value, row.number("shrunk"), tolerance))
            #expect(isNear(shrunk.weight, row.number("own_weight"), tolerance))
        }
    }

    /// Lecturers' first ratings against all their later ones: shrinking must beat both alternatives.
    @Test func lecturersLaterRatings() throws {
        var ratings: [Int: [(order: Int, rating: Int)]] = [:]
        for row in SharedStatistics.rows("grouped_ratings_insteval_odd.csv") {
            func value(_ name: String) -> Int { Int(SharedStatistics.number(row, name)) }
            ratings[value("ratee"), default: []].append((value("order"), value("rating")))
        }
        func counts(_ ratings: ArraySlice<(order: Int, rating: Int)>) -> PromoterCounts {
            PromoterCounts(
                detractors: ratings.count { $0.rating <= 3 }, passives: ratings.count { $0.rating == 4 },
                promoters: ratings.count { $0.rating == 5 })
        }
        let ordered = ratings.sorted { $0.key < $1.key }.map { $0.value.sorted { $0.order < $1.order } }
        for (n, ratees, alpha, errors) in [
            (3, 352, [10.2228, 5.0372, 4.5544], [0.47565, 0.29157, 0.31146]),
            (5, 333, [], [0.40296, 0.26930, 0.30338]),
            (8, 315, [], [0.32910, 0.25384, 0.30288]), (12, 280, [], [0.27248, 0.23443, 0.30132]),
        ] {
            let groups = ordered.filter { $0.count >= n + 20 }
            #expect(groups.count == ratees, "n=\(n)")
            let early = groups.map { counts($0[..<n]) }
            let later = groups.map { counts($0[n...]).value ?? .nan }
            let shrinkage = Shrinkage(accounts: early)
            let prior = shrinkage.prior
            for (value, figure) in zip([prior.detractors, prior.passives, prior.promoters], alpha) {
                #expect(isNear(value, figure, 1e-3 * figure), "n=\(n)")
            }
            let pooled = early.reduce(PromoterCounts(), +).value ?? .nan
            func error(_ guess: (PromoterCounts) -> Double) -> Double {
                let squares = zip(early, later).reduce(0) { $0 + (guess($1.0) - $1.1) * (guess($1.0) - $1.1) }
                return (squares / Double(groups.count)).squareRoot()
            }
            let found = [
                error { $0.value ?? .nan }, error { shrinkage.shrunk($0)?.value ?? .nan }, error { _ in pooled },
            ]
            for (value, figure) in zip(found, errors) { #expect(isNear(value, figure, 2e-5), "n=\(n)") }
            #expect(found[1] < found[0] && found[1] < found[2], "n=\(n)")
        }
    }
}
