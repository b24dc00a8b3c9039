package import Feedback

/// The dates that `today` may mean at one moment: whoever answers may be anywhere on Earth.
///
/// Bounds counted from today are kept by the date that is kinder to the customer, so that nobody is refused at midnight.
package struct AnsweringDay: Sendable, Hashable {
    /// The date where it is still earliest, at UTC-12.
    package let earliest: LocalDate
    /// The date where it is already latest, at UTC+14.
    package let latest: LocalDate

    /// The dates at a moment.
    package init(at moment: Timestamp) {
        earliest = moment.adding(milliseconds: -12 * 3_600_000).date
        latest = moment.adding(milliseconds: 14 * 3_600_000).date
    }
}
