package import Feedback

/// Seals what will not change any more, so that an altered byte is found later.
///
/// A segment by month is closed when a later one was begun or its month has been over for an hour; it is sealed whole.
/// A journal that never closes, such as `contacts.jsonl`, is sealed once a month up to where it has grown. Should a
/// sealed segment grow after all, because a clock was set back, it is sealed again as far as it goes.
package struct SegmentSealer: Sendable {
    private let root: String
    private let files: any FileSystem
    private let time: any TimeSource
    private let lock: FolderLock
    private let patience: Int

    /// A sealer of a folder's journals; `patience` is how long another process may keep the lock, in milliseconds.
    package init(root: String, files: any FileSystem, time: any TimeSource, patience: Int = Journal.patience) {
        self.root = root
        self.files = files
        self.time = time
        self.patience = patience
        lock = FolderLock(root: root, files: files)
    }

    /// Seals what is to be sealed and returns the new seals; any number of processes may try at once.
    ///
    /// Blocks, but holds the folder's lock for moments only: the bytes are digested without it.
    package func seal() throws -> [Seal] {
        let known = try SealChain(root: root, files: files, isLocked: false).extents()
        let due = try unsealed(known)
        if due.isEmpty { return [] }
        // Only under the lock is it certain that the bytes up to the end were acknowledged and stay.
        let logs = due.map(\.log).reduce(into: [LogName]()) { if !$0.contains($1) { $0.append($1) } }
        let settled = try lock.hold(root, patience: patience) {
            try logs.flatMap { try FolderSegment.all(of: $0, root: root, files) }
        }
        let now = time.now()
        var seals: [(segment: FolderSegment, seal: Seal)] = []
        for segment in settled where due.contains(where: { $0.path == segment.path }) {
            let file = try files.open(segment.path, .reading)
            guard try file.status().inode == segment.inode else { continue }
            let end = try LineScanner.endOfLines(file, size: segment.size)
            var digest = SegmentDigest(expecting: end)
            if let before = known[segment.label] {
                // What was altered since must not be sealed as if it were right: heed verify goes on naming it.
                try digest.read(file, to: before.bytes)
                guard digest.finished.sha256 == before.sha256 else { continue }
            }
            try digest.read(file, to: end)
            try file.sync()
            seals.append((segment, Seal(segment: segment.label, digest, recorded: now)))
        }
        return try lock.hold(root, patience: patience) {
            // A rewriting that was decided on and broken off comes first: its seal must stay the last one until it is done.
            let now = try logs.flatMap { try FolderSegment.all(of: $0, root: root, files) }
            let chain = try SealChain(root: root, files: files, isLocked: true)
            if let newer = chain.newerLine { throw JournalError.newer(newer) }
            let extents = try chain.extents()
            let valid = seals.filter { segment, seal in
                // Another process may have sealed or rewritten it meanwhile.
                guard seal.bytes > extents[seal.segment]?.bytes ?? -1 else { return false }
                return now.contains { $0.path == segment.path && $0.inode == segment.inode && $0.size >= seal.bytes }
            }
            try chain.append(valid.map(\.seal))
            return valid.map(\.seal)
        }
    }

    /// The segments to be sealed as the folder looks without the lock.
    private func unsealed(_ extents: [String: SealChain.Extent]) throws(FileError) -> [FolderSegment] {
        let now = time.now()
        let month = FolderSegment.openMonth(now)
        var due: [FolderSegment] = []
        for log in try FolderSegment.logs(in: root, files) where log != .seals {
            let segments = try FolderSegment.listed(log, root: root, files)
            for (index, segment) in segments.enumerated() {
                let extent = extents[segment.label]
                let isLast = index == segments.count - 1
                if !segment.isClosed(isLast: isLast, month: month) {
                    guard log.stem != nil, extent.map({ $0.recorded.month < now.month }) ?? true else { continue }
                }
                // Looking at its end is only worth while where its size says that there is more.
                guard segment.size > extent?.bytes ?? -1 else { continue }
                let end = try LineScanner.endOfLines(try files.open(segment.path, .reading), size: segment.size)
                if end > extent?.bytes ?? -1 { due.append(segment) }
            }
        }
        return due
    }
}
