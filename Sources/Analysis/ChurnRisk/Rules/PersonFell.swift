internal import Feedback

/// A person whose latest answer to a question is 3 or more below the one before.
enum PersonFell: ChurnRiskRule {
    static let id = "person-fell"
    static let title = "Somebody's score fell"

    /// How many points count as a fall.
    static let fall = 3

    static func evaluate(_ account: AccountHistory, _ context: PortfolioContext) -> Finding? {
        var citations: [Citation] = []
        var since: Timestamp?
        var remedies: [String] = []
        for person in account.people where person.isNamed && person.scores.count > 1 {
            for (last, before) in falls(person) {
                citations.append(.score(person, last, before: before))
                let least = last.score - fall + 1
                remedies.append(
                    "\(person.shortWords) answers again, " + (least > 0 ? "with \(least) or more" : "without a further fall"))
                since = min(since ?? last.at, last.at)
            }
        }
        guard let since else { return nil }
        return Finding(
            since: since, citations: citations, clears: "Clears when \(remedies.joined(separator: " and ")).")
    }

    /// The latest and the one before of every question whose score fell.
    private static func falls(_ person: PersonHistory) -> [(last: GivenScore, before: GivenScore)] {
        let scores = person.scores
        var seen: [Int32] = []
        var found: [(GivenScore, GivenScore)] = []
        for index in scores.indices.reversed() {
            let last = scores[index]
            if seen.contains(last.group) { continue }
            seen.append(last.group)
            guard let before = scores[..<index].last(where: { $0.group == last.group }), before.score - last.score >= fall
            else { continue }
            found.append((last, before))
        }
        return found
    }
}
