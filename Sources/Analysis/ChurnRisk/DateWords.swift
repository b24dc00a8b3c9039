package import Feedback

extension LocalDate {
    /// The date as people write it: `21 Nov 2026`.
    package var words: String { "\(day) \(Self.months[month - 1]) \(year)" }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}
