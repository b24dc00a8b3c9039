internal import Feedback
internal import FeedbackTestSupport
internal import Journal
internal import Testing

@Suite struct RecoveryTests {
    private let path = "data/responses/bench/2026-11.jsonl"

    private func files(holding bytes: [UInt8]) throws -> MemoryFiles {
        let files = try makeFiles()
        try files.makeFolders("data/responses/bench")
        try files.replace(path, with: bytes)
        return files
    }

    @Test func `a last line torn at any byte is cut off, kept aside and reported`() async throws {
        let whole = Array("a one\nb two\n".utf8)
        let last = Array("c three\n".utf8)
        for count in 0..<last.count {
            let files = try files(holding: whole + last[..<count])
            let journal = makeJournal(files)
            #expect(try journal.texts("b") == ["b two"])
            #expect(try journal.texts("c") == [])
            #expect(files.files[path] == whole)
            #expect(journal.notes.count == (count == 0 ? 0 : 1))
            if count > 0 {
                #expect(journal.notes[0].contains("2026-11.jsonl"))
                #expect(journal.notes[0].contains("\(count) bytes at byte 12"))
                #expect(files.files["data/quarantine/responses.bench.2026-11.jsonl.12"] == Array(last[..<count]))
            }
            #expect(try await journal.put("c", "again"))
            #expect(files.files[path] == whole + Array("c again\n".utf8))
        }
    }

    @Test func `one who only reads changes nothing and sees a whole prefix`() throws {
        let bytes = Array("a one\nb tw".utf8)
        let files = try files(holding: bytes)
        let reader = Journal(
            root: "data", files: files, time: FixedTime(november), isReadOnly: true, schema: { _ in lineSchema })
        #expect(try reader.all() == ["a one"])
        #expect(files.files[path] == bytes)
        #expect(files.files.count == 1)
    }

    @Test func `garbage in the middle is reported with its line, kept and left out`() async throws {
        let bytes = Array("a one\ngarbage\n\nb two\n\u{0}\u{0}\nc three\n".utf8)
        let files = try files(holding: bytes)
        let journal = makeJournal(files)
        #expect(try journal.texts("c") == ["c three"])
        #expect(journal.notes.count == 2)
        #expect(journal.notes[0].hasPrefix("responses/bench/2026-11.jsonl:2 "))
        #expect(journal.notes[1].hasPrefix("responses/bench/2026-11.jsonl:5 "))
        #expect(files.files[path] == bytes)
    }

    @Test func `odd files never stop the journal`() async throws {
        let long = [UInt8](repeating: UInt8(ascii: "z"), count: (16 << 20) + 1)
        for bytes in [
            [], [0x0A], [0, 0, 0], Array("\u{FEFF}a one\r\nb two\r\n".utf8), long, long + Array("\na one\n".utf8),
        ] {
            let files = try files(holding: bytes)
            let journal = makeJournal(files)
            #expect(try await journal.put("new"))
            #expect(try journal.texts("new") == ["new x"])
        }
    }

    @Test func `files that are no segments are left alone`() async throws {
        let files = try makeFiles()
        try files.makeFolders("data/responses/bench")
        for name in ["notes.txt", "2026-13.jsonl", "2026-11.1.jsonl", "2026-11.02.jsonl", "2026-11.jsonl.bak"] {
            try files.replace("data/responses/bench/" + name, with: Array("q x\n".utf8))
        }
        let journal = makeJournal(files)
        #expect(try journal.all() == [])
        #expect(try await journal.put("q"))
    }

    @Test func `segments are read by month, then number`() async throws {
        let files = try makeFiles()
        try files.makeFolders("data/responses/bench")
        for name in ["2026-11.10.jsonl", "2026-11.jsonl", "2026-02.jsonl", "2026-11.2.jsonl"] {
            try files.replace("data/responses/bench/" + name, with: Array("\(name) x\n".utf8))
        }
        let journal = makeJournal(files)
        #expect(
            try journal.all() == ["2026-02.jsonl x", "2026-11.jsonl x", "2026-11.2.jsonl x", "2026-11.10.jsonl x"])
        _ = try await journal.put("q")
        #expect(files.files["data/responses/bench/2026-11.10.jsonl"] == Array("2026-11.10.jsonl x\nq x\n".utf8))
    }

    @Test func `unreadable lines are told at every start, also when the cache spares reading them`() async throws {
        var bytes = Array("garbage\n".utf8)
        for number in 0..<9000 { bytes += "n\(number) text\n".utf8 }
        let files = try files(holding: bytes)
        for _ in 0..<3 {
            let journal = makeJournal(files)
            #expect(try journal.texts("n8999") == ["n8999 text"])
            #expect(try journal.texts("n9000") == [])
            #expect(journal.notes.count == 1)
            #expect(journal.notes.first?.hasPrefix("responses/bench/2026-11.jsonl:1 cannot be read") == true)
            journal.close()
            #expect(files.files.keys.contains("data/cache/index/responses.bench.idx"))
        }
    }
}
