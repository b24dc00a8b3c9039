internal import NIOCore
internal import Synchronization

/// Runs the tasks of requests on their connections' event loop, so that answering needs no other thread.
///
/// Tasks that become ready together, as those of one batch of the journal do, wake the loop once.
final class LoopExecutor: TaskExecutor {
    private let loop: any EventLoop
    private let ready = Mutex<[UnownedJob]>([])

    init(loop: any EventLoop) { self.loop = loop }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let isFirst = ready.withLock { ready in
            ready.append(job)
            return ready.count == 1
        }
        if isFirst { loop.execute(run) }
    }

    private func run() {
        let jobs = ready.withLock { ready in
            defer { ready = [] }
            return ready
        }
        for job in jobs { job.runSynchronously(on: asUnownedTaskExecutor()) }
    }
}

/// The executor of each event loop, made when the loop has its first connection.
final class LoopExecutors: Sendable {
    private let executors = Mutex<[ObjectIdentifier: LoopExecutor]>([:])

    func executor(of loop: any EventLoop) -> LoopExecutor {
        executors.withLock { executors in
            if let known = executors[ObjectIdentifier(loop)] { return known }
            let executor = LoopExecutor(loop: loop)
            executors[ObjectIdentifier(loop)] = executor
            return executor
        }
    }
}
