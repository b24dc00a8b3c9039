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
        var remedies: [(PersonHistory, String)] = []
        for person in account.people where person.isNamed && person.scores.count > 1 {
            for (last, before) in falls(person) {
                citations.append(.score(person, last, before: before))
                // Enough whether the next answer takes the place of this one, in the same wave, or follows it.
                remedies.append((person, "answers \(before.score - fall + 1) or more"))
                since = min(since ?? last.at, last.at)
            }
        }
        guard let since else { return nil }
        return Finding(since: since, citations: citations, remedy: .people(remedies))
    }

    static func fires(_ account: AccountHistory, _ context: PortfolioContext) -> Bool {
        account.people.contains { $0.isNamed && $0.scores.count > 1 && !falls($0).isEmpty }
    }

    /// The latest and the one before of every question whose score fell.
    private static func falls(_ person: PersonHistory) -> [(last: CountedScore, before: CountedScore)] {
        let scores = person.scores
        var found: [(CountedScore, CountedScore)] = []
        for index in scores.indices.reversed() {
            let last = scores[index]
            // Only the latest of its question.
            if scores[scores.index(after: index)...].contains(where: { $0.group == last.group }) { continue }
            guard let before = scores[..<index].last(where: { $0.group == last.group }),
                before.score - last.score >= fall
            else { continue }
            found.append((last, before))
        }
        return found
    }
}
