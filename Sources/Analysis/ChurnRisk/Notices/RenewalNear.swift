internal import Feedback

/// The renewal is near.
enum RenewalNear: NoticeRule {
    static let id = "renewal-near"
    static let title = "Renewal is near"

    static func evaluate(_ account: AccountHistory, _ context: PortfolioContext) -> [Citation] {
        guard let renewal = account.renewal else { return [] }
        let days = renewal.dayNumber - account.asOf.date.dayNumber
        guard (0...context.settings.renewalNoticeDays).contains(days) else { return [] }
        let when = days == 0 ? "today" : days == 1 ? "tomorrow" : "in \(days) days"
        return [.account(at: Timestamp(startOf: renewal), text: "Renewal on \(renewal.words), \(when).")]
    }
}
