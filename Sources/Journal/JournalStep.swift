package import Feedback

/// What a decision may see and do: the state of the logs as of now, under the folder's lock, and lines to append.
///
/// Confined to the journal's thread. What a decision appends is seen by later decisions of the same batch, and is
/// taken back
/// with them when the batch cannot be written; when the decision throws, only its own lines are dropped.
package final class JournalStep {
    /// The moment the batch began.
    package let now: Timestamp
    private let store: LogStore
    private var pending: [LogName: PendingLines] = [:]
    private var order: [LogName] = []
    private var looked: Set<LogName> = []

    init(_ store: LogStore, now: Timestamp) {
        self.store = store
        self.now = now
    }

    /// Every line of a key, in journal order, without line ends; keys of different texts may fall together.
    package func lines(_ log: LogName, _ key: LineKey) throws(JournalError) -> [[UInt8]] {
        try look(log)
        let stored = try store.lines(log, key)
        guard let pending = pending[log] else { return stored }
        return stored + pending.lines(key)
    }

    /// Rises whenever lines of a log are added or gone; what this batch is about to add does not count yet.
    package func generation(_ log: LogName) throws(JournalError) -> Int {
        try look(log)
        return store.generation(log)
    }

    /// The moment that a line appended now is recorded at: never before that of an earlier line, whatever the clock
    /// does.
    ///
    /// `clock` is the moment to go by where the batch's own would tell too much.
    package func moment(_ log: LogName, clock: Timestamp? = nil) throws(JournalError) -> Timestamp {
        try look(log)
        return max(clock ?? now, pending[log]?.moment ?? store.lastMoment(log))
    }

    /// Appends a line recorded at a moment that `moment` gave, line end included, that can be found by some keys.
    package func append(
        to log: LogName, at moment: Timestamp, keys: [LineKey], _ write: (inout [UInt8]) -> Void
    ) throws(JournalError) {
        try look(log)
        if pending[log] == nil { pending[log] = PendingLines(moment: moment) }
        let length = pending[log]?.write(at: moment, keys: keys, write) ?? 0
        order.append(log)
        guard length <= LineScanner.longestLine else {
            keepFirst(order.count - 1)
            throw .tooLong(log, length)
        }
    }

    /// How many lines were appended so far.
    var count: Int { order.count }

    /// Drops all lines behind the first ones.
    func keepFirst(_ count: Int) {
        for log in Set(order[count...]) {
            let kept = order[..<count].count { $0 == log }
            if kept == 0 { pending[log] = nil } else { pending[log]?.keepFirst(kept) }
        }
        order.removeSubrange(count...)
    }

    /// The batch's lines by log, in a fixed order.
    var batch: [(log: LogName, lines: PendingLines)] {
        pending.sorted { ($0.key.folder, $0.key.stem ?? "") < ($1.key.folder, $1.key.stem ?? "") }
            .map { (log: $0.key, lines: $0.value) }
    }

    /// The logs that were looked at.
    var touched: Set<LogName> { looked }

    /// Makes sure that a log is caught up with, once a batch.
    package func look(_ log: LogName) throws(JournalError) {
        guard !looked.contains(log) else { return }
        try store.look(log, isLocked: true)
        looked.insert(log)
    }
}
