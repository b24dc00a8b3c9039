internal import Feedback
internal import FeedbackTestSupport
internal import Journal
internal import Testing

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// What happens beneath a journal that is open: files removed, replaced, changed and built on by others.
@Suite struct BeneathTests {
    private let segment = "data/responses/bench/2026-11.jsonl"

    @Test func `a segment or folder that was removed is told, and work goes on`() async throws {
        let files = try makeFiles()
        let journal = makeJournal(files)
        for id in ["a", "b"] { _ = try await journal.put(id) }
        try files.remove(segment)
        try files.remove("data/responses/bench")
        #expect(try await journal.put("a", "again"))
        #expect(try journal.all() == ["a again"])
        #expect(journal.notes.count == 1)
        #expect(journal.notes[0].hasPrefix("responses/bench/2026-11.jsonl was removed; its 2 lines are gone."))
        #expect(try makeJournal(files).all() == ["a again"])
    }

    @Test func `a closed segment with another's inode number is read again`() async throws {
        let files = try makeFiles()
        let time = SettableTime(november)
        let journal = makeJournal(files, time: time)
        for id in ["a", "b"] { _ = try await journal.put(id, "of november") }
        time.set(november.adding(days: 30))
        _ = try await journal.put("c", "of december")
        #expect(try journal.texts("b") == ["b of november"])
        // The system gives numbers again: the file is another, and the number the same.
        files.overwrite(segment, with: Array("longer a of november\nb of november\n".utf8))
        try files.replace("data/responses/bench/stray", with: [])
        try await journal.refresh()
        #expect(try journal.texts("b") == ["b of november"])
        #expect(try journal.texts("longer") == ["longer a of november"])
        #expect(try await journal.put("b") == false)
    }

    @Test func `bytes that could not be cut are not cut from under those who built on them`() async throws {
        for failing in [[MemoryFiles.Call.sync, .truncate], [.write, .truncate]] {
            let files = try makeFiles()
            let (left, right) = (makeJournal(files), makeJournal(files))
            _ = try await left.put("a")
            files.setPlan { number, call in
                // The write takes all but the line end, then fails.
                if call == .write, failing[0] == .write { return number == 0 ? .short(2) : .error(EIO) }
                return failing.contains(call) ? .error(EIO) : nil
            }
            await #expect(throws: JournalError.self) { _ = try await left.put("b") }
            files.setPlan(nil)
            #expect(try await right.put("c"))
            #expect(try await left.put("d"))
            let ids = try left.all().map { String($0.prefix { $0 != " " }) }
            #expect(Set(ids).isSuperset(of: ["a", "c", "d"]) && Set(ids).isSubset(of: ["a", "b", "c", "d"]))
            #expect(Set(ids).count == ids.count)
            #expect(try makeJournal(files).all().sorted() == left.all().sorted())
            #expect(try makeJournal(files.afterPowerCut()).all().sorted() == left.all().sorted())
        }
    }

    @Test func `a folder that goes away and comes back is served on`() async throws {
        let temporary = try TemporaryFolder()
        let (root, away) = (temporary.file("data"), temporary.file("away"))
        let files = PosixFiles()
        try files.makeFolders(root)
        let journal = makeJournal(files, root: root)
        _ = try await journal.put("a")
        try files.rename(root, to: away)
        await #expect(throws: JournalError.self) { _ = try await journal.put("b") }
        try files.rename(away, to: root)
        #expect(try await journal.put("b"))
        #expect(try journal.all() == ["a x", "b x"])
    }

    @Test func `an index in the cache that is missing, cut short, changed or of other files is made anew`() async throws
    {
        let files = try makeFiles()
        try files.makeFolders("data/responses/bench")
        try files.replace(segment, with: (0..<9000).flatMap { Array("n\($0) text\n".utf8) })
        makeJournal(files).closeAfterReading()
        let path = "data/cache/index/responses.bench.idx"
        let whole = try #require(files.files[path])
        var random = SeededGenerator(seed: 20_261_122)
        for round in 0..<40 {
            var bytes = whole
            switch round % 4 {
            case 0: try files.remove(path)
            case 1: bytes = Array(whole.prefix(Int.random(in: 0..<whole.count, using: &random)))
            case 2: bytes[Int.random(in: 0..<600, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            // The segment is another file of the same length.
            default: try files.replace(segment, with: try #require(files.files[segment]))
            }
            if round % 4 != 0 { files.overwrite(path, with: bytes) }
            let journal = makeJournal(files)
            for number in [0, 17, 8999] { #expect(try journal.texts("n\(number)") == ["n\(number) text"]) }
            #expect(try await journal.put("n\(round)") == false)
            journal.close()
        }
    }
}

extension Journal {
    /// Reads the log and leaves its index in the cache.
    fileprivate func closeAfterReading() {
        _ = try? all()
        close()
    }
}
