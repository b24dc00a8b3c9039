/// What a journal has done since it was opened and what waits now, for the operator.
package struct JournalFigures: Sendable, Equatable {
    /// Batches that were written, by how many decisions shared one.
    package struct Sizes: Sendable, Equatable {
        /// The most decisions of each class of sizes; the last class has no bound.
        package static let bounds = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024]
        /// How many batches each class has.
        package private(set) var counts = [Int](repeating: 0, count: Sizes.bounds.count + 1)
        /// How many decisions all of them had.
        package private(set) var sum = 0

        fileprivate mutating func count(_ steps: Int) {
            counts[Self.bounds.firstIndex { steps <= $0 } ?? Self.bounds.count] += 1
            sum += steps
        }
    }

    /// Batches that succeeded, by size.
    package var batches = Sizes()
    /// Batches that failed; nothing of them was stored.
    package var failures = 0
    /// Lines that were appended.
    package var lines = 0
    /// Files that were synced for them.
    package var syncs = 0
    /// Decisions that were turned away because too many waited.
    package var refused = 0
    /// Decisions that wait now.
    package var waiting = 0
    /// What waits now, in bytes of memory, roughly.
    package var waitingBytes = 0

    mutating func count(steps: Int, lines: Int, syncs: Int, hasFailed: Bool) {
        if hasFailed { failures += 1 } else { batches.count(steps) }
        self.lines += lines
        self.syncs += syncs
    }
}
