/// Reads a table row by row (RFC 4180): quotes, line breaks inside them, CRLF or LF, with or without a byte-order mark.
///
/// The separator is a comma; where the first row has none, a semicolon or a tab is taken. A row that cannot be read is
/// reported with its line, and reading goes on behind it. Fields and rows are bounded, and so is the memory.
package struct CSVReader {
    /// One row.
    package struct Row: Equatable {
        /// The line it begins on, from 1.
        package let line: Int
        /// The cells; empty when the row could not be read.
        package var cells: [String]
        /// Why the row could not be read, in words.
        package var problem: String?
    }

    /// The most bytes in one cell.
    package static let longestCell = 1 << 20
    /// The most bytes in one row.
    package static let longestRow = 4 << 20
    /// The most cells in one row.
    package static let mostCells = 10_000

    private let chunks: ByteChunks
    private var chunk: [UInt8]
    private var index = 0
    private var line = 1
    private let separator: UInt8

    /// Reads from the first byte on.
    package init(_ chunks: ByteChunks) throws(FolderError) {
        self.chunks = chunks
        // The whole first row is needed to know the separator.
        var start = try chunks.next()
        while Self.separator(of: start) == nil, start.count < Self.longestRow {
            let more = try chunks.next()
            if more.isEmpty { break }
            start += more
        }
        if start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF]) {
            throw FolderError(
                .refused, "The file is UTF-16. Save it as CSV in UTF-8 and import it again. Nothing was imported.")
        }
        if start.starts(with: [0xEF, 0xBB, 0xBF]) { start.removeFirst(3) }
        chunk = start
        separator = Self.separator(of: start) ?? Self.mostLikely(start)
    }

    /// The separator of the first row, once all of it is there.
    private static func separator(of start: [UInt8]) -> UInt8? {
        var isQuoted = false
        for (index, byte) in start.enumerated() {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if !isQuoted, byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r"), index > 0 {
                return mostLikely(start[..<index])
            }
        }
        return nil
    }

    /// A comma where there is one outside of quotes, else a semicolon, else a tab.
    private static func mostLikely(_ row: some Sequence<UInt8>) -> UInt8 {
        var seen: Set<UInt8> = []
        var isQuoted = false
        for byte in row {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if !isQuoted { seen.insert(byte) }
        }
        return [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")].first(where: seen.contains)
            ?? UInt8(ascii: ",")
    }

    private mutating func peek() throws(FolderError) -> UInt8? {
        while index == chunk.count {
            chunk = try chunks.next()
            index = 0
            if chunk.isEmpty { return nil }
        }
        return chunk[index]
    }

    /// The next row, or nil at the end; wholly empty lines are skipped.
    package mutating func next() throws(FolderError) -> Row? {
        while let first = try peek() {
            guard first == UInt8(ascii: "\n") || first == UInt8(ascii: "\r") else {
                return try row()
            }
            try endLine()
        }
        return nil
    }

    /// Steps over LF, CRLF or a lone CR.
    private mutating func endLine() throws(FolderError) {
        if try peek() == UInt8(ascii: "\r") { index += 1 }
        if try peek() == UInt8(ascii: "\n") { index += 1 }
        line += 1
    }

    private mutating func row() throws(FolderError) -> Row {
        var builder = RowBuilder(line: line)
        while true {
            if try peek() == UInt8(ascii: "\"") { try quoted(&builder) } else { try plain(&builder) }
            builder.endCell()
            guard let byte = try peek() else { return builder.row }
            guard byte == separator else {
                try endLine()
                return builder.row
            }
            index += 1
        }
    }

    /// A cell without quotes: up to a separator or line end; a quote inside stands for itself.
    private mutating func plain(_ builder: inout RowBuilder) throws(FolderError) {
        while let byte = try peek(), byte != separator, byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "\r") {
            builder.append(byte)
            index += 1
        }
    }

    /// A cell in quotes: two quotes are one, line breaks become LF.
    private mutating func quoted(_ builder: inout RowBuilder) throws(FolderError) {
        let opened = line
        index += 1
        while let byte = try peek() {
            if byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\n") {
                try endLine()
                builder.append(UInt8(ascii: "\n"))
                continue
            }
            index += 1
            guard byte == UInt8(ascii: "\"") else {
                builder.append(byte)
                continue
            }
            if try peek() == UInt8(ascii: "\"") {
                builder.append(byte)
                index += 1
                continue
            }
            if let next = try peek(), next != separator, next != UInt8(ascii: "\n"), next != UInt8(ascii: "\r") {
                builder.refuse("text follows a closing quote; a quote inside a cell is written twice")
                try plain(&builder)
            }
            return
        }
        builder.refuse("the quote that opens on line \(opened) is never closed")
    }
}

/// A row in the making: counts what it keeps, and keeps nothing of a row that is refused.
private struct RowBuilder {
    let line: Int
    private var cells: [String] = []
    private var cell: [UInt8] = []
    private var size = 0
    private var problem: String?

    init(line: Int) { self.line = line }

    var row: CSVReader.Row { CSVReader.Row(line: line, cells: problem == nil ? cells : [], problem: problem) }

    mutating func refuse(_ reason: String) {
        if problem == nil { problem = reason }
        cells = []
        cell = []
    }

    mutating func append(_ byte: UInt8) {
        if problem != nil { return }
        cell.append(byte)
        size += 1
        if cell.count > CSVReader.longestCell { refuse("a cell is longer than \(CSVReader.longestCell) bytes") }
        if size > CSVReader.longestRow { refuse("the row is longer than \(CSVReader.longestRow) bytes") }
    }

    mutating func endCell() {
        if problem != nil { return }
        guard let text = String(validating: cell, as: UTF8.self) else {
            return refuse("cell \(cells.count + 1) is not UTF-8; save the file in UTF-8")
        }
        cells.append(text)
        cell.removeAll(keepingCapacity: true)
        if cells.count > CSVReader.mostCells { refuse("the row has more than \(CSVReader.mostCells) cells") }
    }
}
