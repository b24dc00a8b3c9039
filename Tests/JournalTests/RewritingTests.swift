internal import Feedback
internal import FeedbackTestSupport
internal import Journal
internal import Records
internal import Testing

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

private let people = LogName.single("contacts")

@Suite struct RewritingTests {
    /// A folder with two months of responses and a journal that never closes; ids in turn belong to ana and to ben.
    private func makeFolder() async throws -> MemoryFiles {
        let files = try makeFiles()
        for (month, range) in [("2026-10-21T10:00:00.000Z", 0..<6), ("2026-11-21T10:00:00.000Z", 6..<10)] {
            let journal = makeJournal(files, time: FixedTime(try #require(Timestamp(month))))
            for number in range { _ = try await journal.put("r\(number)", number % 2 == 0 ? "ana" : "ben") }
            for number in range { _ = try await journal.put("p\(number)", number == 2 ? "ana" : "ben", to: people) }
            journal.close()
        }
        return files
    }

    private func makeRewriter(_ files: any FileSystem) -> SegmentRewriter {
        SegmentRewriter(root: "data", files: files, time: FixedTime(november), patience: 100)
    }

    /// Ana's responses go, and of her record only the id stays.
    @Sendable private func forgetAna(_ log: LogName, _ line: ArraySlice<UInt8>) -> LineFate {
        let text = String(decoding: line, as: UTF8.self)
        guard text.hasSuffix(" ana") else { return .keep }
        return log == people ? .replace(Array(text.dropLast(3).utf8)) : .drop
    }

    private let withAna = (0..<10).map { "r\($0) \($0 % 2 == 0 ? "ana" : "ben")" }
    private let withoutAna = [1, 3, 5, 7, 9].map { "r\($0) ben" }

    @Test func `lines are removed and replaced, and the rest stays byte for byte`() async throws {
        let files = try await makeFolder()
        let changed = try makeRewriter(files).rewrite([log, people], because: "erasure 1", forgetAna)
        let october = try #require(files.files["data/responses/bench/2026-10.jsonl"])
        #expect(String(decoding: october, as: UTF8.self) == "r1 ben\nr3 ben\nr5 ben\n")
        let journal = makeJournal(files)
        #expect(try journal.all() == withoutAna)
        #expect(try journal.texts("p2", in: people) == ["p2 "])
        #expect(try journal.texts("r4") == [])
        #expect(try journal.texts("r7") == ["r7 ben"])
        #expect(
            changed.map(\.segment) == [
                "responses/bench/2026-10.jsonl", "responses/bench/2026-11.jsonl", "contacts.jsonl",
            ])
        #expect(changed.map(\.dropped) == [3, 2, 0])
        #expect(changed.map(\.replaced) == [0, 0, 1])
        #expect(changed.map(\.kept) == [3, 2, 9])
        #expect(!files.files.keys.contains { $0.hasSuffix(".rewritten") })
    }

    @Test func `a segment of which every line stays is left alone`() async throws {
        let files = try await makeFolder()
        let before = files.files
        files.setPlan(nil)
        #expect(try makeRewriter(files).rewrite([log, people], because: "none") { _, _ in .keep } == [])
        #expect(files.files == before)
    }

    @Test func `the seals say what was removed, when and why, and match what is there`() async throws {
        let files = try await makeFolder()
        _ = try makeRewriter(files).rewrite([log, people], because: "erasure 1", forgetAna)
        _ = try makeRewriter(files).rewrite([log], because: "retention") { _, line in
            line.starts(with: "r1 ".utf8) ? .drop : .keep
        }
        let seals = try readSeals(files)
        #expect(seals.map(\.segment).count == 4)
        #expect(seals.last?.redaction?.reason == "retention")
        #expect(seals.last?.redaction?.dropped == 1)
        #expect(seals.last?.redaction?.replaced == 0)
        #expect(seals.last?.recorded == november)
        for seal in Dictionary(grouping: seals, by: \.segment).values.compactMap(\.last) {
            #expect(files.files["data/" + seal.segment]?.count == seal.bytes)
        }
    }

    @Test func `a journal that had read the segments goes on with the new ones`() async throws {
        let files = try await makeFolder()
        let journal = makeJournal(files)
        #expect(try journal.texts("r2") == ["r2 ana"])
        #expect(try journal.texts("p3", in: people) == ["p3 ben"])
        _ = try makeRewriter(files).rewrite([log, people], because: "erasure 1", forgetAna)
        // Readers may look before anything was caught up with.
        #expect(try journal.texts("r3") == ["r3 ben"])
        #expect(try await journal.put("r8", "again"))
        #expect(try await !journal.put("r9", "again"))
        #expect(try journal.all() == withoutAna + ["r8 again"])
        #expect(try makeJournal(files).all() == withoutAna + ["r8 again"])
    }

    @Test func `what is appended while lines are copied is kept, and asked for too`() async throws {
        let files = try await makeFolder()
        let journal = makeJournal(files)
        var count = 0
        _ = try makeRewriter(files).rewrite([log], because: "erasure 1") { log, line in
            count += 1
            if count == 3 || count == 8 {
                for name in ["ana", "ben"] {
                    try journal.blockingStep { [count] step in
                        let key = LineKey("new\(count)\(name)")
                        try step.append(to: log, at: try step.moment(log), keys: [key]) {
                            $0 += "new\(count)\(name) \(name)\n".utf8
                        }
                    }
                }
            }
            return forgetAna(log, line)
        }
        let expected = withoutAna + ["new3ben ben", "new8ben ben"]
        #expect(try journal.all() == expected)
        #expect(try makeJournal(files).all() == expected)
        #expect(count == 14)
    }

    @Test func `two rewritings at once do not undo each other`() async throws {
        let files = try await makeFolder()
        var isInner = false
        let changed = try makeRewriter(files).rewrite([log], because: "outer") { log, line in
            if !isInner, line.starts(with: "r7".utf8) {
                isInner = true
                _ = try makeRewriter(files).rewrite([log, people], because: "inner") { log, line in
                    line.starts(with: "r1 ".utf8) ? .drop : log == people ? forgetAna(log, line) : .keep
                }
            }
            return forgetAna(log, line)
        }
        #expect(changed.map(\.dropped) == [3, 2])
        #expect(try makeJournal(files).all() == withoutAna.filter { $0 != "r1 ben" })
        #expect(try makeJournal(files).texts("p2", in: people) == ["p2 "])
    }

    @Test func `a copy that was not decided on is thrown away, though it begins like the last one that was`()
        async throws
    {
        let files = try await makeFolder()
        _ = try makeRewriter(files).rewrite([log], because: "first", forgetAna)
        let path = "data/responses/bench/2026-11.jsonl"
        let redacted = try #require(files.files[path])
        let journal = makeJournal(files)
        _ = try await journal.put("later", "ben")
        // Killed while it made a copy without the later line.
        let copy = try files.open(path + ".xyz.rewritten", .creating)
        try copy.writeAll(redacted[...])
        #expect(try await journal.put("last", "ben"))
        #expect(try makeJournal(files).all() == withoutAna + ["later ben", "last ben"])
        #expect(!files.files.keys.contains { $0.hasSuffix(".rewritten") })
    }

    @Test func `a line that was never finished is cut and kept elsewhere, as ever`() async throws {
        let files = try await makeFolder()
        let path = "data/responses/bench/2026-11.jsonl"
        files.overwrite(path, with: (files.files[path] ?? []) + Array("r9 an".utf8))
        _ = try makeRewriter(files).rewrite([log], because: "erasure 1", forgetAna)
        let journal = makeJournal(files)
        #expect(try journal.all() == withoutAna)
        #expect(journal.notes.count == 1)
        #expect(files.files.contains { $0.key.hasPrefix("data/quarantine/") && $0.value == Array("r9 an".utf8) })
    }

    @Test func `lines too long to be shown stay`() async throws {
        let files = try makeFiles()
        try files.makeFolders("data/responses/bench")
        let long = [UInt8](repeating: 0x61, count: LineScanner.longestLine + 10) + [0x0A]
        let file = try files.open("data/responses/bench/2026-11.jsonl", .creating)
        try file.writeAll((Array("r0 ana\n".utf8) + long + Array("\nr1 ben\n".utf8))[...])
        _ = try makeRewriter(files).rewrite([log], because: "erasure 1", forgetAna)
        #expect(files.files["data/responses/bench/2026-11.jsonl"] == long + Array("\nr1 ben\n".utf8))
    }

    /// More changing calls than a rewriting of the folder makes.
    private static let calls = 26

    @Test(arguments: [EIO, ENOSPC])
    func `a failure of any calls leaves all or nothing, for all segments together`(code: Int32) async throws {
        let whole = try await makeFolder()
        whole.setPlan(nil)
        _ = try makeRewriter(whole).rewrite([log, people], because: "erasure 1", forgetAna)
        #expect(whole.calls < Self.calls)
        var outcomes: Set<Bool> = []
        for failing in 0..<Self.calls {
            for repeats in [1, 2, 3, Int.max] {
                let files = try await makeFolder()
                files.setPlan { number, _ in
                    number >= failing && number - failing < repeats ? .error(code) : nil
                }
                let result = try? makeRewriter(files).rewrite([log, people], because: "erasure 1", forgetAna)
                files.setPlan(nil)
                let comment: Comment = "\(repeats) calls from \(failing) on failed with \(code)"
                // A power cut, then a start; or the next start straight away.
                for left in [files.afterPowerCut(), files] {
                    let done = try check(left, comment)
                    if result != nil { #expect(done, "reported as done: \(comment)") }
                    if left === files { outcomes.insert(done) }
                }
            }
        }
        #expect(outcomes == [true, false])
    }

    /// What a start finds is all old or all new; appending and rewriting go on from there. Whether it is new.
    private func check(_ files: MemoryFiles, _ comment: Comment) throws -> Bool {
        let journal = makeJournal(files)
        let lines = try journal.all()
        let record = try journal.texts("p2", in: people)
        #expect(lines == withAna || lines == withoutAna, comment)
        #expect(record == (lines == withAna ? ["p2 ana"] : ["p2 "]), comment)
        #expect(!files.files.keys.contains { $0.hasSuffix(".rewritten") }, comment)
        for seal in Dictionary(grouping: try readSeals(files), by: \.segment).values.compactMap(\.last) {
            #expect(files.files["data/" + seal.segment]?.count == seal.bytes, comment)
        }
        let done = lines == withoutAna
        try journal.blockingStep { step in
            try step.append(to: log, at: try step.moment(log), keys: [LineKey("x")]) { $0 += "x ben\n".utf8 }
        }
        _ = try makeRewriter(files).rewrite([log, people], because: "erasure 1", forgetAna)
        #expect(try makeJournal(files).all() == withoutAna + ["x ben"], comment)
        return done
    }
}

/// The chain of seals as it stands in the file.
func readSeals(_ files: MemoryFiles, root: String = "data") throws -> [Seal] {
    let paths = files.files.keys.filter { $0.hasPrefix(root + "/seals.") && $0.hasSuffix(".jsonl") }.sorted()
    return try paths.flatMap { path in
        try (files.files[path] ?? []).split(separator: 0x0A).map { try Seal($0) }
    }
}
