import DataFolder
import Feedback
import FeedbackTestSupport
import FoundationEssentials
import Journal
import Records
import Testing

@Suite("Opening a data folder")
struct OpeningTests {
    @Test func `a second server is told who serves, and a command may write beside it`() async throws {
        let bench = try await FolderWorkbench(Sample.one)
        do {
            _ = try bench.another(.serve)
            Issue.record("two servers")
        } catch let error as FolderError {
            #expect(error.exitStatus == 75)
            #expect(error.message.contains("process \(ProcessInfo.processInfo.processIdentifier)"))
        }
        _ = try bench.another(.command)
        bench.folder.close()
        _ = try bench.another(.serve)
    }

    @Test func `the same on a real file system, and the lock goes with the folder`() throws {
        let temporary = try TemporaryFolder()
        let path = temporary.file("deep/data")
        do {
            let folder = try DataFolder.open(path, as: .serve)
            #expect(throws: FolderError.self) { try DataFolder.open(path, as: .serve) }
            folder.close()
        }
        let again = try DataFolder.open(path + "/", as: .serve)
        #expect(again.path == path)
        let attributes = try FileManager.default.attributesOfItem(atPath: path + "/secret")
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        again.close()
    }

    @Test func `what cannot be opened says so with its status, and leaves nothing behind`() throws {
        let temporary = try TemporaryFolder()
        func status(_ path: String, _ use: DataFolder.Use) -> Int32? {
            do {
                _ = try DataFolder.open(path, as: use)
                return nil
            } catch { return error.exitStatus }
        }
        #expect(status(temporary.file("missing"), .reading) == 66)
        #expect(!FileManager.default.fileExists(atPath: temporary.file("missing")))
        try Data("x".utf8).write(to: URL(filePath: temporary.file("file")))
        #expect(status(temporary.file("file"), .command) == 73)
        #expect(status(temporary.file("file/data"), .command) == 73)
        #expect(status("/proc/heed-cannot-be-here", .command) == 73)
    }

    @Test func `an empty folder that is only read stays empty`() async throws {
        let files = MemoryFiles()
        try files.makeFolders("data")
        let folder = try DataFolder.open("data", as: .reading, files: files)
        #expect(try folder.contacts().isEmpty)
        #expect(folder.catalog.all.isEmpty)
        #expect(folder.settings == Settings())
        #expect(files.files.isEmpty)
        await #expect(throws: FolderError.self) {
            try await folder.upsert(accounts: [AccountLine(id: try accountID("a"))])
        }
        #expect(files.files.isEmpty)
    }

    @Test func `lines of a newer heed are refused, unreadable ones reported with file and line`() async throws {
        let bench = try await FolderWorkbench(Sample.one)
        _ = try await bench.send(try responseID("a"), "one", ["recommend": "9"])
        bench.folder.close()
        let path = "data/responses/one/2026-11.jsonl"
        let good = try #require(bench.files.files[path])
        bench.files.overwrite(
            path, with: good + Array("{\"v\":1,\"id\":\"b\",\"answers\":{\"recommend\":}}\n\u{0}\u{0}\n".utf8) + good)
        let again = try bench.another(.serve)
        #expect(again.mended.count == 2)
        #expect(again.mended[0].hasPrefix("responses/one/2026-11.jsonl:2 cannot be read"))
        #expect(again.mended[1].hasPrefix("responses/one/2026-11.jsonl:3 cannot be read"))
        again.close()
        bench.files.overwrite(path, with: good + Array("{\"v\":2,\"id\":\"b\"}\n".utf8))
        do {
            _ = try bench.another(.serve)
            Issue.record("a newer line was taken")
        } catch let error as FolderError {
            #expect(error.exitStatus == 65)
            #expect(error.message.contains("2026-11.jsonl:2"))
        }
    }

    @Test func `a flipped bit anywhere never stops the folder and never changes another line`() async throws {
        let bench = try await FolderWorkbench(Sample.one)
        for name in ["a", "b", "c"] {
            _ = try await bench.send(try responseID(name), "one", ["recommend": "9", "reason": "ভালো"])
        }
        bench.folder.close()
        let path = "data/responses/one/2026-11.jsonl"
        let good = try #require(bench.files.files[path])
        let survey = try surveyID("one")
        let second = try #require(good.firstIndex(of: 0x0A)) + 1
        let third = try #require(good[second...].firstIndex(of: 0x0A)) + 1
        for place in second..<third {
            for bit in [0, 4, 7] {
                var bytes = good
                bytes[place] ^= 1 << bit
                bench.files.overwrite(path, with: bytes)
                // A flipped version digit makes it a newer heed's line, which is refused; everything else is opened.
                guard let folder = try? bench.another(.reading) else { continue }
                guard let first = try? folder.state(of: try responseID("a"), survey: survey) else { continue }
                guard case .complete = first else {
                    Issue.record("byte \(place), bit \(bit): the first line is gone")
                    continue
                }
                // The last line is lost only where the flipped byte is the line end before it.
                guard case .complete = try folder.state(of: try responseID("c"), survey: survey) else {
                    #expect(place == third - 1, "byte \(place), bit \(bit)")
                    continue
                }
            }
        }
    }

    @Test func `the settings are those of the last line`() async throws {
        let bench = try await FolderWorkbench()
        bench.folder.close()
        let line =
            #"{"timeZone":"Asia/Dhaka","confidence":0.9,"minimumGroup":7,"trustedProxies":1,"embeddingOrigins":["https://a.example"],"recorded":"2026-11-21T10:00:00.000Z"}"#
        try bench.files.replace("data/settings.jsonl", with: Array(("{\"timeZone\":\"UTC\"}\n" + line + "\n").utf8))
        let settings = try bench.another(.serve).settings
        #expect(settings.timeZone == "Asia/Dhaka")
        #expect(settings.minimumGroup == 7)
        #expect(settings.trustedProxies == 1)
        #expect(settings.embeddingOrigins == ["https://a.example"])
        #expect(settings.sender == nil)
    }

    @Test func `many lines are found again through the cache, without it, and when it is stale or broken`() async throws
    {
        let bench = try await FolderWorkbench(Sample.one)
        let survey = try surveyID("one")
        func line(_ number: Int) throws -> ResponseLine {
            ResponseLine(
                id: try responseID("r\(number)"), survey: survey, version: try version("1"),
                submitted: bench.time.now(), answers: Answers([.init(key: "recommend", answer: .integer(number % 11))]))
        }
        func check(_ folder: DataFolder, _ count: Int, _ comment: Comment) throws {
            for number in stride(from: 0, to: count + 50, by: 97) {
                let state = try folder.state(of: try responseID("r\(number)"), survey: survey)
                if number < count {
                    #expect(state == .complete(try line(number)), comment)
                } else {
                    #expect(state == .none, comment)
                }
            }
        }
        try await bench.folder.append(imported: (0..<9000).map(line))
        bench.folder.close()
        let index = "data/cache/index/responses.one.idx"
        let table = try #require(bench.files.files[index])
        var again = try bench.another(.serve)
        try check(again, 9000, "from the cache")
        try await again.append(imported: (9000..<9100).map(line))
        try check(again, 9100, "the cache and new lines")
        again.close()
        #expect(bench.files.files[index] == table)
        again = try bench.another(.serve)
        try check(again, 9100, "grown since")
        again.close()
        for broken in [
            [], Array(table.dropLast()), Array("nonsense".utf8), [UInt8](repeating: 0xFF, count: table.count),
        ] {
            bench.files.overwrite(index, with: broken)
            again = try bench.another(.serve)
            try check(again, 9100, "a broken cache")
            again.close()
        }
        // The segment is rewritten with other lines of the same length in other places.
        let path = "data/responses/one/2026-11.jsonl"
        let lines = try #require(bench.files.files[path]).split(separator: 0x0A).reversed()
        try bench.files.replace(path, with: Array(lines.joined(separator: [0x0A])) + [0x0A])
        again = try bench.another(.serve)
        try check(again, 9100, "a rewritten segment")
        again.close()
    }
}
