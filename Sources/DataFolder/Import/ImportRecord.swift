package import Records

/// One row of a file that is being imported: its line and its cells by column.
package struct ImportRecord: Sendable, Equatable {
    /// The line it begins on, from 1.
    package let line: Int
    /// The cells, in the order of the file; a column the row does not have is absent.
    package let cells: [JSONValue.Member]

    /// A row of a file.
    package init(line: Int, cells: [JSONValue.Member]) {
        self.line = line
        self.cells = cells
    }

    /// The cell of a column; nil where the row has no such column.
    package subscript(column: String) -> JSONValue? { cells.first { $0.key == column }?.value }

    /// The text of a cell: nil where the column is absent, empty where the cell is.
    package func text(_ column: String) throws(Reject) -> String? {
        guard let cell = self[column] else { return nil }
        guard let text = cell.cellText else {
            throw Reject(line, "\(column): this is a list or an object, not a single value")
        }
        return text
    }

    /// Whether every cell is empty.
    package var isBlank: Bool { cells.allSatisfy { $0.value == .null || $0.value.string?.isEmpty == true } }
}

/// Why one row was not imported.
package struct Reject: Error, Sendable, Equatable, CustomStringConvertible {
    /// The line it begins on.
    package let line: Int
    /// What is wrong, in words.
    package let reason: String

    /// Why one row was not imported.
    package init(_ line: Int, _ reason: String) {
        self.line = line
        self.reason = reason
    }

    /// The line and the reason.
    package var description: String { "line \(line): \(reason)" }
}

/// What an import came to.
package struct ImportSummary: Sendable, Equatable {
    /// Records that were not there before.
    package var added = 0
    /// Records that are now other than before.
    package var changed = 0
    /// Records that were there already, just so.
    package var unchanged = 0
    /// Rows that could not be taken.
    package var rejected = 0
    /// Things to know that stopped nothing, in words.
    package var notes: [String] = []

    /// Nothing imported yet.
    package init() {}

    /// The line that is printed last.
    package var description: String {
        "\(added) added, \(changed) changed, \(unchanged) unchanged, \(rejected) rejected"
    }

    mutating func add(_ outcome: UpsertOutcome) {
        added += outcome.added
        changed += outcome.changed
        unchanged += outcome.unchanged
    }
}

extension JSONValue {
    /// The value as the cell of a table would hold it; nil for lists and objects.
    var cellText: String? {
        switch self {
        case .null: ""
        case .boolean(let truth): truth ? "true" : "false"
        case .number(let text): text
        case .string(let text): text
        case .array, .object: nil
        }
    }
}

extension String {
    /// Whether a character stands in the text that no file of heed's could hold (XML 1.0 section 2.2).
    var hasForbiddenCharacter: Bool {
        unicodeScalars.contains { scalar in
            (scalar.value < 0x20 && scalar != "\n" && scalar != "\t") || scalar.value == 0xFFFE
                || scalar.value == 0xFFFF
        }
    }
}
