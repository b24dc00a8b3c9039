internal import Feedback
internal import Synchronization

/// The Date header (RFC 9110 section 5.6.7), made anew only when the second has changed.
final class DateHeader: Sendable {
    private let time: any TimeSource
    private let last = Mutex((second: Int64.min, text: ""))

    init(time: any TimeSource) { self.time = time }

    /// The present moment, such as `Sun, 22 Nov 2026 10:12:12 GMT`.
    var value: String {
        let now = time.now()
        let second = now.milliseconds / 1000
        return last.withLock { last in
            if last.second != second { last = (second, Self.format(now)) }
            return last.text
        }
    }

    static func format(_ moment: Timestamp) -> String {
        let date = moment.date
        // 1970-01-01 was a Thursday.
        let weekday = ((date.dayNumber % 7) + 11) % 7
        let day = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][weekday]
        let month = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][date.month - 1]
        let text = moment.description
        return "\(day), \(text.dropFirst(8).prefix(2)) \(month) \(text.prefix(4)) \(text.dropFirst(11).prefix(8)) GMT"
    }
}
