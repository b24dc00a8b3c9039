internal import Dispatch
internal import Feedback
internal import FeedbackTestSupport
internal import Synchronization
internal import Testing

@testable internal import Journal

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Who may write when: threads, processes, and those who find the queue full.
@Suite struct TurnTests {
    @Test func `a command gets its turn beside a server that never rests`() async throws {
        let temporary = try TemporaryFolder()
        let root = temporary.file("data")
        try PosixFiles().makeFolders(root)
        let (server, command) = (makeJournal(PosixFiles(), root: root), makeJournal(PosixFiles(), root: root))
        let isOver = Flag()
        async let flood: Void = {
            await withTaskGroup(of: Void.self) { group in
                for part in 0..<16 {
                    group.addTask {
                        var number = 0
                        while !isOver.isSet {
                            _ = try? await server.put("s\(part).\(number)")
                            number += 1
                        }
                    }
                }
            }
        }()
        for number in 0..<20 { #expect(try await command.put("c\(number)")) }
        isOver.set()
        await flood
        try await server.refresh()
        #expect(try server.all().count { $0.hasPrefix("c") } == 20)
    }

    @Test func `two threads of one process do not hold the lock at once`() throws {
        let lock = FolderLock(root: "data", files: try makeFiles())
        let inside = Mutex((now: 0, most: 0))
        DispatchQueue.concurrentPerform(iterations: 16) { _ in
            for _ in 0..<20 {
                guard (try? lock.acquire(patience: 10_000)) == true else { continue }
                inside.withLock {
                    $0.now += 1
                    $0.most = max($0.most, $0.now)
                }
                usleep(50)
                inside.withLock { $0.now -= 1 }
                lock.release()
            }
        }
        #expect(inside.withLock { $0.most } == 1)
    }

    @Test func `who waits too long in vain leaves no trace`() throws {
        let files = try makeFiles()
        let (held, other) = (FolderLock(root: "data", files: files), FolderLock(root: "data", files: files))
        #expect(try held.acquire(patience: 0))
        #expect(try !other.acquire(patience: 5))
        held.release()
        #expect(try other.acquire(patience: 0))
        other.release()
        #expect(try held.acquire(patience: 0))
    }

    @Test func `figures say what was written, shared, refused and lost`() async throws {
        let files = try makeFiles()
        let journal = makeJournal(files, steps: 8)
        for number in 0..<3 { _ = try await journal.put("n\(number)") }
        files.setPlan { _, call in call == .sync ? .error(EIO) : nil }
        _ = try? await journal.put("lost")
        files.setPlan(nil)
        let figures = journal.figures
        #expect(figures.lines == 3 && figures.syncs == 3 && figures.failures == 1)
        #expect(figures.batches.counts.reduce(0, +) == 3 && figures.batches.sum == 3)
        #expect(figures.waiting == 0 && figures.waitingBytes == 0 && figures.refused == 0)

        // With the lock elsewhere nothing gets on: what is over the bound is refused at once, and counted.
        let elsewhere = FolderLock(root: "data", files: files)
        #expect(try elsewhere.acquire(patience: 0))
        let outcomes = await withTaskGroup(of: JournalError?.self) { group in
            for number in 0..<50 {
                group.addTask {
                    do { _ = try await journal.put("m\(number)") } catch { return error as? JournalError }
                    return nil
                }
            }
            group.addTask {
                while journal.figures.refused == 0 { await Task.yield() }
                elsewhere.release()
                return nil
            }
            return await group.reduce(into: [JournalError?]()) { $0.append($1) }
        }
        let refused = outcomes.count { $0 == .busy }
        #expect(refused > 0 && journal.figures.refused == refused)
        #expect(try journal.all().count == 3 + 50 - refused)
    }

    @Test func `what waits is bounded in bytes as well`() async throws {
        let files = try makeFiles()
        let journal = Journal(
            root: "data", files: files, time: FixedTime(november), bytes: 1000, schema: { _ in lineSchema })
        await #expect(throws: JournalError.busy) { try await journal.step(weighing: 1001) { _ in } }
        try await journal.step(weighing: 1000) { _ in }
    }
}

/// Set once, from anywhere.
private final class Flag: Sendable {
    private let value = Atomic(false)

    var isSet: Bool { value.load(ordering: .relaxed) }
    func set() { value.store(true, ordering: .relaxed) }
}
