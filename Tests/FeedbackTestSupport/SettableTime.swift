package import Feedback
internal import Synchronization

/// A clock that shows what a test sets, also backwards.
package final class SettableTime: TimeSource {
    private let moment: Mutex<Timestamp>

    /// A clock that begins at a moment.
    package init(_ moment: Timestamp) { self.moment = Mutex(moment) }

    package func now() -> Timestamp { moment.withLock { $0 } }

    /// Sets the clock.
    package func set(_ moment: Timestamp) { self.moment.withLock { $0 = moment } }
}
