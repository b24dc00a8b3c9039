internal import Feedback
internal import FeedbackTestSupport
internal import Journal
internal import Testing

@Suite struct JournalTests {
    @Test func `what is appended is found, in order, also after a restart`() async throws {
        let files = try makeFiles()
        let journal = makeJournal(files)
        for text in ["one", "two"] {
            _ = try await journal.step { step in
                let moment = try step.moment(log)
                try step.append(to: log, at: moment, keys: [LineKey("a")]) { $0 += "a \(text)\n".utf8 }
            }
        }
        #expect(try await journal.put("b"))
        #expect(try journal.texts("a") == ["a one", "a two"])
        journal.close()
        #expect(files.files["data/responses/bench/2026-11.jsonl"] == Array("a one\na two\nb x\n".utf8))
        let again = makeJournal(files)
        #expect(try again.texts("a") == ["a one", "a two"])
        #expect(try again.texts("nobody") == [])
        #expect(again.notes == [])
    }

    @Test func `a thousand at once share a few syncs`() async throws {
        let files = try makeFiles()
        let journal = makeJournal(files)
        _ = try await journal.put("first")
        let before = files.syncs
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<1000 { group.addTask { try await journal.put("n\(number)") } }
            for try await isNew in group { #expect(isNew) }
        }
        #expect(try journal.all().count == 1001)
        #expect(Set(try journal.all()).count == 1001)
        #expect(files.syncs - before < 1000)
    }

    @Test func `of the same submission sent sixteen times at once one line is stored`() async throws {
        let journal = makeJournal(try makeFiles())
        let added = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<16 { group.addTask { try await journal.put("same") } }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(added == 1)
        #expect(try journal.all() == ["same x"])
    }

    @Test func `a decision that throws leaves nothing, and the others of its batch stand`() async throws {
        struct Refusal: Error {}
        let journal = makeJournal(try makeFiles())
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<100 {
                group.addTask {
                    do {
                        try await journal.step { step in
                            let moment = try step.moment(log)
                            for part in ["x", "y"] {
                                try step.append(to: log, at: moment, keys: [LineKey("n\(number)")]) {
                                    $0 += "n\(number) \(part)\n".utf8
                                }
                            }
                            if number % 3 == 0 { throw Refusal() }
                        }
                    } catch is Refusal {}
                }
            }
            try await group.waitForAll()
        }
        for number in 0..<100 {
            #expect(try journal.texts("n\(number)") == (number % 3 == 0 ? [] : ["n\(number) x", "n\(number) y"]))
        }
    }

    @Test func `the month turns, and never goes back when the clock does`() async throws {
        let files = try makeFiles()
        let time = SettableTime(november)
        let journal = makeJournal(files, time: time)
        _ = try await journal.put("a")
        time.set(try #require(Timestamp("2026-12-01T00:00:00.000Z")))
        _ = try await journal.put("b")
        time.set(november)
        let moment = try await journal.step { step in try step.moment(log) }
        _ = try await journal.put("c")
        #expect(moment.description == "2026-12-01T00:00:00.000Z")
        #expect(files.files["data/responses/bench/2026-11.jsonl"] == Array("a x\n".utf8))
        #expect(files.files["data/responses/bench/2026-12.jsonl"] == Array("b x\nc x\n".utf8))
        #expect(try journal.all() == ["a x", "b x", "c x"])
        // After a restart the lines' own month still counts.
        journal.close()
        let again = makeJournal(files, time: time)
        _ = try await again.put("d")
        #expect(try again.all() == ["a x", "b x", "c x", "d x"])
    }

    @Test func `too many waiting are turned away at once`() async throws {
        let journal = makeJournal(try makeFiles(), steps: 4)
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<200 {
                group.addTask {
                    do { return try await journal.put("n\(number)") } catch { return error as? JournalError != .busy }
                }
            }
            return await group.reduce(into: [Bool]()) { $0.append($1) }
        }
        #expect(try journal.all().count == outcomes.count { $0 })
    }

    @Test func `a line that is too long is refused and nothing of it stays`() async throws {
        let journal = makeJournal(try makeFiles())
        await #expect(throws: JournalError.tooLong(log, (16 << 20) + 3)) {
            _ = try await journal.put("a", String(repeating: "y", count: 16 << 20))
        }
        #expect(try await journal.put("b"))
        #expect(try journal.all() == ["b x"])
    }

    @Test func `two processes on one folder see each other's lines`() async throws {
        let files = try makeFiles()
        let (left, right) = (makeJournal(files), makeJournal(files))
        let added = try await withThrowingTaskGroup(of: Int.self) { group in
            for journal in [left, right] {
                for part in 0..<4 {
                    group.addTask {
                        var added = 0
                        for number in 0..<100 { if try await journal.put("n\(number * 4 + part)") { added += 1 } }
                        return added
                    }
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(added == 400)
        #expect(Set(try left.all()).count == 400)
        try await right.refresh()
        #expect(try right.all().count == 400)
        #expect(try right.texts("n7") == ["n7 x"])
    }

    @Test func `a file removed or replaced beneath is noticed`() async throws {
        let files = try makeFiles()
        let journal = makeJournal(files)
        _ = try await journal.put("a")
        try files.remove("data/responses/bench/2026-11.jsonl")
        #expect(try await journal.put("a", "again"))
        #expect(try journal.all() == ["a again"])
        try files.replace("data/responses/bench/2026-11.jsonl", with: Array("b other\na again\n".utf8))
        #expect(try await journal.put("b") == false)
        #expect(try await journal.put("c"))
        #expect(try journal.all() == ["b other", "a again", "c x"])
    }

    @Test func `a lock file removed beneath does not let two processes write at once`() async throws {
        let files = try makeFiles()
        let (left, right) = (makeJournal(files), makeJournal(files))
        for number in 0..<50 {
            if number % 10 == 5 { try files.remove("data/lock") }
            #expect(try await left.put("l\(number)"))
            #expect(try await right.put("r\(number)"))
        }
        #expect(try right.all().count == 100)
    }

    @Test func `another process that keeps the lock is named, and waiting ends`() async throws {
        let files = try makeFiles()
        let holder = try files.open("data/lock", .making)
        #expect(try holder.lock(.batch))
        let journal = Journal(
            root: "data", files: files, time: FixedTime(november), patience: 50, schema: { _ in lineSchema })
        await #expect(throws: JournalError.locked("data")) { _ = try await journal.put("a") }
        try holder.unlock(.batch)
        #expect(try await journal.put("a"))
    }

    @Test func `a server whose lock file is removed stays the only one`() async throws {
        let files = try makeFiles()
        let lock = FolderLock(root: "data", files: files)
        #expect(try lock.acquireServer(process: 7) == .taken)
        let journal = Journal(
            root: "data", files: files, time: FixedTime(november), lock: lock, schema: { _ in lineSchema })
        #expect(try await journal.put("a"))
        try files.remove("data/lock")
        #expect(try await journal.put("b"))
        #expect(try FolderLock(root: "data", files: files).acquireServer(process: 8) == .held(by: 7))
        lock.releaseServer()
        #expect(try FolderLock(root: "data", files: files).acquireServer(process: 8) == .taken)
    }
}
