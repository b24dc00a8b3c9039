internal import Feedback

/// A listed decision maker without an answer to any recommend question in the window.
enum SilentDecisionMaker: NoticeRule {
    static let id = "silent-decision-maker"
    static let title = "A decision maker is silent"

    static func evaluate(_ account: AccountHistory, _ context: PortfolioContext) -> [Citation] {
        account.people.filter { person in
            person.isListed && person.role == .decisionMaker && person.scores.isEmpty && !person.answeredInConfidence
        }.map { .silent($0) }
    }
}
