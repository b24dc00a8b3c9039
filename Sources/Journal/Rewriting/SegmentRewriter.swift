package import Feedback

/// What becomes of a line when its segment is rewritten.
package enum LineFate: Sendable, Equatable {
    /// It stays, byte for byte.
    case keep
    /// Another line stands in its place, given without a line end.
    case replace([UInt8])
    /// It is gone.
    case drop
}

/// What became of one segment's lines.
package struct RewrittenSegment: Sendable, Equatable {
    /// The segment's path below the folder, such as `responses/bench/2026-11.jsonl`.
    package let segment: String
    /// How many lines stayed as they were.
    package var kept = 0
    /// How many lines were replaced.
    package var replaced = 0
    /// How many lines are gone.
    package var dropped = 0
}

/// Removes or replaces lines of journals that otherwise only grow, for erasure and retention.
///
///     let rewriter = SegmentRewriter(root: path, files: files, time: time)
///     let changed = try rewriter.rewrite([.contacts, .responses(survey)], because: "erasure 01K…") { log, line in
///         mentionsPerson(line) ? .drop : .keep
///     }
///
/// All segments of all logs that are named change together or not at all, whatever happens in between:
///
/// 1. Without any lock, the lines are copied with their fates to `SEGMENT.MARK.rewritten`, so that customers wait only moments
///    beside it. A segment of which every line is kept gets no copy and stays as it is.
/// 2. Under the folder's lock, what was appended meanwhile is copied too, the copies are synced, and one write to
///    `seals.jsonl` adds a superseding seal for each of them, with the reason and the counts. That write decides.
/// 3. Still under the lock, each copy is renamed into its segment's place and its folder synced; the index of the log in
///    the cache is removed. Other processes notice by the segment's inode and read it again.
///
/// Whoever looks at a log under the lock and finds a copy that nobody is working on any more finishes what was decided
/// (its mark is in the segment's newest seal) and removes what was not. So a kill -9 or a power cut anywhere leaves the
/// old segments, or the new ones from the next start, command or batch on. Nobody appends to a log before that is settled.
package struct SegmentRewriter: Sendable {
    private let root: String
    private let files: any FileSystem
    private let time: any TimeSource
    private let lock: FolderLock
    private let patience: Int

    /// A rewriter of a folder's journals; `patience` is how long another process may keep the lock, in milliseconds.
    package init(root: String, files: any FileSystem, time: any TimeSource, patience: Int = Journal.patience) {
        self.root = root
        self.files = files
        self.time = time
        self.patience = patience
        // Its own, so that the journal of this process is kept out like that of any other.
        lock = FolderLock(root: root, files: files)
    }

    /// Rewrites every segment of some logs in which the closure gives any line another fate than to stay.
    ///
    /// Blocks; never to be called from within a decision. The closure may be asked again for the same line when a segment
    /// was rewritten by others meanwhile. Lines of more than 16 MiB stay unasked. The reason is kept for ever: it must not
    /// name the person. Returns the segments that changed.
    package func rewrite(
        _ logs: [LogName], because reason: String, progress: (Double) -> Void = { _ in },
        _ fate: (_ log: LogName, _ line: ArraySlice<UInt8>) throws -> LineFate
    ) throws -> [RewrittenSegment] {
        for _ in 0..<5 {
            do {
                if let changed = try attempt(logs, reason, progress, fate) { return changed }
            } catch let error as FileError where error.isStale {
                // Others have rewritten a segment before it was read.
            }
        }
        throw JournalError.locked(root)
    }

    /// Nil when others rewrote one of the segments meanwhile.
    private func attempt(
        _ logs: [LogName], _ reason: String, _ progress: (Double) -> Void,
        _ fate: (LogName, ArraySlice<UInt8>) throws -> LineFate
    ) throws -> [RewrittenSegment]? {
        // Only under the lock is it certain that the bytes up to the end were acknowledged and stay.
        let seen = try lock.hold(root, patience: patience) {
            try logs.flatMap { try FolderSegment.all(of: $0, root: root, files) }
        }
        let total = max(1, seen.reduce(0) { $0 + $1.size })
        var rewrites: [SegmentRewrite] = []
        defer { for rewrite in rewrites { rewrite.discard() } }
        var done = 0
        for segment in seen {
            let rewrite = SegmentRewrite(segment, files)
            rewrites.append(rewrite)
            try rewrite.copy(to: segment.size) { line in
                try fate(segment.log, line)
            } progress: { bytes in
                progress(Double(done + bytes) / Double(total))
            }
            done += segment.size
        }
        return try lock.hold(root, patience: patience) {
            for segment in try logs.flatMap({ try FolderSegment.all(of: $0, root: root, files) }) {
                if let known = rewrites.first(where: { $0.segment.path == segment.path }) {
                    guard known.segment.inode == segment.inode, known.segment.size <= segment.size else { return nil }
                } else {
                    rewrites.append(SegmentRewrite(segment, files))
                }
                try rewrites.first { $0.segment.path == segment.path }?.finish(at: segment.size) { line in
                    try fate(segment.log, line)
                }
            }
            let changed = rewrites.filter(\.isChanged)
            try decide(changed, reason)
            try FolderSegment.put(changed.map { ($0.segment, $0.mark) }, inPlace: root, files)
            return changed.map(\.outcome)
        }
    }

    /// Makes the copies' names durable, then the seals that say that they hold.
    private func decide(_ rewrites: [SegmentRewrite], _ reason: String) throws {
        if rewrites.isEmpty { return }
        for folder in Set(rewrites.map(\.segment.folder)) { try files.syncFolder(folder) }
        let chain = try SealChain(root: root, files: files, isLocked: true)
        if let newer = chain.newerLine { throw JournalError.newer(newer) }
        let now = time.now()
        let seals = rewrites.map { rewrite in
            Seal(
                segment: rewrite.segment.label, rewrite.digest, recorded: now,
                redaction: Seal.Redaction(
                    reason: reason, dropped: rewrite.outcome.dropped, replaced: rewrite.outcome.replaced,
                    copy: rewrite.mark))
        }
        // From here on only what is on disk can tell whether they hold.
        for rewrite in rewrites { rewrite.isLeftToSeals = true }
        try chain.append(seals)
    }

    /// Finishes or undoes what is left of rewritings that were broken off; called in a decision, under the lock.
    package static func settle(root: String, _ files: any FileSystem) throws(FileError) {
        for log in try FolderSegment.logs(in: root, files) {
            try BrokenRewrites.settle(log, in: try files.list(log.path(in: root)), root: root, files)
        }
    }
}
