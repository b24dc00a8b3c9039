/// Writes RFC 4180 tables.
package enum CSVWriter {
    /// One record with its line end; cells that need quotes get them.
    package static func record(_ cells: [String]) -> [UInt8] {
        var bytes: [UInt8] = []
        for (index, cell) in cells.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            append(cell, to: &bytes, alone: cells.count == 1)
        }
        bytes.append(contentsOf: "\r\n".utf8)
        return bytes
    }

    private static func append(_ cell: String, to bytes: inout [UInt8], alone: Bool) {
        let needsQuotes = cell.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
        // A single empty cell would be an empty line, which readers skip.
        guard needsQuotes || (alone && cell.isEmpty) else { return bytes.append(contentsOf: cell.utf8) }
        bytes.append(UInt8(ascii: "\""))
        for byte in cell.utf8 {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Somebody else's text as a cell that no spreadsheet takes for a formula: an apostrophe before what would begin
    /// one.
    package static func safe(_ text: String) -> String {
        guard let first = text.unicodeScalars.first else { return text }
        // Full-width forms are folded to ASCII by some spreadsheets (OWASP, CSV injection).
        let openers: Set<Unicode.Scalar> = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]
        return openers.contains(first) ? "'" + text : text
    }
}
