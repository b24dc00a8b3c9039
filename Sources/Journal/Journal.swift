internal import Dispatch
package import Feedback
internal import Synchronization

/// The append-only logs of one folder, and the one serial step by which they change (DESIGN section 5).
///
/// Any number of tasks hand in decisions. One thread takes all that wait, locks the folder, catches up with what other
/// processes
/// appended, runs the decisions one after another, writes each log's new lines with one write and one sync, unlocks,
/// and only then
/// tells everyone. What is told is on disk; when a batch fails, none of it happened.
package final class Journal: Sendable {
    /// How long another process may keep the lock before those waiting are told, in milliseconds.
    package static let patience = 10_000

    /// The folder.
    package let root: String
    /// The file system.
    package let files: any FileSystem
    private let store: LogStore
    private let thread: JournalThread?

    /// The logs of a folder that is there; nothing is read yet.
    ///
    /// `settled` is called on the journal's thread after each batch that succeeded, with the logs it looked at.
    package init(
        root: String, files: any FileSystem, time: any TimeSource, isReadOnly: Bool = false, lock: FolderLock? = nil,
        steps: Int = 4096, bytes: Int = 64 << 20, patience: Int = Journal.patience,
        schema: @escaping @Sendable (LogName) -> LogSchema,
        settled: @escaping @Sendable (Set<LogName>) -> Void = { _ in }
    ) {
        self.root = root
        self.files = files
        store = LogStore(root: root, files: files, schema: schema)
        thread =
            isReadOnly
            ? nil
            : JournalThread(
                store, lock: lock ?? FolderLock(root: root, files: files), time: time,
                bounds: JournalThread.Bounds(steps: steps, bytes: bytes), patience: patience, settled: settled)
    }

    deinit { thread?.close(waiting: false) }

    /// Runs a decision in the serial step and returns what it came to, once its lines are on disk.
    ///
    /// Of a decision that throws nothing is written. `bytes` is what waiting for it costs in memory, roughly.
    package func step<T: Sendable>(
        weighing bytes: Int = 512, _ decide: @escaping @Sendable (JournalStep) throws -> T
    ) async throws -> T {
        guard let thread else { throw JournalError.readOnly(root) }
        let result: Result<T, any Error> = await withCheckedContinuation { continuation in
            let waiting = WaitingStep(weight: bytes, decide) { continuation.resume(returning: $0) }
            if let refusal = thread.enqueue(waiting) { continuation.resume(returning: .failure(refusal)) }
        }
        return try result.get()
    }

    /// The same for callers that are not in a task; never to be called from within a decision.
    package func blockingStep<T: Sendable>(_ decide: @escaping @Sendable (JournalStep) throws -> T) throws -> T {
        guard let thread else { throw JournalError.readOnly(root) }
        let done = DispatchSemaphore(value: 0)
        let outcome = Mutex<Result<T, any Error>>(.failure(JournalError.closed))
        let waiting = WaitingStep(weight: 512, decide) { result in
            outcome.withLock { $0 = result }
            done.signal()
        }
        if let refusal = thread.enqueue(waiting) { throw refusal }
        done.wait()
        return try outcome.withLock { $0 }.get()
    }

    /// Every line of a key as of the last look, without line ends; keys of different texts may fall together.
    package func lines(_ log: LogName, _ key: LineKey) throws(JournalError) -> [[UInt8]] {
        try know(log)
        do { return try store.lines(log, key) } catch .file(let error) where error.isStale {
            // Another process has rewritten a segment.
            try lookForNews(log)
            return try store.lines(log, key)
        }
    }

    /// The segments of a log as of the last look, in order.
    package func segments(_ log: LogName) throws(JournalError) -> [LogSegment] {
        try know(log)
        do { return try store.segments(log) } catch { throw .file(error) }
    }

    /// Calls back for every whole line of a log, in order, as of the last look; lines too long to be read are left out.
    package func eachLine(_ log: LogName, _ body: (ArraySlice<UInt8>) -> Void) throws(JournalError) {
        for segment in try segments(log) {
            do {
                let file = try files.open(segment.path, .reading)
                let status = try file.status()
                // One that was rewritten since the last look was put in place whole.
                let end = status.inode == segment.inode ? segment.end : status.size
                _ = try LineScanner.scan(file, from: 0, to: end) { line in
                    if !line.bytes.isEmpty { body(line.bytes) }
                }
            } catch { throw .file(error) }
        }
    }

    /// Rises whenever lines of a log are added or gone.
    package func generation(_ log: LogName) throws(JournalError) -> Int {
        try know(log)
        return store.generation(log)
    }

    /// Catches up with a log if others seem to have changed it; never to be called from within a decision.
    ///
    /// For what was looked up in vain, because a command beside this process may just have written it.
    package func lookForNews(_ log: LogName) throws(JournalError) {
        try know(log)
        do { guard try store.with(log, { (log) throws(FileError) in try log.hasNews() }) else { return } } catch {
            throw .file(error)
        }
        if thread == nil { return try store.look(log, isLocked: false) }
        do { try blockingStep { step in try step.look(log) } } catch let error as JournalError { throw error } catch {
            throw .closed
        }
    }

    /// Catches up with what others appended to the logs that were read before.
    package func refresh() async throws {
        let names = store.names
        if thread == nil {
            for name in names { try store.look(name, isLocked: false) }
        } else {
            try await step { step in for name in names { try step.look(name) } }
        }
    }

    /// What was mended or could not be read so far, in words.
    package var notes: [String] { store.notes }

    /// What was written since the journal was opened, and what waits now.
    package var figures: JournalFigures { thread?.figures ?? JournalFigures() }

    /// Finishes what waits, leaves what makes the next start quick in the cache, and takes nothing more.
    package func close() {
        guard let thread else { return }
        thread.close(waiting: true)
        store.saveTables(ifMoreThan: Log.fewLines)
    }

    /// Reads a log the first time it is asked for: under the lock, so that a torn tail can be mended, unless only
    /// reading.
    private func know(_ log: LogName) throws(JournalError) {
        if store.isKnown(log) { return }
        if thread == nil { return try store.look(log, isLocked: false) }
        do { try blockingStep { step in try step.look(log) } } catch let error as JournalError { throw error } catch {
            throw .closed
        }
    }
}

/// A decision with its waiter.
private final class WaitingStep<T: Sendable>: QueuedStep {
    let weight: Int
    private let decision: @Sendable (JournalStep) throws -> T
    private let resume: @Sendable (Result<T, any Error>) -> Void
    private let outcome = Mutex<Result<T, any Error>>(.failure(JournalError.closed))

    init(
        weight: Int, _ decision: @escaping @Sendable (JournalStep) throws -> T,
        resume: @escaping @Sendable (Result<T, any Error>) -> Void
    ) {
        self.weight = weight
        self.decision = decision
        self.resume = resume
    }

    func decide(_ step: JournalStep) {
        let mark = step.count
        let result = Result { try decision(step) }
        if case .failure = result { step.keepFirst(mark) }
        outcome.withLock { $0 = result }
    }

    func finish(_ failure: JournalError?) {
        if let failure { resume(.failure(failure)) } else { resume(outcome.withLock { $0 }) }
    }
}
