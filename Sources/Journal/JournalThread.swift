internal import Dispatch
internal import Feedback
internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A decision that waits for its turn and for its lines to be on disk.
protocol QueuedStep: Sendable {
    /// How many bytes of memory it holds, roughly.
    var weight: Int { get }
    /// Decides; what it came to is kept until the batch is on disk.
    func decide(_ step: JournalStep)
    /// Tells the one waiting: what it came to, or that the batch failed.
    func finish(_ failure: JournalError?)
}

/// The journal's own thread: takes everything that waits, decides, writes, syncs once for all, and tells everyone.
final class JournalThread: Sendable {
    /// What may wait, in decisions and in bytes, before others are turned away.
    struct Bounds: Sendable {
        var steps = 4096
        var bytes = 64 << 20
    }

    private struct Queue {
        var steps: [any QueuedStep] = []
        var bytes = 0
        /// How many were turned away so far.
        var refused = 0
        var isStarted = false
        var isAsleep = false
        var isClosed = false

        mutating func takeAll() -> [any QueuedStep] {
            defer {
                steps = []
                bytes = 0
            }
            return steps
        }
    }

    let store: LogStore
    private let lock: FolderLock
    private let time: any TimeSource
    private let bounds: Bounds
    /// How long another process may keep the lock, in milliseconds.
    private let patience: Int
    /// Called after each batch with the logs it looked at.
    private let settled: @Sendable (Set<LogName>) -> Void
    private let queue = Mutex(Queue())
    private let done = Mutex(JournalFigures())
    private let wake = DispatchSemaphore(value: 0)
    private let ended = DispatchSemaphore(value: 0)

    init(
        _ store: LogStore, lock: FolderLock, time: any TimeSource, bounds: Bounds, patience: Int,
        settled: @escaping @Sendable (Set<LogName>) -> Void
    ) {
        self.store = store
        self.lock = lock
        self.time = time
        self.bounds = bounds
        self.patience = patience
        self.settled = settled
    }

    /// Puts a decision at the end of the queue, or says at once why it cannot wait.
    func enqueue(_ step: some QueuedStep) -> JournalError? {
        let (refusal, mustStart, mustWake) = queue.withLock { queue -> (JournalError?, Bool, Bool) in
            if queue.isClosed { return (.closed, false, false) }
            if queue.steps.count >= bounds.steps || queue.bytes + step.weight > bounds.bytes {
                queue.refused += 1
                return (.busy, false, false)
            }
            queue.steps.append(step)
            queue.bytes += step.weight
            defer {
                queue.isStarted = true
                queue.isAsleep = false
            }
            return (nil, !queue.isStarted, queue.isAsleep)
        }
        if mustStart { start() }
        if mustWake { wake.signal() }
        return refusal
    }

    /// What was done so far, and what waits now.
    var figures: JournalFigures {
        var figures = done.withLock { $0 }
        queue.withLock { queue in
            figures.waiting = queue.steps.count
            figures.waitingBytes = queue.bytes
            figures.refused = queue.refused
        }
        return figures
    }

    /// Finishes what waits and takes nothing more; returns when the thread has ended, if it is to be waited for.
    func close(waiting: Bool) {
        let (wasStarted, mustWake) = queue.withLock { queue -> (Bool, Bool) in
            if queue.isClosed { return (false, false) }
            queue.isClosed = true
            defer { queue.isAsleep = false }
            return (queue.isStarted, queue.isAsleep)
        }
        if mustWake { wake.signal() }
        if wasStarted, waiting { ended.wait() }
    }

    private func start() {
        #if canImport(Glibc)
            var thread = pthread_t()
        #else
            var thread: pthread_t?
        #endif
        let core = Unmanaged.passRetained(self)
        // The thread takes over the reference it is given.
        let result = pthread_create(&thread, nil, journalThreadMain, core.toOpaque())
        precondition(result == 0, "The system cannot start a thread.")
    }

    fileprivate func run() {
        while let steps = next() { process(steps) }
        ended.signal()
    }

    /// Everything that waits; sleeps while nothing does, and is nil when the journal is closed.
    private func next() -> [any QueuedStep]? {
        while true {
            let (steps, isClosed) = queue.withLock { queue -> ([any QueuedStep], Bool) in
                let steps = queue.takeAll()
                if steps.isEmpty { queue.isAsleep = !queue.isClosed }
                return (steps, queue.isClosed)
            }
            if !steps.isEmpty { return steps }
            if isClosed { return nil }
            wake.wait()
        }
    }

    private func process(_ first: [any QueuedStep]) {
        var steps = first
        var touched: Set<LogName> = []
        var (lines, syncs) = (0, 0)
        let failure = locked { () throws(JournalError) in
            let batch = JournalStep(store, now: time.now())
            for step in steps { step.decide(batch) }
            // Whoever came while these were decided shares their write and their sync.
            while steps.count < bounds.steps {
                let more = queue.withLock { $0.takeAll() }
                if more.isEmpty { break }
                for step in more { step.decide(batch) }
                steps += more
            }
            touched = batch.touched
            let written = batch.batch
            try write(written, touched: touched)
            lines = batch.count
            syncs = written.count
        }
        done.withLock { $0.count(steps: steps.count, lines: lines, syncs: syncs, hasFailed: failure != nil) }
        if failure == nil { settled(touched) }
        for step in steps { step.finish(failure) }
    }

    private func locked(_ body: () throws(JournalError) -> Void) -> JournalError? {
        do {
            guard try lock.acquire(patience: patience) else { return .locked(store.root) }
        } catch { return .file(error) }
        defer { lock.release() }
        do throws(JournalError) { try body() } catch { return error }
        return nil
    }

    /// One write a log and one sync a log; if any fails, all of it is taken back.
    private func write(_ batch: [(log: LogName, lines: PendingLines)], touched: Set<LogName>) throws(JournalError) {
        do {
            for log in touched { try store.with(log) { (log) throws(FileError) in try log.syncForeign() } }
        } catch { throw .file(error) }
        if batch.isEmpty { return }
        var begun: [LogName] = []
        var failedSync: LogName?
        do throws(FileError) {
            var open: [(log: LogName, file: any OpenFile)] = []
            for (log, lines) in batch {
                let file = try store.with(log) { (log) throws(FileError) in try log.segmentToWrite(at: lines.moment) }
                begun.append(log)
                try file.writeAll(lines.bytes[...])
                open.append((log, file))
            }
            for (log, file) in open {
                failedSync = log
                try file.sync()
            }
            failedSync = nil
        } catch {
            for name in begun { try? store.with(name) { $0.takeBack(syncFailed: name == failedSync) } }
            throw .file(error)
        }
        for (log, lines) in batch {
            try? store.with(log) { log in
                log.commit(lines)
                log.saveTable(ifMoreThan: Log.manyLines)
            }
        }
    }
}

private func journalThreadMain(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context else { return nil }
    let core = Unmanaged<JournalThread>.fromOpaque(context).takeRetainedValue()
    core.run()
    return nil
}
