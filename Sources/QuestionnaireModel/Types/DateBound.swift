package import Feedback

/// A bound of a date question: a calendar date, or a day counted from the one of answering, such as `today-18y`.
package enum DateBound: Sendable, Equatable {
    /// The same date for everybody.
    case date(LocalDate)
    /// So many days and months after the day of answering; negative for before.
    case today(days: Int, months: Int)

    /// The furthest from today that a bound may lie, in days or their like: about 150 years.
    private static let mostDays = 55_000

    /// Reads `2026-01-31`, `today`, or `today` with a sign, a number and `d`, `w`, `m` or `y`; nil for anything else.
    package init?(_ text: String) {
        if let date = LocalDate(text) {
            self = .date(date)
            return
        }
        guard text.hasPrefix("today") else { return nil }
        let span = Array(text.utf8.dropFirst(5))
        if span.isEmpty {
            self = .today(days: 0, months: 0)
            return
        }
        let digits = span.dropFirst().dropLast()
        guard let sign = span.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
            (1...5).contains(digits.count), digits.allSatisfy({ (48...57).contains($0) }),
            let written = Int(String(decoding: digits, as: UTF8.self))
        else { return nil }
        let number = sign == UInt8(ascii: "-") ? -written : written
        let (days, months, length): (Int, Int, Int)
        switch span.last {
        case UInt8(ascii: "d"): (days, months, length) = (number, 0, written)
        case UInt8(ascii: "w"): (days, months, length) = (7 * number, 0, 7 * written)
        case UInt8(ascii: "m"): (days, months, length) = (0, number, 31 * written)
        case UInt8(ascii: "y"): (days, months, length) = (0, 12 * number, 366 * written)
        default: return nil
        }
        if length > Self.mostDays { return nil }
        self = .today(days: days, months: months)
    }

    /// The date it means on a day; the last of the month where that has no such day, as 31 January and a month.
    package func date(on today: LocalDate) -> LocalDate {
        guard case .today(let days, let months) = self else {
            if case .date(let date) = self { return date }
            return today
        }
        if months == 0 { return today.adding(days: days) }
        let month = today.year * 12 + today.month - 1 + months
        for day in stride(from: today.day, through: 1, by: -1) {
            if let date = LocalDate(year: month / 12, month: month % 12 + 1, day: day) { return date }
        }
        return today
    }

    /// The date, where it is the same for everybody.
    package var fixed: LocalDate? { if case .date(let date) = self { date } else { nil } }
}
