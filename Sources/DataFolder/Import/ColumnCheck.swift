internal import Diagnostics

/// Checks that every column of a file means something, before anything is written.
enum ColumnCheck {
    /// Refuses a file with columns that are not known, naming what each probably stands for.
    static func refuseUnknown(_ columns: [String], known: [String], file: String, advice: String) throws(FolderError) {
        let unknown = columns.filter { !known.contains($0) }
        guard !unknown.isEmpty else { return }
        let list = unknown.prefix(10).map { name in
            Spelling.nearest(to: name, among: known).map { "\"\(name)\" (did you mean \"\($0)\"?)" } ?? "\"\(name)\""
        }
        let more = unknown.count > 10 ? " and \(unknown.count - 10) more" : ""
        let subject = unknown.count == 1 ? "This column is not known" : "These columns are not known"
        throw FolderError(
            .refused, "\(file): \(subject): \(list.joined(separator: ", "))\(more). \(advice) Nothing was imported.")
    }

    /// Refuses a file that lacks a column which every row needs.
    static func require(_ column: String, in columns: [String], file: String) throws(FolderError) {
        if columns.contains(column) || columns.isEmpty { return }
        throw FolderError(
            .refused, "\(file): The column \"\(column)\" is missing; every row needs it. Nothing was imported.")
    }
}
