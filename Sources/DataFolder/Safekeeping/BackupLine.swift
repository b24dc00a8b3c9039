package import Feedback
internal import Journal
package import Records

/// One line of `backups.jsonl`: a backup that was made, so that an erasure can list those that still hold the person.
package struct BackupLine: RecordLine {
    /// When the copy began: what was written later is not in it.
    package var made: Timestamp
    /// Where it was written, as an absolute path on the machine that made it.
    package var path: String
    /// How many files it has.
    package var files: Int
    /// How many bytes they have.
    package var bytes: Int
    /// Who gave the command.
    package var by: String
    /// When the line was written.
    package var recorded: Timestamp

    /// A backup that was made.
    init(made: Timestamp, path: String, files: Int, bytes: Int, by: String, recorded: Timestamp) {
        self.made = made
        self.path = path
        self.files = files
        self.bytes = bytes
        self.by = by
        self.recorded = recorded
    }

    /// Reads a parsed line.
    package init(_ value: JSONValue) throws(LineError) {
        made = try value.required("made") { Timestamp($0) }
        path = try value.required("path")
        files = value["files"]?.integer ?? 0
        bytes = value["bytes"]?.integer ?? 0
        by = try value.required("by")
        recorded = try value.required("recorded") { Timestamp($0) }
    }

    /// Writes the members of the line's object.
    package func write(_ writer: inout JSONWriter) {
        writer.member("made", made.description)
        writer.member("path", path)
        writer.member("files", integer: files)
        writer.member("bytes", integer: bytes)
        writer.member("by", by)
        writer.member("recorded", recorded.description)
    }
}

extension DataFolder {
    /// The backups that may still be there, oldest first: of those written to the same place only the last one.
    package func backups() throws(FolderError) -> [BackupLine] {
        var last: [String: BackupLine] = [:]
        try eachLine(.backups) { bytes in if let line = try? BackupLine(bytes) { last[line.path] = line } }
        return last.values.sorted { ($0.made, $0.path) < ($1.made, $1.path) }
    }
}

extension JournalStep {
    /// Lists a backup from its manifest, and what was done with it in the audit journal.
    func list(_ manifest: BackupManifest, at path: String, by: String, _ action: String) throws(JournalError) {
        let moment = try moment(.backups)
        let line = BackupLine(
            made: manifest.made, path: path, files: manifest.files.count, bytes: manifest.bytes, by: by,
            recorded: moment)
        try append(to: .backups, at: moment, keys: []) { line.append(to: &$0) }
        try audit(action, object: path, by: by)
    }
}
