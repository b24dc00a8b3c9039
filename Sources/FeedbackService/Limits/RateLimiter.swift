internal import Feedback
internal import Synchronization

/// Counts what a client does in windows of fixed length, in bounded memory.
final class RateLimiter<Key: Hashable & Sendable>: Sendable {
    private struct State {
        var window: Int64 = 0
        var counts: [Key: Int] = [:]
    }

    private let most: Int
    private let seconds: Int64
    /// More different clients than this in one window are not told apart any further; the rest share one count.
    private let mostKeys = 100_000
    private let state = Mutex((state: State(), others: 0))

    /// At most so many in each window of so many seconds.
    init(most: Int, seconds: Int64) {
        self.most = most
        self.seconds = seconds
    }

    /// Counts one; nil when that is within the limit, else the seconds until the next window.
    func count(_ key: Key, at now: Timestamp) -> Int? {
        let (window, passed) = (now.milliseconds / 1000).quotientAndRemainder(dividingBy: seconds)
        return state.withLock { all in
            if all.state.window != window { all = (State(window: window), 0) }
            let count: Int
            if all.state.counts.count < mostKeys || all.state.counts[key] != nil {
                count = all.state.counts[key, default: 0] + 1
                all.state.counts[key] = count
            } else {
                all.others += 1
                count = all.others
            }
            return count > most ? Int(seconds - passed) : nil
        }
    }

    /// Takes one back that turned out not to count, if its window is not over.
    func forgive(_ key: Key, at now: Timestamp) {
        let window = now.milliseconds / 1000 / seconds
        state.withLock { all in
            guard all.state.window == window, let count = all.state.counts[key] else { return }
            all.state.counts[key] = count > 1 ? count - 1 : nil
        }
    }
}
