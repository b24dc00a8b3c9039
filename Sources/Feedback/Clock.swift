#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Says what time it is; passed in wherever time matters, so that tests can fix it.
package protocol TimeSource: Sendable {
    /// The present moment; an implementation may step backwards, as real clocks do.
    func now() -> Timestamp
}

/// The machine's own clock.
package struct SystemTime: TimeSource {
    /// The machine's own clock.
    package init() {}

    package func now() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }
}

/// A clock that stands still, for reports about a past moment and for tests.
package struct FixedTime: TimeSource {
    private let moment: Timestamp

    /// A clock that always says the same moment.
    package init(_ moment: Timestamp) { self.moment = moment }

    package func now() -> Timestamp { moment }
}
