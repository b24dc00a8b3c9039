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

private let october = "responses/bench/2026-10.jsonl"
private let people = LogName.single("contacts")

@Suite struct SealTests {
    /// A folder with a closed month, an open one, and a journal that never closes.
    private func makeFolder(lines: Int = 12) async throws -> MemoryFiles {
        let files = try makeFiles()
        for (month, count) in [("2026-10-21T10:00:00.000Z", lines), ("2026-11-21T10:00:00.000Z", 3)] {
            let journal = makeJournal(files, time: FixedTime(try #require(Timestamp(month))))
            for number in 0..<count {
                _ = try await journal.put("\(month.dropFirst(5).prefix(2))-\(number)", "some text")
            }
            _ = try await journal.put(month, to: people)
            journal.close()
        }
        return files
    }

    private func seal(_ files: MemoryFiles, at moment: Timestamp = november) throws -> [Seal] {
        try SegmentSealer(root: "data", files: files, time: FixedTime(moment), patience: 100).seal()
    }

    private func verify(_ files: MemoryFiles, head: String? = nil) throws -> SealReport {
        try SealVerifier(root: "data", files: files, time: FixedTime(november)).verify(head: head)
    }

    @Test func `closed segments are sealed whole, journals that never close as far as they go, and neither twice`()
        async throws
    {
        let files = try await makeFolder()
        #expect(try seal(files).map(\.segment) == ["contacts.jsonl", october])
        #expect(try seal(files) == [])
        let report = try verify(files)
        #expect(report.problems == [])
        #expect(report.segments == 2)
        #expect(report.openBytes == files.files["data/responses/bench/2026-11.jsonl"]?.count)
        _ = try await makeJournal(files).put("later", to: people)
        #expect(try seal(files) == [])
        let december = try #require(Timestamp("2026-12-01T00:30:00.000Z"))
        #expect(try seal(files, at: december).map(\.segment) == ["contacts.jsonl"])
        // November may be written to for an hour after its end.
        let later = try #require(Timestamp("2026-12-01T01:00:00.000Z"))
        #expect(try seal(files, at: later).map(\.segment) == ["responses/bench/2026-11.jsonl"])
        #expect(try verify(files).problems == [])
        #expect(try verify(files).seals == 4)
    }

    @Test func `any tool can check a seal and the chain`() async throws {
        let files = try await makeFolder()
        _ = try seal(files)
        let seals = try readSeals(files)
        #expect(seals.map(\.previous.count) == [0, 64])
        #expect(seals.last?.lines == 12)
        #expect(seals.last?.bytes == files.files["data/" + october]?.count)
        // What `printf '10-0 some text\n' | sha256sum` says.
        let one = try await makeFolder(lines: 1)
        #expect(
            try seal(one).last?.sha256 == "5bce73c21fb3d02cbfb64e96274a526fecbf959a41bce8f9918f4dcb2c46fb21")
    }

    @Test func `a flipped byte is named with its line, whichever it is`() async throws {
        let files = try await makeFolder(lines: 90)
        _ = try seal(files)
        let path = "data/" + october
        let bytes = try #require(files.files[path])
        #expect(try readSeals(files).last?.blocks.count == 2, "several blocks")
        var random = SeededGenerator(seed: 7)
        var line = 1
        for place in bytes.indices {
            var altered = bytes
            altered[place] ^= UInt8.random(in: 1...255, using: &random)
            files.overwrite(path, with: altered)
            let problems = try verify(files).problems
            #expect(problems.count == 1)
            let start = bytes[..<place].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
            let expected = "\(october):\(line): byte \(place - start + 1) of the line is "
            #expect(problems.first?.hasPrefix(expected) == true, "byte \(place): \(problems)")
            if bytes[place] == 0x0A { line += 1 }
        }
        files.overwrite(path, with: bytes)
        #expect(try verify(files).problems == [])
    }

    @Test func `an edited, removed or added line is named, and nothing behind it`() async throws {
        let files = try await makeFolder(lines: 400)
        _ = try seal(files)
        let path = "data/" + october
        let lines = try #require(files.files[path]).split(separator: 0x0A).map(Array.init)
        var random = SeededGenerator(seed: 11)
        for _ in 0..<60 {
            let number = Int.random(in: 0..<lines.count, using: &random)
            var altered = lines
            switch Int.random(in: 0..<3, using: &random) {
            case 0: altered[number] += Array("!".utf8)
            case 1: altered.remove(at: number)
            default: altered.insert(Array("an added line".utf8), at: number)
            }
            files.overwrite(path, with: Array(altered.joined(separator: [0x0A])) + [0x0A])
            let problems = try verify(files).problems
            let named = try #require(problems.compactMap(Self.lines).first, "\(problems)")
            #expect(named.contains(number + 1) || named.contains(number), "line \(number + 1): \(problems)")
            // A block of 1 KiB has about 60 of these short lines.
            #expect(named.count <= 130, "\(problems)")
        }
    }

    /// The lines that a problem names.
    private static func lines(_ problem: String) -> ClosedRange<Int>? {
        let words = problem.split(separator: " ")
        let place = words[0].split(separator: ":")
        guard place.count == 2, let first = Int(place[1]) else { return nil }
        guard let to = words.firstIndex(of: "to"), let last = Int(words[to + 1]) else { return first...first }
        return first...max(first, last)
    }

    @Test func `cut off, missing and unsealed segments are told apart`() async throws {
        let files = try await makeFolder()
        #expect(try verify(files).unsealed == [october])
        _ = try seal(files)
        let path = "data/" + october
        let bytes = try #require(files.files[path])
        for length in 0..<bytes.count {
            files.overwrite(path, with: Array(bytes.prefix(length)))
            #expect(try verify(files).problems.count >= 1, "cut to \(length)")
        }
        try files.remove(path)
        #expect(try verify(files).problems.first?.hasPrefix("\(october) is missing. It had 12 lines") == true)
    }

    @Test func `a number that is missing among segments is noticed`() async throws {
        let files = try await makeFolder()
        for name in ["2026-11.2.jsonl", "2026-11.3.jsonl"] {
            _ = try files.open("data/responses/bench/" + name, .creating)
        }
        #expect(try verify(files).problems == [])
        try files.remove("data/responses/bench/2026-11.2.jsonl")
        #expect(
            try verify(files).problems == [
                "responses/bench/2026-11.2.jsonl is missing, though responses/bench/2026-11.3.jsonl was begun after it."
            ])
    }

    @Test func `every altered byte of the chain is noticed, but for its last line only with the head kept elsewhere`()
        async throws
    {
        let files = try await makeFolder()
        _ = try seal(files)
        _ = try await makeJournal(files).put("later", to: people)
        _ = try seal(files, at: try #require(Timestamp("2026-12-21T10:00:00.000Z")))
        let head = try #require(try verify(files).head)
        let bytes = try #require(files.files["data/seals.jsonl"])
        let lastLine = (bytes.dropLast().lastIndex(of: 0x0A) ?? 0) + 1
        for place in bytes.indices {
            var altered = bytes
            altered[place] ^= 1
            files.overwrite("data/seals.jsonl", with: altered)
            if place < lastLine { #expect(try verify(files).problems != [], "byte \(place)") }
            #expect(try verify(files, head: head).problems != [], "byte \(place), with the head")
        }
    }

    @Test func `a head kept elsewhere proves what was sealed until then`() async throws {
        let files = try await makeFolder()
        _ = try seal(files)
        let head = try #require(try verify(files).head)
        #expect(try verify(files, head: head).since == 0)
        _ = try await makeJournal(files).put("later", to: people)
        _ = try seal(files, at: try #require(Timestamp("2026-12-21T10:00:00.000Z")))
        let report = try verify(files, head: head.uppercased())
        #expect(report.problems == [])
        #expect(report.since == report.seals - 2)
        // Somebody alters a line and seals everything anew.
        var altered = try #require(files.files["data/" + october])
        altered[3] ^= 1
        files.overwrite("data/" + october, with: altered)
        try files.remove("data/seals.jsonl")
        _ = try seal(files)
        #expect(try verify(files).problems == [])
        #expect(try verify(files, head: head).problems.count == 1)
    }

    @Test func `a segment that grew after it was sealed is sealed again as far as it goes`() async throws {
        let files = try await makeFolder()
        let december = try #require(Timestamp("2026-12-21T10:00:00.000Z"))
        _ = try seal(files, at: december)
        // A process whose clock is late.
        _ = try await makeJournal(files).put("late")
        #expect(try verify(files).problems == [])
        // Once the month is over again it is named, before it is sealed and after.
        let problems = try SealVerifier(root: "data", files: files, time: FixedTime(december)).verify().problems
        #expect(problems.count == 1 && problems.first?.hasPrefix("responses/bench/2026-11.jsonl has ") == true)
        #expect(try seal(files, at: december).map(\.segment) == ["responses/bench/2026-11.jsonl"])
        #expect(try verify(files).problems == [])
        #expect(try verify(files).regrown.map { $0.prefix(30) } == ["responses/bench/2026-11.jsonl:"])
    }

    @Test func `what was altered is not sealed as if it were right when its journal has grown`() async throws {
        let files = try await makeFolder()
        _ = try seal(files)
        var altered = try #require(files.files["data/contacts.jsonl"])
        altered[3] ^= 1
        files.overwrite("data/contacts.jsonl", with: altered)
        _ = try await makeJournal(files).put("later", to: people)
        let december = try #require(Timestamp("2026-12-21T10:00:00.000Z"))
        #expect(try seal(files, at: december).map(\.segment) == ["responses/bench/2026-11.jsonl"])
        #expect(try verify(files).problems.first?.hasPrefix("contacts.jsonl:1: byte 4 of the line is") == true)
    }

    @Test(arguments: [EIO, ENOSPC])
    func `a failure of any call while sealing leaves a chain that holds, and the next try seals`(code: Int32)
        async throws
    {
        for failing in 0..<12 {
            for repeats in [1, 3, Int.max] {
                let files = try await makeFolder()
                files.setPlan { number, _ in number >= failing && number - failing < repeats ? .error(code) : nil }
                _ = try? seal(files)
                files.setPlan(nil)
                for left in [files.afterPowerCut { $0 / 2 }, files.afterPowerCut(), files] {
                    #expect(try verify(left).problems == [], "\(repeats) calls from \(failing) on")
                    _ = try seal(left)
                    let report = try verify(left)
                    #expect(report.problems == [], "\(repeats) calls from \(failing) on, sealed again")
                    #expect(report.segments == 2)
                    #expect(report.seals == 2)
                }
            }
        }
    }

    @Test func `two at once seal everything once`() async throws {
        for _ in 0..<20 {
            let files = try await makeFolder()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<3 {
                    group.addTask {
                        _ = try SegmentSealer(root: "data", files: files, time: FixedTime(november)).seal()
                    }
                }
                try await group.waitForAll()
            }
            #expect(try readSeals(files).count == 2)
            #expect(try verify(files).problems == [])
        }
    }

    @Test func `what is rewritten after it was sealed verifies, and says what was removed`() async throws {
        let files = try await makeFolder()
        _ = try seal(files)
        let rewriter = SegmentRewriter(root: "data", files: files, time: FixedTime(november))
        _ = try rewriter.rewrite([log, people], because: "erasure 7") { _, line in
            line.starts(with: "10-3 ".utf8) ? .drop : line.starts(with: "2026-10".utf8) ? .replace([0x78]) : .keep
        }
        let report = try verify(files)
        #expect(report.problems == [])
        #expect(
            report.redactions == [
                "\(october): 1 lines removed and 0 replaced on 2026-11-21, because of erasure 7",
                "contacts.jsonl: 0 lines removed and 1 replaced on 2026-11-21, because of erasure 7",
            ])
        #expect(try seal(files) == [])
    }
}
