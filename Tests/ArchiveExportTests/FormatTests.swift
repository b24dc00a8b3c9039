import Feedback
import FeedbackTestSupport
import Markup
import QuestionnaireModel
import Records
import Testing

@testable import ArchiveExport

@Suite("Export: formats, files, and lines that cannot be read")
struct FormatTests {
    @Test("every format of the registry has a name, an end and words, and holds every answer")
    func registry() async throws {
        var fixture = try ExportFixture()
        try fixture.add([
            fixture.line("a", recommend: 7, text: "remember me"), fixture.line("b", recommend: 3, text: "and me"),
        ])
        #expect(Set(ExportFormatRegistry.names.map(\.name)).count == ExportFormatRegistry.names.count)
        for (name, summary) in ExportFormatRegistry.names {
            #expect(summary.hasSuffix(".") && ExportFormatRegistry.fileExtension(of: name) != nil)
            let (bytes, counts) = try await fixture.export(name)
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(
                text.contains("remember me") && text.contains("and me") && counts.responses == 2 && counts.answers == 4)
            let exporter = try #require(Exporter(fixture.job, format: name, segments: Segments([])))
            #expect(exporter.isOwn(Array(bytes.prefix(1024))) && !exporter.isOwn(Array("something else".utf8)))
            #expect(try await fixture.export(name).bytes == bytes)
        }
    }

    @Test("a survey without responses exports as an empty archive and a table of one line")
    func empty() async throws {
        let fixture = try ExportFixture()
        let (bytes, summary) = try await fixture.export()
        #expect(summary == ExportSummary())
        _ = try ExportFixture.parse(bytes)
        #expect(try await fixture.export("csv").bytes.filter { $0 == UInt8(ascii: "\n") }.count == 1)
        #expect(try await fixture.export("jsonl").bytes.isEmpty)
    }

    @Test(
        "no text of a customer can be a formula in a table",
        arguments: ["=HYPERLINK(\"http://x\")", "@SUM(A1)", "+1", "-1+2", "\t=1", "\r=1", "＝1", "＋1", "＠x"])
    func formulas(_ text: String) async throws {
        var fixture = try ExportFixture()
        var line = try fixture.line("a", text: text)
        line.wave = text
        line.account = AccountID("=cmd")
        try fixture.add([line])
        let table = String(decoding: try await fixture.export("csv").bytes, as: UTF8.self)
        let row = try #require(table.split(separator: "\r\n").dropFirst().first)
        #expect(row.contains("'" + text.replacing("\"", with: "\"\"")))
        #expect(row.contains(",'=cmd,"))
    }

    @Test("JSON Lines are the winning lines as they are stored, to the byte")
    func jsonl() async throws {
        var fixture = try ExportFixture()
        let odd = Array(
            "{ \"id\":\"z\", \"v\":1,\"revision\":1,\"survey\":\"club\",\"version\":\"1\",\"submitted\":\"2026-01-01T00:00:00Z\",\"answers\":{\"recommend\":3}, \"mine\":[1] }\n"
                .utf8)
        var first: [UInt8] = []
        try fixture.line("a").append(to: &first)
        try fixture.add(first + odd)
        #expect(try await fixture.export("jsonl").bytes == first + odd)
    }

    @Test("the column of contacts is empty where the survey promised confidence")
    func confidential() async throws {
        var fixture = try ExportFixture(privacy: .confidential)
        try fixture.add([fixture.line("a")])
        let table = String(decoding: try await fixture.export("csv").bytes, as: UTF8.self)
        #expect(!table.contains("maria") && table.contains("acme"))
    }

    @Test("a segment cut at any byte loses its last line only")
    func cut() async throws {
        var fixture = try ExportFixture()
        var whole: [UInt8] = []
        for id in ["a", "b", "c"] { try fixture.line(id).append(to: &whole) }
        try fixture.add(whole)
        for length in 0...whole.count {
            try Files.write(Array(whole[..<length]), to: fixture.segments[0])
            let summary = try await fixture.export("jsonl").summary
            #expect(summary.responses == whole[..<length].filter { $0 == UInt8(ascii: "\n") }.count)
            #expect(summary.unreadableCount == 0)
        }
    }

    @Test("lines that cannot be read are named by file and number, and everything else is there")
    func unreadable() async throws {
        var fixture = try ExportFixture()
        var lines: [[UInt8]] = []
        for id in ["a", "b", "c"] {
            var bytes: [UInt8] = []
            try fixture.line(id).append(to: &bytes)
            lines.append(bytes)
        }
        let long =
            Array("{\"v\":1,\"id\":\"long".utf8) + [UInt8](repeating: 0x78, count: LoadedBlock.longestLine + 1_000_000)
            + [0x0A]
        let nuls = [UInt8](repeating: 0, count: 5000) + [0x0A]
        try fixture.add(
            [0xEF, 0xBB, 0xBF] + lines[0] + lines[0] + nuls + [0x0A] + Array("\r\n".utf8) + lines[1].dropLast()
                + Array("\r\n".utf8) + long)
        try fixture.add(lines[2] + Array("not json\n".utf8))
        let (bytes, summary) = try await fixture.export()
        #expect(summary.responses == 3 && summary.unreadableCount == 4)
        let names = summary.unreadable.map { String($0.split(separator: "/").last ?? "") }
        #expect(
            names.map { String($0.prefix { $0 != " " }) } == [
                "2026-10.jsonl:1:", "2026-10.jsonl:3:", "2026-10.jsonl:7:", "2026-11.jsonl:2:",
            ])
        let root = try ExportFixture.parse(bytes)
        #expect(root.element(named: "seal")?["unreadable"] == "4")
        #expect(try ArchiveReading(root, fixture.questionnaire).responses.map(\.id.rawValue) == ["a", "b", "c"])
    }

    @Test("a line of a newer heed stops the export")
    func newer() async throws {
        var fixture = try ExportFixture()
        try fixture.add(Array("{\"v\":2,\"id\":\"a\"}\n".utf8))
        for format in ["archive", "csv", "jsonl"] {
            await #expect(throws: ExportError.self) { try await fixture.export(format) }
        }
    }

    @Test("only its own earlier output is replaced, whole or not at all")
    func files() async throws {
        var fixture = try ExportFixture()
        try fixture.add([fixture.line("a")])
        let path = fixture.folder.file("club.xml")
        let exporter = try #require(Exporter(fixture.job, format: "archive", segments: Segments(fixture.segments)))
        for _ in 0..<2 {
            let sink = try FileSink(path) { exporter.isOwn($0) }
            _ = try await exporter.run(to: sink)
            try sink.finish()
        }
        let written = try Files.read(path)
        _ = try ExportFixture.parse(written)
        // An export that is given up leaves the earlier one, and nothing beside it.
        do {
            let sink = try FileSink(path) { exporter.isOwn($0) }
            try sink.write([1, 2, 3])
        }
        #expect(try Files.read(path) == written)
        #expect(try Files.names(fixture.folder.path) == ["2026-10.jsonl", "club.xml"])
        try Files.write(Array("my thesis".utf8), to: path)
        #expect(throws: ExportError.notOurs(path: path)) { try FileSink(path) { exporter.isOwn($0) } }
        #expect(throws: ExportError.notOurs(path: fixture.folder.path)) {
            try FileSink(fixture.folder.path) { _ in true }
        }
        #expect(throws: ExportError.self) { try FileSink(fixture.folder.file("none/at/all.xml")) { _ in true } }
        #expect(try Files.read(path) == Array("my thesis".utf8))
    }

    @Test("an export sees what was there when it began, whatever is appended meanwhile")
    func snapshot() async throws {
        var fixture = try ExportFixture()
        try fixture.add([fixture.line("a")])
        let segments = try Segments(fixture.segments)
        var more: [UInt8] = try Files.read(fixture.segments[0]) + Array("{\"v\":1,\"id\":\"half".utf8)
        try fixture.line("b").append(to: &more)
        try Files.append(more, to: fixture.segments[0])
        let exporter = try #require(Exporter(fixture.job, format: "jsonl", segments: segments))
        let sink = MemorySink()
        #expect(try await exporter.run(to: sink).responses == 1)
    }

    @Test("a table is known as one's own however many columns it has, also when a version has brought new ones")
    func ownTable() async throws {
        let fixture = try ExportFixture()
        let wide =
            "id,submitted,complete,account,contact,role,wave,channel,language,version,"
            + (0..<300).map { "question-\($0)" }.joined(separator: ",")
        let exporter = try #require(Exporter(fixture.job, format: "csv", segments: Segments([])))
        #expect(exporter.isOwn(Array(wide.utf8.prefix(1024))) && !exporter.isOwn(Array("id,name\n".utf8)))
    }

    @Test("an output that cannot be taken back gets the same bytes")
    func descriptor() async throws {
        var fixture = try ExportFixture()
        try fixture.add([fixture.line("b"), fixture.line("a"), fixture.line("b", recommend: 1)])
        let sink = OnceSink()
        let exporter = try #require(Exporter(fixture.job, format: "jsonl", segments: Segments(fixture.segments)))
        _ = try await exporter.run(to: sink)
        #expect(sink.bytes == (try await fixture.export("jsonl").bytes))
    }

    private final class OnceSink: ExportSink {
        var bytes: [UInt8] = []
        var canBeginAgain: Bool { false }
        func beginAgain() throws(ExportError) { #expect(bytes.isEmpty) }
        func write(_ more: [UInt8]) throws(ExportError) { bytes += more }
    }
}
