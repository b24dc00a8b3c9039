package import Feedback

/// One point of a series on real dates.
package struct DatedValue: Sendable, Hashable {
    /// Days since any fixed day.
    package var day: Int
    /// The value, in its own unit.
    package var value: Double

    /// A point by days since any fixed day.
    package init(day: Int, value: Double) {
        self.day = day
        self.value = value
    }

    /// A point by its date.
    package init(on date: LocalDate, value: Double) { self.init(day: date.dayNumber, value: value) }

    /// A series in the order of its days; equal days keep the lesser value first, so that the order given cannot
    /// matter.
    static func sorted(_ series: some Sequence<DatedValue>) -> [DatedValue] {
        series.sorted { ($0.day, $0.value) < ($1.day, $1.value) }
    }
}
