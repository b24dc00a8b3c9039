package import Feedback
package import Journal
internal import Records

/// What restoring a backup came to.
package struct RestoreSummary: Sendable, Equatable {
    /// When the backup was made: what was written later is not there.
    package let made: Timestamp
    /// How many files it has.
    package let files: Int
    /// How many bytes they have.
    package let bytes: Int
    /// What is wrong in the folder that was backed up, each in a sentence; it is so in the restored one too.
    package let problems: [String]
}

/// Makes a data folder of a backup again.
package enum FolderRestore {
    /// Copies a backup to where no data folder is, proving every byte on the way; what does not match is refused.
    ///
    /// The folder is built as `target.unfinished`. `replay` changes it before it gets its name: what was erased after the
    /// backup is erased again, so that no restored folder ever holds it. Where it fails, the copy goes too: it still holds
    /// whom it should have lost.
    package static func restore(
        _ backup: String, listedAs path: String, to target: String, by: String, time: any TimeSource = SystemTime(),
        files: any FileSystem = PosixFiles(), progress: (Double) -> Void = { _ in },
        replay: (DataFolder) async throws(FolderError) -> Void = { _ in }
    ) async throws(FolderError) -> RestoreSummary {
        guard let manifest = try BackupManifest.read(backup, files) else {
            throw FolderError(
                .notFound,
                "\(backup) is no backup, or one that was not finished: it has no \(BackupManifest.name).")
        }
        let place = BackupPlace(target, files)
        let lock = try place.prepareForFolder()
        defer { try? lock.unlock(.server) }
        let problems: [String]
        do {
            try place.clear()
            try copy(manifest, backup, to: place, files, progress)
            problems = try SealVerifier(root: place.unfinished, files: files, time: time).verify().problems
            try await settle(manifest, path, place.unfinished, by, time, files, replay)
            try place.syncFolders()
            try place.finish()
        } catch {
            do { try place.discard() } catch let other {
                throw FolderError(
                    .cannotCreate,
                    "\(FolderError(error).message)\nRemove \(place.unfinished): it holds the whole backup. \(other.description)"
                )
            }
            throw FolderError(error)
        }
        return RestoreSummary(
            made: manifest.made, files: manifest.files.count, bytes: manifest.bytes, problems: problems)
    }

    private static func copy(
        _ manifest: BackupManifest, _ backup: String, to place: BackupPlace, _ files: any FileSystem,
        _ progress: (Double) -> Void
    ) throws {
        var problems: [String] = []
        var done = 0
        for file in manifest.files {
            guard let source = try open(backup + "/" + file.path, files) else {
                problems.append("\(backup)/\(file.path) is missing.")
                continue
            }
            let made = try place.make(file.path)
            var copy = DigestedCopy()
            try copy.read(source, first: file.bytes, to: made) { count in
                done += count
                progress(Double(done) / Double(max(1, manifest.bytes)))
            }
            try made.sync()
            if copy.sha256 != file.sha256 || copy.bytes != file.bytes {
                problems.append("\(backup)/\(file.path) is not what was backed up.")
            }
        }
        if problems.isEmpty { return }
        throw FolderError(
            .refused,
            (problems + ["Nothing was restored. Use another backup; heed verify names the lines."])
                .joined(separator: "\n"))
    }

    /// Does to the copy what has to be done before anybody uses it.
    private static func settle(
        _ manifest: BackupManifest, _ path: String, _ folder: String, _ by: String, _ time: any TimeSource,
        _ files: any FileSystem, _ replay: (DataFolder) async throws(FolderError) -> Void
    ) async throws(FolderError) {
        let restored = try DataFolder.open(folder, as: .command, time: time, files: files)
        defer { restored.close() }
        try await replay(restored)
        try await restored.step { step in
            // The backup itself is not yet listed in it, and still holds what is erased from now on.
            try step.list(manifest, at: path, by: by, "restore")
        }
    }

    private static func open(_ path: String, _ files: any FileSystem) throws(FileError) -> (any OpenFile)? {
        do throws(FileError) { return try files.open(path, .reading) } catch {
            if error.isMissing { return nil }
            throw error
        }
    }
}
