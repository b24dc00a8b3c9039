internal import NIOPosix
internal import Synchronization

/// Threads for work that would hold up an event loop: password hashes, reports, reading files.
final class BlockingWork: Sendable {
    private let pool: NIOThreadPool
    private let most: Int
    private let waiting = Atomic(0)

    /// A number of threads, and how many pieces of work may wait for them or run at once.
    init(threads: Int, most: Int = .max) {
        pool = NIOThreadPool(numberOfThreads: threads)
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

    deinit { pool.shutdownGracefully { _ in } }
}
