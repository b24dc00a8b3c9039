import DataFolder
import FeedbackTestSupport
import Markup
import Records
import Testing

@Suite("Import: CSV as RFC 4180 has it")
struct CSVReaderTests {
    private func rows(_ bytes: [UInt8], pieces: Int = .max) throws -> [CSVReader.Row] {
        let cut = stride(from: 0, to: bytes.count, by: min(pieces, max(1, bytes.count))).map {
            Array(bytes[$0..<min($0 + min(pieces, bytes.count), bytes.count)])
        }
        var reader = try CSVReader(ByteChunks(cut))
        var rows: [CSVReader.Row] = []
        while let row = try reader.next() { rows.append(row) }
        return rows
    }

    private func cells(_ text: String) throws -> [[String]] { try rows(Array(text.utf8)).map(\.cells) }

    @Test(
        "corners of the RFC",
        arguments: [
            ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]), ("a,b\n1,2", [["a", "b"], ["1", "2"]]),
            ("a,b\r1,2\r", [["a", "b"], ["1", "2"]]), ("\u{FEFF}a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
            ("a,b\n\"1\n2\",\"x\"\n", [["a", "b"], ["1\n2", "x"]]),
            ("a,b\n\"1\r\n2\",x\n", [["a", "b"], ["1\n2", "x"]]),
            ("a,b\n\"\"\"q\"\"\",\"\"\n", [["a", "b"], ["\"q\"", ""]]), ("a,b\n,\n", [["a", "b"], ["", ""]]),
            ("a,b\n\n\n1,2\n\n", [["a", "b"], ["1", "2"]]), ("a\n\"\"\n", [["a"], [""]]),
            ("a,b\n x , y \n", [["a", "b"], [" x ", " y "]]), ("a,b\n5\" pipe,x\n", [["a", "b"], ["5\" pipe", "x"]]),
            ("a,b\n\"x,y\",z\n", [["a", "b"], ["x,y", "z"]]), ("a;b\n1,5;2\n", [["a", "b"], ["1,5", "2"]]),
            ("a\tb\n1\t2\n", [["a", "b"], ["1", "2"]]), ("\"a;x\",b\n1,2\n", [["a;x", "b"], ["1", "2"]]),
            ("a,b\n\"দেরি\",👍🏽\n", [["a", "b"], ["দেরি", "👍🏽"]]), ("", []), ("\n\n", []), ("\u{FEFF}", []),
            ("a,b\n\u{2028},\u{85}\n", [["a", "b"], ["\u{2028}", "\u{85}"]]),
        ] as [(String, [[String]])])
    func corners(_ text: String, _ expected: [[String]]) throws {
        for size in [1, 2, 3, 7, Int.max] { #expect(try rows(Array(text.utf8), pieces: size).map(\.cells) == expected) }
    }

    @Test("random tables come back as they were written", arguments: 1...20 as ClosedRange<UInt64>)
    func random(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let pieces = ["a", "\"", ",", "\n", ";", "\t", " ", "দ", "", "\"\"", "'", "=", "\u{FEFF}x", "\u{0}"]
        let width = Int.random(in: 1...5, using: &random)
        var table = [(0..<width).map { "column\($0)" }]
        for _ in 0..<Int.random(in: 0...40, using: &random) {
            table.append(
                (0..<width).map { _ in
                    (0..<Int.random(in: 0...6, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
                        .joined()
                })
        }
        // A table of one column with a separator in its name would be another table; ours has none.
        let bytes = table.flatMap { CSVWriter.record($0) }
        for size in [1, 5, Int.max] { #expect(try rows(bytes, pieces: size).map(\.cells) == table, "seed \(seed)") }
    }

    @Test("a row that cannot be read is named by its line, and reading goes on behind it")
    func problems() throws {
        let bad =
            Array("id,name\n1,\"a\"b\n2,x\n3,".utf8) + [0xFF, 0xFE] + Array("\n4,\"two\nlines\"\n5,\"open\n6,x\n".utf8)
        let found = try rows(bad)
        #expect(found.map(\.line) == [1, 2, 3, 4, 5, 7])
        #expect(found[1].problem == "text follows a closing quote; a quote inside a cell is written twice")
        #expect(found[3].problem == "cell 2 is not UTF-8; save the file in UTF-8")
        #expect(found[4].cells == ["4", "two\nlines"])
        #expect(found[5].problem == "the quote that opens on line 7 is never closed")
    }

    @Test("cells, rows and their number are bounded, and the next row is read")
    func bounds() throws {
        let long =
            Array("id\n".utf8) + [UInt8](repeating: 0x78, count: CSVReader.longestCell + 1) + Array("\nnext\n".utf8)
        let found = try rows(long, pieces: 65_536)
        #expect(found[1].problem == "a cell is longer than \(CSVReader.longestCell) bytes" && found[1].cells == [])
        #expect(found[2].cells == ["next"])
        let cell = [UInt8](repeating: 0x78, count: CSVReader.longestCell - 1) + [0x2C]
        #expect(
            try rows(Array("id\n".utf8) + cell + cell + cell + cell + cell + [0x0A])[1].problem?.contains(
                "the row is longer") == true)
        let wide = [UInt8](repeating: 0x2C, count: CSVReader.mostCells + 1)
        #expect(try rows(wide)[0].problem == "the row has more than \(CSVReader.mostCells) cells")
    }

    @Test("any bytes at all are rows or problems, never a crash", arguments: 1...30 as ClosedRange<UInt64>)
    func noise(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let alphabet: [UInt8] = [0x22, 0x2C, 0x0A, 0x0D, 0x3B, 0x09, 0x61, 0x00, 0xFF, 0xC3, 0xA9, 0xEF, 0xBB, 0xBF]
        let bytes = (0..<Int.random(in: 0...400, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? 0
        }
        guard let whole = try? rows(bytes) else { return }
        #expect(try rows(bytes, pieces: 1) == whole, "seed \(seed)")
    }

    @Test("UTF-16 is refused with advice")
    func utf16() {
        #expect(throws: FolderError.self) { try rows([0xFF, 0xFE, 0x61, 0x00]) }
        #expect(throws: FolderError.self) { try rows([0xFE, 0xFF, 0x00, 0x61]) }
    }
}

@Suite("Import: JSON Lines")
struct JSONLReaderTests {
    @Test("objects a line, with CRLF, a mark, empty lines and broken ones")
    func lines() throws {
        let text =
            "\u{FEFF}{\"id\":\"a\"}\r\n\n{\"id\":\"b\",\"n\":1}\nnot json\n[1]\n{\"id\":\"c\",\"id\":\"d\"}\n{\"id\":\"e\"}"
        var file = try ImportFile(jsonl: Array(text.utf8))
        #expect(file.columns == ["id", "n"])
        var ids: [String] = []
        var rejects: [Int] = []
        while let item = try file.next() {
            switch item {
            case .record(let record): ids.append(record["id"]?.string ?? "")
            case .reject(let reject): rejects.append(reject.line)
            }
        }
        #expect(ids == ["a", "b", "e"] && rejects == [4, 5, 6])
    }

    @Test("a line without end is bounded")
    func long() throws {
        var reader = JSONLReader(
            ByteChunks([
                [UInt8](repeating: 0x78, count: JSONLReader.longestLine + 10), Array("\n{\"id\":\"a\"}\n".utf8),
            ]))
        #expect(try reader.next() == .reject(Reject(1, "the line is longer than \(JSONLReader.longestLine) bytes")))
        guard case .record(let record)? = try reader.next() else {
            Issue.record("the next line is read")
            return
        }
        #expect(record.line == 2)
    }
}
