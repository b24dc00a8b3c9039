internal import Feedback

/// A decision maker whose latest answer to any recommend question is 6 or less.
enum DecisionMakerDetractor: ChurnRiskRule {
    static let id = "decision-maker-detractor"
    static let title = "A decision maker is a detractor"

    static func fires(_ account: AccountHistory, _ context: PortfolioContext) -> Bool {
        account.people.contains { $0.role == .decisionMaker && $0.scores.last?.isDetractor == true }
    }

    static func evaluate(_ account: AccountHistory, _ context: PortfolioContext) -> Finding? {
        var citations: [Citation] = []
        var since: Timestamp?
        var remedies: [(PersonHistory, String)] = []
        for person in account.people where person.role == .decisionMaker {
            guard let last = person.scores.last, last.isDetractor else { continue }
            let before = person.scores.dropLast().last { $0.group == last.group }
            citations.append(.score(person, last, before: before))
            remedies.append((person, "answers 7 or more"))
            // Held since the first of the unbroken run of such answers.
            let first = person.scores.reversed().prefix { $0.isDetractor }.last ?? last
            since = min(since ?? first.at, first.at)
        }
        guard let since else { return nil }
        return Finding(since: since, citations: citations, remedy: .people(remedies))
    }
}
