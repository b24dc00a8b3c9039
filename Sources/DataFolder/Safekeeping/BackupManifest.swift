internal import Crypto
package import Feedback
internal import Journal
package import Records

/// `backup.json`: what a finished backup holds, so that every byte of it can be proven; one that is broken off has none.
package struct BackupManifest: RecordLine {
    /// The file's name in the backup.
    package static let name = "backup.json"

    /// One file of a backup.
    package struct File: Sendable, Equatable {
        /// Its path below the folder.
        package var path: String
        /// How many bytes were copied.
        package var bytes: Int
        /// SHA-256 of these bytes, in lower-case hexadecimal.
        package var sha256: String
    }

    /// When the copy began: what was written later is not in it.
    package var made: Timestamp
    /// The data folder that was copied.
    package var folder: String
    /// Every file but this one.
    package var files: [File]

    /// How many bytes the files have.
    package var bytes: Int { files.reduce(0) { $0 + $1.bytes } }

    /// What a finished backup holds.
    init(made: Timestamp, folder: String, files: [File]) {
        self.made = made
        self.folder = folder
        self.files = files
    }

    /// Reads a parsed line.
    package init(_ value: JSONValue) throws(LineError) {
        if let version = value["v"]?.integer, version > 1 { throw LineError("a newer heed wrote it", isNewer: true) }
        made = try value.required("made") { Timestamp($0) }
        folder = try value.required("folder")
        guard let listed = value["files"]?.array else { throw LineError("\"files\" is missing") }
        files = []
        for file in listed {
            let path = try file.required("path") { Self.isSafe($0) ? $0 : nil }
            guard let bytes = file["bytes"]?.integer, bytes >= 0 else { throw LineError("\"bytes\" is missing") }
            files.append(File(path: path, bytes: bytes, sha256: try file.required("sha256")))
        }
    }

    /// Writes the members of the object.
    package func write(_ writer: inout JSONWriter) {
        writer.member("v", integer: 1)
        writer.member("made", made.description)
        writer.member("folder", folder)
        writer.key("files")
        writer.array { writer in
            for file in files {
                writer.object { writer in
                    writer.member("path", file.path)
                    writer.member("bytes", integer: file.bytes)
                    writer.member("sha256", file.sha256)
                }
            }
        }
    }

    /// A path that stays below the folder, whoever wrote the manifest.
    private static func isSafe(_ path: String) -> Bool {
        !path.split(separator: "/", omittingEmptySubsequences: false).contains { ["", ".", ".."].contains($0) }
    }

    /// The manifest of a backup; nil when the folder is none, or one that was not finished.
    static func read(_ folder: String, _ files: any FileSystem) throws(FolderError) -> BackupManifest? {
        let bytes: [UInt8]?
        do { bytes = try files.contents(of: folder + "/" + name) } catch { throw FolderError(error) }
        guard let bytes else { return nil }
        do throws(LineError) { return try BackupManifest(bytes) } catch {
            throw FolderError(.refused, "\(folder)/\(name) cannot be read: \(error.reason).")
        }
    }
}

/// Copies the first bytes of a file, or only reads them, and digests them as they go by.
struct DigestedCopy {
    private var hash = SHA256()
    private(set) var bytes = 0

    /// SHA-256 of what went by, in lower-case hexadecimal.
    var sha256: String { hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }

    /// Reads so many bytes of a file, fewer where it has fewer.
    mutating func read(
        _ file: any OpenFile, first count: Int, to copy: (any OpenFile)? = nil, progress: (Int) -> Void = { _ in }
    ) throws(FileError) {
        while bytes < count {
            let more = try file.read(min(1 << 20, count - bytes), at: bytes)
            if more.isEmpty { return }
            more.withUnsafeBytes { hash.update(bufferPointer: $0) }
            try copy?.writeAll(more[...])
            bytes += more.count
            progress(more.count)
        }
    }
}
