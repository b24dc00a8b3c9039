package import Feedback
internal import Journal
internal import Records

/// What a backup came to.
package struct BackupSummary: Sendable, Equatable {
    /// When the copy began.
    package let made: Timestamp
    /// How many files it has.
    package let files: Int
    /// How many bytes they have.
    package let bytes: Int
    /// SHA-256 of the last seal, to be kept elsewhere; nil where nothing is sealed yet.
    package let head: String?
}

extension DataFolder {
    /// Copies the folder as it is at one moment, secret included, while others go on writing.
    ///
    /// The copy is made beside `target` as `target.unfinished` and renamed when it is whole and durable; an earlier backup
    /// at `target` stays until then. The sizes of all files are noted in one step under the lock: what has been written
    /// by then only grows, so that copying that much is a copy of that moment. A segment that is rewritten meanwhile, by
    /// an erasure, has the copy begin anew, so that the erased are not in a backup made after them. `path` is how the
    /// backup is listed, and `by` who made it.
    package func backUp(
        to target: String, listedAs path: String, by: String, progress: @escaping @Sendable (Double) -> Void = { _ in }
    ) async throws(FolderError) -> BackupSummary {
        if target == self.path || target.hasPrefix(self.path + "/") {
            throw FolderError(.cannotCreate, "\(target) is inside the data folder. Name a folder elsewhere.")
        }
        let place = BackupPlace(target, files)
        let lock = try place.prepare()
        defer { try? lock.unlock(.server) }
        for _ in 0..<5 {
            let listing = try await step { [self] step in
                try SegmentRewriter.settle(root: self.path, files)
                return Listing(made: step.now, files: try backedUpFiles())
            }
            guard let manifest = try copy(listing, to: place, progress) else { continue }
            let head: String?
            do {
                try files.replace(place.unfinished + "/" + BackupManifest.name, with: Self.bytes(of: manifest))
                head = try SealVerifier(root: place.unfinished, files: files, time: time).head()
            } catch { throw FolderError(error) }
            // Listed first: an erasure must know of every backup there may be.
            let isListed = try await step { [self] step in
                let now = Dictionary(uniqueKeysWithValues: try backedUpFiles().map { ($0.path, $0.status.inode) })
                guard listing.files.allSatisfy({ now[$0.path] == $0.status.inode }) else { return false }
                try step.list(manifest, at: path, by: by, "backup")
                return true
            }
            guard isListed else { continue }
            try place.finish()
            return BackupSummary(made: manifest.made, files: manifest.files.count, bytes: manifest.bytes, head: head)
        }
        throw FolderError(
            .locked,
            "Segments of \(self.path) are being rewritten all the time. Make the backup when that has finished.")
    }

    private struct Listing: Sendable {
        let made: Timestamp
        let files: [(path: String, status: FileStatus)]
    }

    private static func bytes(of manifest: BackupManifest) -> [UInt8] {
        var bytes: [UInt8] = []
        manifest.append(to: &bytes)
        return bytes
    }

    /// Everything in the folder but what can be made again and what is on its way to another name.
    private func backedUpFiles() throws(FileError) -> [(path: String, status: FileStatus)] {
        try files.tree(path) { name in
            ["lock", "cache", BackupManifest.name].contains(name) || name.hasSuffix(".new")
                || name.hasSuffix(".rewritten")
        }
    }

    /// Copies what was listed; nil when one of the files was replaced by another meanwhile.
    private func copy(
        _ listing: Listing, to place: BackupPlace, _ progress: (Double) -> Void
    ) throws(FolderError) -> BackupManifest? {
        let total = max(1, listing.files.reduce(0) { $0 + $1.status.size })
        var done = 0
        do throws(FileError) {
            try place.clear()
            var manifest = BackupManifest(made: listing.made, folder: path, files: [])
            for (name, status) in listing.files {
                let source: any OpenFile
                do throws(FileError) { source = try files.open(path + "/" + name, .reading) } catch {
                    if error.isMissing { return nil }
                    throw error
                }
                guard try source.status().inode == status.inode else { return nil }
                // Behind the last line end may stand a line that is just being written.
                let isJournal = name.hasSuffix(".jsonl")
                let size = isJournal ? try LineScanner.endOfLines(source, size: status.size) : status.size
                let file = try place.make(name)
                var copy = DigestedCopy()
                try copy.read(source, first: size, to: file) { count in
                    done += count
                    progress(Double(done) / Double(total))
                }
                try file.sync()
                guard copy.bytes == size else { return nil }
                manifest.files.append(BackupManifest.File(path: name, bytes: size, sha256: copy.sha256))
            }
            try place.syncFolders()
            return manifest
        } catch { throw FolderError(error) }
    }
}
