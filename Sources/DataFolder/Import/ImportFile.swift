internal import Records

/// A file of rows, CSV or JSON Lines, told apart by its name's end, else by its first character.
package struct ImportFile {
    /// What a row came to.
    package enum Item: Equatable {
        /// A row that can be read.
        case record(ImportRecord)
        /// A row that cannot.
        case reject(Reject)
    }

    private enum Reader {
        case csv(CSVReader)
        case jsonl(JSONLReader)
    }

    /// The columns: of CSV those of the first row, of JSON Lines every key that any line has.
    package let columns: [String]
    private let chunks: ByteChunks
    private var reader: Reader

    /// Opens a file and finds its columns.
    package init(path: String) throws(FolderError) {
        let chunks = try ByteChunks(path: path)
        self.chunks = chunks
        if Self.isJSONLines(path) {
            // The keys must be known before anything is written, so the file is read twice.
            columns = try JSONLReader.keys(ByteChunks(path: path))
            reader = .jsonl(JSONLReader(chunks))
        } else {
            var csv = try CSVReader(chunks)
            columns = try Self.header(&csv, path)
            reader = .csv(csv)
        }
    }

    /// Rows that are at hand, as CSV.
    package init(csv bytes: [UInt8]) throws(FolderError) {
        chunks = ByteChunks([bytes])
        var csv = try CSVReader(chunks)
        columns = try Self.header(&csv, "the table")
        reader = .csv(csv)
    }

    /// Rows that are at hand, as JSON Lines.
    package init(jsonl bytes: [UInt8]) throws(FolderError) {
        chunks = ByteChunks([bytes])
        columns = try JSONLReader.keys(ByteChunks([bytes]))
        reader = .jsonl(JSONLReader(chunks))
    }

    private static func isJSONLines(_ path: String) -> Bool {
        let name = path.lowercased()
        return [".jsonl", ".ndjson", ".json"].contains { name.hasSuffix($0) }
    }

    /// The share of the file that has been read, from 0 to 1.
    package var progress: Double { chunks.total > 0 ? min(1, Double(chunks.done) / Double(chunks.total)) : 1 }

    /// The next row, or nil at the end.
    package mutating func next() throws(FolderError) -> Item? {
        switch reader {
        case .jsonl(var jsonl):
            let item = try jsonl.next()
            reader = .jsonl(jsonl)
            return item
        case .csv(var csv):
            defer { reader = .csv(csv) }
            guard let row = try csv.next() else { return nil }
            return item(of: row)
        }
    }

    private func item(of row: CSVReader.Row) -> Item {
        if let problem = row.problem { return .reject(Reject(row.line, problem)) }
        var cells = row.cells
        // Spreadsheets leave empty cells behind the last column.
        while cells.count > columns.count, cells.last?.isEmpty == true { cells.removeLast() }
        guard cells.count == columns.count else {
            return .reject(Reject(row.line, "the row has \(cells.count) cells, the header \(columns.count)"))
        }
        return .record(
            ImportRecord(line: row.line, cells: zip(columns, cells).map { JSONValue.Member($0, .string($1)) }))
    }

    private static func header(_ csv: inout CSVReader, _ path: String) throws(FolderError) -> [String] {
        guard let row = try csv.next() else {
            throw FolderError(.refused, "\(path) is empty. The first row must name the columns. Nothing was imported.")
        }
        if let problem = row.problem {
            throw FolderError(.refused, "\(path):\(row.line): \(problem). Nothing was imported.")
        }
        var names = row.cells.map(Self.trimmed)
        while names.last?.isEmpty == true { names.removeLast() }
        if names.isEmpty || names.contains(where: \.isEmpty) {
            let place = names.firstIndex(of: "").map { "Column \($0 + 1)" } ?? "The first row"
            throw FolderError(.refused, "\(path):\(row.line): \(place) has no name. Nothing was imported.")
        }
        if let name = names.enumerated().first(where: { names[..<$0.offset].contains($0.element) })?.element {
            throw FolderError(
                .refused, "\(path):\(row.line): two columns are called \"\(name)\". Nothing was imported.")
        }
        return names
    }

    private static func trimmed(_ name: String) -> String {
        let start = name.drop(while: \.isWhitespace)
        return String(start[..<(start.lastIndex { !$0.isWhitespace }.map(start.index(after:)) ?? start.startIndex)])
    }
}

/// Reads JSON Lines: one object a line, LF or CRLF, with or without a byte-order mark.
package struct JSONLReader {
    /// The most bytes in one line.
    package static let longestLine = 4 << 20

    private let chunks: ByteChunks
    private var chunk: [UInt8] = []
    private var index = 0
    private var line = 0
    /// Whether the line last read was the file's last and had no line end.
    package private(set) var isUnfinished = false

    /// Reads from the first byte on.
    package init(_ chunks: ByteChunks) { self.chunks = chunks }

    /// Every key of every line that can be read, in the order first seen.
    static func keys(_ chunks: ByteChunks) throws(FolderError) -> [String] {
        var reader = JSONLReader(chunks)
        var keys: [String] = []
        var seen: Set<String> = []
        while let item = try reader.next() {
            guard case .record(let record) = item else { continue }
            for cell in record.cells where seen.insert(cell.key).inserted { keys.append(cell.key) }
        }
        return keys
    }

    /// The next line's object, or nil at the end; empty lines are skipped.
    package mutating func next() throws(FolderError) -> ImportFile.Item? {
        while let bytes = try nextLine() {
            guard let bytes else { return .reject(Reject(line, "the line is longer than \(Self.longestLine) bytes")) }
            if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
            do {
                guard let members = try JSONParser.parse(bytes).members else {
                    return .reject(Reject(line, "the line is not a JSON object"))
                }
                return .record(ImportRecord(line: line, cells: members))
            } catch {
                return .reject(Reject(line, "\(error)"))
            }
        }
        return nil
    }

    /// The next line without its end; `.some(nil)` where it is too long.
    private mutating func nextLine() throws(FolderError) -> [UInt8]?? {
        var bytes: [UInt8] = []
        var isTooLong = false
        var hasBegun = false
        while true {
            if index == chunk.count {
                chunk = try chunks.next()
                index = 0
                if line == 0, !hasBegun, chunk.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
                if chunk.isEmpty {
                    guard hasBegun else { return nil }
                    isUnfinished = true
                    line += 1
                    return .some(isTooLong ? nil : bytes)
                }
            }
            hasBegun = true
            let end = chunk[index...].firstIndex(of: UInt8(ascii: "\n"))
            if !isTooLong { bytes += chunk[index..<(end ?? chunk.count)] }
            if bytes.count > Self.longestLine {
                isTooLong = true
                bytes = []
            }
            index = end.map { $0 + 1 } ?? chunk.count
            if end != nil {
                line += 1
                return .some(isTooLong ? nil : bytes)
            }
        }
    }
}
