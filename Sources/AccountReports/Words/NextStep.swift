package import Analysis
internal import Feedback

/// What to do next for an account, in a sentence or two: first whom to call, then whom to ask.
package struct NextStep: Sendable {
    /// The words.
    package let words: String

    /// The next step that an account's flags, people and dates suggest.
    package init(_ detail: AccountDetail) {
        let account = detail.analysis
        var steps: [String] = []
        let unhappy = detail.people.filter { ($0.score ?? 10) <= 6 }.sorted { left, right in
            let (a, b) = (left.role == .decisionMaker, right.role == .decisionMaker)
            return a != b ? a : (left.at ?? .distantPast) > (right.at ?? .distantPast)
        }
        if let person = unhappy.first {
            steps.append(
                "Call \(Self.name(person)), who gave \(person.score ?? 0)\(person.at.map { " on " + $0.date.words } ?? "")."
            )
        } else if let fallen = detail.people.first(where: { person in
            person.score.flatMap { score in person.earlier.map { $0 - score >= 3 } } ?? false
        }) {
            steps.append(
                "Ask \(Self.name(fallen)) what changed: \(fallen.earlier ?? 0) before, \(fallen.score ?? 0) now.")
        } else if account.flags.contains(where: { $0.rule == "purchase-gap" }) {
            steps.append("Find out why they stopped buying.")
        }
        if let silent = detail.people.first(where: {
            $0.score == nil && $0.isListed && $0.role == .decisionMaker && !$0.answeredInConfidence
        }) {
            steps.append(
                "\(steps.isEmpty ? "Ask" : "Then ask") \(Self.name(silent)): a decision maker's answer tells you most.")
        } else if account.answered == 0, account.contacts > 0 {
            steps.append("Ask anybody: nobody has spoken yet.")
        } else if account.contacts == 0 {
            steps.append("Find out who decides there: no contact is listed.")
        }
        if let renewal = account.renewal {
            let days = renewal.dayNumber - detail.asOf.date.dayNumber
            if (0...detail.settings.renewalNoticeDays).contains(days) {
                steps.append("Do it before the renewal on \(renewal.words).")
            }
        }
        if steps.isEmpty { steps.append("Nothing presses. Thank those who praise you, and ask one for a referral.") }
        words = steps.joined(separator: " ")
    }

    private static func name(_ person: PersonDetail) -> String { person.name ?? person.id.rawValue }
}

extension Timestamp {
    /// A moment before all others, for comparing what has none.
    fileprivate static let distantPast = Timestamp(milliseconds: .min)
}
