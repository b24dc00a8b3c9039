/// Writes rows as RFC 4180 has them, so that no cell is ever run as a formula.
struct CSVWriter {
    private(set) var bytes: [UInt8] = []

    /// Writes a row; nil is an empty cell.
    mutating func row(_ cells: [String?]) {
        for (index, cell) in cells.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            if let cell { append(cell) }
        }
        bytes += [0x0D, 0x0A]
    }

    /// Spreadsheets run what begins with `= + - @`, a tab or a return; an apostrophe keeps text as text, numbers stay
    /// numbers.
    private mutating func append(_ cell: String) {
        var text = cell
        if let first = cell.utf8.first, [0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D].contains(first), Double(cell) == nil {
            text = "'" + cell
        }
        guard text.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else {
            bytes += Array(text.utf8)
            return
        }
        bytes.append(0x22)
        for byte in text.utf8 {
            if byte == 0x22 { bytes.append(0x22) }
            bytes.append(byte)
        }
        bytes.append(0x22)
    }
}

extension String {
    /// A number as a cell: the shortest decimal, or empty when undefined.
    static func cell(_ value: Double?) -> String? { value.map { $0 == 0 ? "0" : "\($0)" } }
}
