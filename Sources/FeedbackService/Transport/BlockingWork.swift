internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// Threads for work that would hold up an event loop: password hashes, reports, reading files.
final class BlockingWork: Sendable {
    /// Reports and other reading.
    static let reading = BlockingWork(most: 256)
    /// Password checks, which are slow on purpose: one a core, and few waiting.
    static let hashing = BlockingWork(most: 32)

    private let pool: NIOThreadPool
    private let most: Int
    private let waiting = Atomic(0)

    /// One thread a core, and how many pieces of work may run or wait at once; it lasts as long as the process.
    private init(most: Int) {
        pool = NIOThreadPool(numberOfThreads: System.coreCount)
        self.most = most
        pool.start()
    }

    /// The result of a piece of work; nil when too many are waiting already.
    func run<Result: Sendable>(_ work: @escaping @Sendable () -> Result) async -> Result? {
        let count = waiting.wrappingAdd(1, ordering: .relaxed).newValue
        defer { waiting.wrappingSubtract(1, ordering: .relaxed) }
        guard count <= most else { return nil }
        return try? await pool.runIfActive(work)
    }
}
