internal import Feedback
internal import FeedbackTestSupport
internal import Journal
internal import Synchronization
internal import Testing

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// What was sent and what was acknowledged, against what is stored.
private final class Ledger: Sendable {
    let sent = Mutex<Set<String>>([])
    let acknowledged = Mutex<Set<String>>([])

    func put(_ id: String, _ journal: Journal) async -> Bool {
        _ = sent.withLock { $0.insert(id) }
        guard (try? await journal.put(id)) != nil else { return false }
        _ = acknowledged.withLock { $0.insert(id) }
        return true
    }

    func check(_ stored: [String], _ comment: Comment, sourceLocation: SourceLocation = #_sourceLocation) {
        let ids = stored.map { String($0.prefix { $0 != " " }) }
        #expect(Set(ids).count == ids.count, "no line twice: \(comment)", sourceLocation: sourceLocation)
        #expect(
            acknowledged.withLock { $0 }.isSubset(of: ids), "acknowledged but gone: \(comment)",
            sourceLocation: sourceLocation)
        #expect(
            Set(ids).isSubset(of: sent.withLock { $0 }), "stored but never sent: \(comment)",
            sourceLocation: sourceLocation)
    }
}

@Suite struct FaultTests {
    /// Five appends one after another make fewer changing calls than this, the first one's folders and files included.
    private static let calls = 32

    @Test(arguments: [EIO, ENOSPC, EACCES])
    func `a failure of any one call loses nothing acknowledged, and work goes on`(code: Int32) async throws {
        for failing in 0..<Self.calls {
            for repeats in [1, 3] {
                let files = try makeFiles()
                let ledger = Ledger()
                let journal = makeJournal(files)
                files.setPlan { number, _ in (failing..<failing + repeats).contains(number) ? .error(code) : nil }
                for number in 0..<5 { _ = await ledger.put("n\(number)", journal) }
                files.setPlan(nil)
                // The cause is gone: the same journal takes the same submissions again.
                for number in 0..<6 {
                    #expect(await ledger.put("n\(number)", journal), "call \(failing), code \(code)")
                }
                ledger.check(try journal.all(), "call \(failing), code \(code), while running")
                journal.close()
                ledger.check(try makeJournal(files).all(), "call \(failing), code \(code), after a restart")
                ledger.check(
                    try makeJournal(files.afterPowerCut()).all(), "call \(failing), code \(code), after a power cut")
            }
        }
    }

    @Test func `after a failed sync the segment is closed and the next number begun`() async throws {
        let files = try makeFiles()
        let journal = makeJournal(files)
        _ = try await journal.put("a")
        files.setPlan { _, call in call == .sync ? .error(EIO) : nil }
        await #expect(throws: JournalError.self) { _ = try await journal.put("b") }
        files.setPlan(nil)
        #expect(try journal.texts("b") == [])
        #expect(try await journal.put("b"))
        #expect(files.files["data/responses/bench/2026-11.jsonl"] == Array("a x\n".utf8))
        #expect(files.files["data/responses/bench/2026-11.2.jsonl"] == Array("b x\n".utf8))
        #expect(try journal.all() == ["a x", "b x"])
    }

    @Test func `a disk that stays full or broken leaves no trail of empty segments`() async throws {
        for call in [MemoryFiles.Call.write, .sync] {
            let files = try makeFiles()
            let journal = makeJournal(files)
            _ = try await journal.put("a")
            files.setPlan { _, made in made == call ? .error(ENOSPC) : nil }
            for _ in 0..<20 { await #expect(throws: JournalError.self) { _ = try await journal.put("b") } }
            files.setPlan(nil)
            #expect(try await journal.put("b"))
            #expect(files.files.keys.count { $0.hasPrefix("data/responses") } <= 2)
            #expect(try journal.all() == ["a x", "b x"])
        }
    }

    @Test func `short writes give the same file`() async throws {
        for taken in 1...3 {
            let files = try makeFiles()
            files.setPlan { _, call in call == .write ? .short(taken) : nil }
            let journal = makeJournal(files)
            for number in 0..<3 { #expect(try await journal.put("n\(number)", "some text")) }
            #expect(
                files.files["data/responses/bench/2026-11.jsonl"]
                    == Array("n0 some text\nn1 some text\nn2 some text\n".utf8))
        }
    }

    @Test func `a write that stops in the middle of a line leaves whole lines`() async throws {
        let files = try makeFiles()
        let journal = makeJournal(files)
        _ = try await journal.put("a")
        files.setPlan { number, call in call == .write ? (number == 0 ? .short(3) : .error(ENOSPC)) : nil }
        await #expect(throws: JournalError.self) { _ = try await journal.put("b", "long text") }
        #expect(files.files["data/responses/bench/2026-11.jsonl"] == Array("a x\n".utf8))
        files.setPlan(nil)
        #expect(try await journal.put("b"))
        #expect(try journal.all() == ["a x", "b x"])
    }

    @Test func `a power cut at any call, keeping any part of what was not synced, loses nothing acknowledged`()
        async throws
    {
        var random = SeededGenerator(seed: 20_261_121)
        for cut in 0..<Self.calls {
            for part in [0, 1, 5, Int.random(in: 0..<40, using: &random), Int.max] {
                let files = try makeFiles()
                try files.syncFolder(".")
                let ledger = Ledger()
                let journal = makeJournal(files)
                files.setPlan { number, _ in number >= cut ? .error(EIO) : nil }
                for number in 0..<5 { _ = await ledger.put("n\(number)", journal) }
                let left = files.afterPowerCut { _ in part }
                let again = makeJournal(left)
                ledger.check(try again.all(), "cut at call \(cut), keeping \(part)")
                for number in 0..<6 { #expect(await ledger.put("n\(number)", again)) }
                ledger.check(try again.all(), "cut at call \(cut), keeping \(part), afterwards")
                // What was read back at start is made durable before it is built on.
                ledger.check(try makeJournal(left.afterPowerCut()).all(), "two cuts, the first at call \(cut)")
            }
        }
    }

    @Test func `a batch over two logs stands or falls together`() async throws {
        let other = LogName.single("accounts")
        for failing in 0..<12 {
            let files = try makeFiles()
            let journal = makeJournal(files)
            files.setPlan { number, _ in number == failing ? .error(EIO) : nil }
            var isStored = true
            do {
                try await journal.step { step in
                    for log in [log, other] {
                        let moment = try step.moment(log)
                        try step.append(to: log, at: moment, keys: [LineKey("a")]) { $0 += "a x\n".utf8 }
                    }
                }
            } catch { isStored = false }
            files.setPlan(nil)
            let expected = isStored ? ["a x"] : []
            #expect(try journal.all(log) == expected)
            #expect(try journal.all(other) == expected)
            #expect(try makeJournal(files).all(log) == expected)
            #expect(try makeJournal(files).all(other) == expected)
        }
    }
}
