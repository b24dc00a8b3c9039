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
        for person in account.people where person.id != nil {
            for (last, before) in falls(person) {
                citations.append(.score(person, last, before: before))
                let name = person.name ?? person.id ?? "this person"
                remedies.append("\(name) answers \(max(0, last.score - fall + 1)) or more next time")
                since = min(since ?? last.at, last.at)
            }
        }
        guard let since else { return nil }
        return Finding(
            since: since, citations: citations, clears: "Clears when \(remedies.joined(separator: " and ")).")
    }

    /// The latest and the one before of every question whose score fell.
    private static func falls(_ person: PersonHistory) -> [(last: GivenScore, before: GivenScore)] {
        guard person.scores.count > 1 else { return [] }
        var seen: Set<Int> = []
        var found: [(GivenScore, GivenScore)] = []
        for index in person.scores.indices.reversed() {
            let last = person.scores[index]
            guard seen.insert(last.group).inserted,
                let before = person.scores[..<index].last(where: { $0.group == last.group }),
                before.score - last.score >= fall
            else { continue }
            found.append((last, before))
        }
        return found
    }
}
