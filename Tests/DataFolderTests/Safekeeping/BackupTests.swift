import ArchiveExport
import Feedback
import FeedbackTestSupport
import FoundationEssentials
import Journal
import Records
import Synchronization
import Testing

@testable import DataFolder

@Suite struct BackupTests {
    private func bench() async throws -> (bench: FolderWorkbench, link: InvitationLine) {
        let bench = try await FolderWorkbench(Sample.trip, Sample.one)
        // The folder's own name is on disk, as it is after a first start on a real one.
        try bench.files.syncFolder(".")
        let link = try await bench.invite()
        _ = try await bench.send(try responseID("r1"), "one", ["recommend": "9"])
        return (bench, link)
    }

    private func backUp(_ bench: FolderWorkbench, in folder: DataFolder? = nil) async throws -> BackupSummary {
        try await (folder ?? bench.folder).backUp(to: "copies", listedAs: "/mnt/copies", by: "test")
    }

    private func restore(
        _ bench: FolderWorkbench, files: MemoryFiles? = nil,
        replay: (DataFolder) async throws(FolderError) -> Void = { _ in }
    ) async throws -> RestoreSummary {
        try await FolderRestore.restore(
            "copies", listedAs: "/mnt/copies", to: "again", by: "test", time: bench.time, files: files ?? bench.files,
            replay: replay)
    }

    private func contents(_ files: MemoryFiles, _ root: String) -> [String: [UInt8]] {
        var found: [String: [UInt8]] = [:]
        for (path, bytes) in files.files where path.hasPrefix(root + "/") {
            let name = String(path.dropFirst(root.count + 1))
            if name != "lock", name != "backup.json", !name.hasPrefix("cache/") { found[name] = bytes }
        }
        return found
    }

    @Test func `a backup is the folder as it was, and every link works from what is restored of it`() async throws {
        let (bench, link) = try await bench()
        let token = bench.folder.links.token(for: link.id, survey: link.survey, purpose: .answer)
        let before = contents(bench.files, "data")
        let summary = try await backUp(bench)
        #expect(contents(bench.files, "copies") == before)
        #expect(before.keys.contains("secret"))
        #expect(summary.files == before.count)
        // What comes later is not in it.
        _ = try await bench.send(try responseID("r2"), "one", ["recommend": "1"])
        #expect(try await restore(bench).problems == [])
        let again = try DataFolder.open("again", as: .serve, time: bench.time, files: bench.files)
        #expect(again.links.verify(token, survey: link.survey, purpose: .answer) == link.id)
        #expect(try await bench.send(link.id, "trip", ["recommend": "9"], in: again).word == "accepted, next 2")
        #expect(try again.state(of: try responseID("r1"), survey: try surveyID("one")) != .none)
        #expect(try again.state(of: try responseID("r2"), survey: try surveyID("one")) == .none)
        again.close()
    }

    @Test func `each backup is listed, the last one of a place only`() async throws {
        let (bench, _) = try await bench()
        _ = try await backUp(bench)
        bench.wait(minutes: 5)
        _ = try await backUp(bench)
        #expect(try bench.folder.backups().map(\.path) == ["/mnt/copies"])
        #expect(try bench.folder.backups().map(\.made) == [bench.time.now()])
        #expect(bench.lines("backups").count == 2)
        #expect(bench.lines("audit").filter { $0.contains("\"backup\"") }.count == 2)
        // The restored folder knows of the one it came from.
        _ = try await restore(bench)
        let again = try DataFolder.open("again", as: .reading, time: bench.time, files: bench.files)
        #expect(try again.backups().map(\.path) == ["/mnt/copies"])
        #expect(try again.backups().map(\.made) == [bench.time.now()])
    }

    @Test func `nothing that is there is overwritten`() async throws {
        let (bench, _) = try await bench()
        _ = try await backUp(bench)
        await #expect(throws: FolderError.self) {
            try await bench.folder.backUp(to: "data/inside", listedAs: "/x", by: "test")
        }
        let served = try DataFolder.open("copies", as: .serve, time: bench.time, files: bench.files)
        let busy = await #expect(throws: FolderError.self) { _ = try await backUp(bench) }
        #expect(busy?.kind == .locked)
        served.close()
        try bench.files.makeFolders("again")
        _ = try bench.files.open("again/precious", .creating)
        await #expect(throws: FolderError.self) { _ = try await restore(bench) }
        await #expect(throws: FolderError.self) {
            try await bench.folder.backUp(to: "again", listedAs: "/x", by: "test")
        }
        #expect(bench.files.files.keys.filter { $0.hasPrefix("again") } == ["again/precious"])
        try bench.files.remove("again/precious")
        #expect(try await restore(bench).files > 5)
    }

    @Test func `every altered byte of a backup is noticed and not restored`() async throws {
        let (bench, _) = try await bench()
        _ = try await backUp(bench)
        for (name, bytes) in contents(bench.files, "copies") {
            for place in Set([0, bytes.count / 2, bytes.count - 1]) where bytes.indices.contains(place) {
                var altered = bytes
                altered[place] ^= 0x20
                bench.files.overwrite("copies/" + name, with: altered)
                let error = await #expect(throws: FolderError.self) { _ = try await restore(bench) }
                #expect(error?.kind == .refused)
                #expect(error?.message.contains("copies/\(name) is not what was backed up") == true)
                #expect(try bench.files.status("again") == nil)
                bench.files.overwrite("copies/" + name, with: bytes)
            }
        }
        try bench.files.remove("copies/secret")
        await #expect(throws: FolderError.self) { _ = try await restore(bench) }
    }

    @Test func `a backup with a byte more or a file more than was copied is not sound`() async throws {
        let (bench, _) = try await bench()
        _ = try await backUp(bench)
        func problems() async throws -> [String] {
            let copy = try DataFolder.open("copies", as: .reading, time: bench.time, files: bench.files)
            defer { copy.close() }
            var result = Verification(path: "copies")
            try copy.verifyBackup(&result) { _ in }
            return result.problems
        }
        #expect(try await problems() == [])
        let bytes = try #require(bench.files.files["copies/published.jsonl"])
        bench.files.overwrite("copies/published.jsonl", with: bytes + [0x0A])
        #expect(try await problems().map { $0.prefix(32) } == ["published.jsonl has 1 bytes more"])
        bench.files.overwrite("copies/published.jsonl", with: bytes)
        _ = try bench.files.open("copies/extra.jsonl", .creating)
        #expect(try await problems().map { $0.prefix(27) } == ["extra.jsonl was not backed "])
    }

    @Test func `what is written, sealed and rewritten meanwhile leaves a backup of one moment`() async throws {
        let (bench, _) = try await bench()
        let (log, audit) = (LogName.monthly("responses/one"), LogName.monthly("audit"))
        let rewriter = SegmentRewriter(root: "data", files: bench.files, time: bench.time, patience: 0)
        for round in 0..<24 {
            _ = try await bench.send(try responseID("gone\(round)"), "one", ["recommend": "3"])
            // In the middle of the copy another process writes, or removes a line for good.
            let interrupted = InterruptedFiles(bench.files, after: round + 1) {
                if round % 2 == 0 {
                    _ = try? rewriter.rewrite([log], because: "erasure \(round)") { _, line in
                        String(decoding: line, as: UTF8.self).contains("\"gone\(round)\"") ? .drop : .keep
                    }
                } else {
                    let journal = Journal(
                        root: "data", files: bench.files, time: bench.time, patience: 0,
                        schema: { _ in LogSchema(keys: { _, _ in .readable }, moment: { _ in nil }) })
                    try? journal.blockingStep { step in
                        let line =
                            "{\"at\":\"2026-11-21T10:00:00.000Z\",\"by\":\"x\",\"action\":\"x\",\"object\":\"\(round)\"}\n"
                        try step.append(to: audit, at: try step.moment(audit), keys: []) { $0 += line.utf8 }
                    }
                }
            }
            let folder = try DataFolder.open("data", as: .command, time: bench.time, files: interrupted)
            _ = try await backUp(bench, in: folder)
            let data = contents(bench.files, "data")
            for (name, bytes) in contents(bench.files, "copies") {
                #expect(data[name]?.starts(with: bytes) == true || name == "seals.jsonl", "round \(round), \(name)")
            }
            let copy = try DataFolder.open("copies", as: .reading, time: bench.time, files: bench.files)
            #expect(copy.mended == [])
            #expect(
                try SealVerifier(root: "copies", files: bench.files, time: bench.time).verify().problems == [],
                "round \(round)")
            folder.close()
        }
    }

    @Test func `a backup that is broken off at any call never looks finished, and the one before it stays`()
        async throws
    {
        let (bench, _) = try await bench()
        _ = try await backUp(bench)
        let first = contents(bench.files, "copies")
        _ = try await bench.send(try responseID("r2"), "one", ["recommend": "1"])
        bench.folder.close()
        var failing = 0
        while true {
            // Everything is on disk, so that what a power cut leaves is a copy.
            let files = bench.files.afterPowerCut()
            let folder = try DataFolder.open("data", as: .command, time: bench.time, files: files)
            let second = contents(files, "data")
            files.setPlan { [failing] number, _ in number >= failing ? .error(5) : nil }
            let result = try? await backUp(bench, in: folder)
            let calls = files.calls
            files.setPlan(nil)
            for left in [files, files.afterPowerCut()] {
                let place = try left.status("copies") == nil ? "copies.former" : "copies"
                let found = contents(left, place)
                #expect(try left.status(place + "/backup.json") != nil, "broken off at call \(failing)")
                #expect(
                    found == first || found.allSatisfy { second[$0.key]?.starts(with: $0.value) == true },
                    "broken off at call \(failing)")
                // Wherever it broke off, the next backup and a restore go on from there.
                let again = try DataFolder.open("data", as: .command, time: bench.time, files: left)
                _ = try await again.backUp(to: "copies", listedAs: "/mnt/copies", by: "test")
                #expect(try await restore(bench, files: left).problems == [], "broken off at call \(failing)")
                #expect(!left.files.keys.contains { $0.hasPrefix("copies.") || $0.hasPrefix("again.") })
            }
            if calls <= failing {
                #expect(result != nil)
                break
            }
            failing += Self.stride
        }
    }

    @Test func `a restore that is broken off at any call leaves no folder, and the next one works`() async throws {
        let (bench, _) = try await bench()
        _ = try await backUp(bench)
        bench.folder.close()
        let copied = contents(bench.files, "copies")
        var failing = 0
        while true {
            let files = bench.files.afterPowerCut()
            files.setPlan { [failing] number, _ in number >= failing ? .error(5) : nil }
            let result = try? await restore(bench, files: files)
            let calls = files.calls
            files.setPlan(nil)
            for left in [files, files.afterPowerCut()] {
                if try left.status("again") == nil {
                    #expect(try await restore(bench, files: left).problems == [], "broken off at call \(failing)")
                }
                let again = contents(left, "again")
                #expect(
                    copied.allSatisfy { again[$0.key]?.starts(with: $0.value) == true },
                    "broken off at call \(failing)")
            }
            if calls <= failing {
                #expect(result != nil)
                break
            }
            failing += Self.stride
        }
    }

    /// Every call in the long run, every third in the short one.
    private static let stride = ProcessInfo.processInfo.environment["HEED_LONG"] == nil ? 3 : 1

    @Test func `what is replayed is done before the folder gets its name`() async throws {
        let (bench, _) = try await bench()
        _ = try await backUp(bench)
        await #expect(throws: FolderError.self) {
            _ = try await restore(bench) { _ throws(FolderError) in throw FolderError(.refused, "not so") }
        }
        #expect(try bench.files.status("again") == nil)
        // Nor does the copy stay under another name: it still holds who was to be taken out.
        #expect(!bench.files.files.keys.contains { $0.hasPrefix("again") })
        _ = try await restore(bench) { folder throws(FolderError) in
            try await folder.audit("replayed", object: "x", by: "test")
        }
        let audit = bench.files.files.filter { $0.key.hasPrefix("again/audit/") }.values.joined()
        #expect(String(decoding: audit, as: UTF8.self).contains("replayed"))
    }
}

/// The files of a folder, with something that happens when so many of them were opened to be read.
private final class InterruptedFiles: FileSystem {
    let files: MemoryFiles
    let after: Int
    let interruption: @Sendable () -> Void
    private let opened = Mutex(0)

    init(_ files: MemoryFiles, after: Int, _ interruption: @escaping @Sendable () -> Void) {
        self.files = files
        self.after = after
        self.interruption = interruption
    }

    var clock: Int64 { files.clock }

    func open(_ path: String, _ mode: OpenMode) throws(FileError) -> any OpenFile {
        if mode == .reading,
            opened.withLock({
                $0 += 1; return $0 == after
            })
        {
            interruption()
        }
        return try files.open(path, mode)
    }

    func status(_ path: String) throws(FileError) -> FileStatus? { try files.status(path) }
    func list(_ folder: String) throws(FileError) -> [String] { try files.list(folder) }
    func makeFolder(_ path: String) throws(FileError) { try files.makeFolder(path) }
    func rename(_ path: String, to target: String) throws(FileError) { try files.rename(path, to: target) }
    func remove(_ path: String) throws(FileError) { try files.remove(path) }
    func syncFolder(_ path: String) throws(FileError) { try files.syncFolder(path) }
}
