package import Feedback

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// What verifying the seals of a folder came to.
package struct SealReport: Sendable {
    /// What is wrong, each in a sentence.
    package var problems: [String] = []
    /// How many seals the chain has.
    package var seals = 0
    /// SHA-256 of the chain's last line: the head to keep elsewhere.
    package var head: String?
    /// How many seals follow the one whose head was given; nil when none was given, or it is not in the chain.
    package var since: Int?
    /// How many segments were sealed, whole or in part.
    package var segments = 0
    /// How many bytes are what was sealed.
    package var bytes = 0
    /// Closed segments that are not sealed yet.
    package var unsealed: [String] = []
    /// How many bytes of open segments are not sealed.
    package var openBytes = 0
    /// What was removed from segments by rewriting them, in the order of the chain, each in a sentence.
    package var redactions: [String] = []
    /// Segments that had grown after their month was over and sealed, and were sealed again, each in a sentence.
    package var regrown: [String] = []
}

/// Compares the segments of a folder with their seals, and the chain of seals with itself; changes nothing.
///
/// The chain finds accidents. Whoever may write the folder may also make another chain; that is only found with a head
/// that was kept elsewhere.
package struct SealVerifier {
    private let root: String
    private let files: any FileSystem
    private let time: any TimeSource

    /// A verifier of a folder.
    package init(root: String, files: any FileSystem, time: any TimeSource) {
        self.root = root
        self.files = files
        self.time = time
    }

    /// SHA-256 of the last line of the chain, line end included: what `tail -n 1 seals.jsonl | sha256sum` says.
    package func head() throws(FileError) -> String? {
        var chain = ChainReading()
        try chain.read(root, files)
        return chain.head
    }

    /// Reads every sealed byte once, in memory that does not grow with them.
    package func verify(head: String? = nil, progress: (Double) -> Void = { _ in }) throws(FileError) -> SealReport {
        var report = SealReport()
        var chain = ChainReading()
        try chain.read(root, files)
        report.problems = chain.problems
        report.seals = chain.count
        report.head = chain.head
        report.redactions = chain.redactions
        report.regrown = chain.regrown
        if let head {
            if let place = chain.heads.firstIndex(of: head.lowercased()) {
                report.since = chain.count - 1 - place
            } else {
                report.problems.append(
                    "The head \(head) is not in the chain of seals: seals were changed or removed since it was kept.")
            }
        }
        var found: [String: (segment: FolderSegment, isClosed: Bool)] = [:]
        let month = FolderSegment.openMonth(time.now())
        for log in try FolderSegment.logs(in: root, files) where log != .seals {
            let segments = try FolderSegment.listed(log, root: root, files)
            report.problems += Self.gaps(segments)
            for (index, segment) in segments.enumerated() {
                let isClosed = segment.isClosed(isLast: index == segments.count - 1, month: month)
                found[segment.label] = (segment, isClosed)
                let sealed = chain.last[segment.label]?.bytes ?? 0
                if segment.size <= sealed { continue }
                let end = try LineScanner.endOfLines(try files.open(segment.path, .reading), size: segment.size)
                if isClosed, end > sealed {
                    if let known = chain.last[segment.label], known.wasClosed(segment.label) {
                        report.problems.append(
                            "\(segment.label) has \(end - sealed) bytes behind line \(known.lines) that were appended after its month was over and sealed on \(known.recorded.date). Unless a clock was set back then, somebody else wrote them."
                        )
                    } else {
                        report.unsealed.append(segment.label)
                    }
                }
                if !isClosed { report.openBytes += max(0, end - sealed) }
            }
        }
        let total = max(1, chain.last.values.reduce(0) { $0 + $1.bytes })
        for (label, known) in chain.last.sorted(by: { $0.key < $1.key }) {
            let isWhole = found[label]?.isClosed ?? true
            let before = report.bytes
            let problems = try compare(label, known, isWhole: isWhole) { progress(Double(before + $0) / Double(total)) }
            report.problems += problems
            report.segments += 1
            if problems.isEmpty { report.bytes += known.bytes }
        }
        return report
    }

    /// Compares a segment with its last seal; while somebody is rewriting it, waits for that.
    private func compare(
        _ label: String, _ known: ChainReading.Known, isWhole: Bool, _ progress: (Int) -> Void
    ) throws(FileError) -> [String] {
        var known = known
        for _ in 0..<40 {
            let file: any OpenFile
            do throws(FileError) { file = try files.open(root + "/" + label, .reading) } catch {
                guard error.isMissing else { throw error }
                return [
                    "\(label) is missing. It had \(known.lines) lines when it was sealed. Restore it from a backup."
                ]
            }
            if try SegmentDigest.sha256(of: file, first: known.bytes, progress: progress) == known.sha256 { return [] }
            // Sealed anew since the chain was read, or decided on and about to be put in place?
            var again = ChainReading()
            try again.read(root, files)
            if let newer = again.last[label], newer != known {
                known = newer
            } else if try isBeingRewritten(label) {
                usleep(50_000)
            } else {
                guard let seal = try again.seal(label, files) else { return ["The seal of \(label) cannot be read."] }
                let words = try SealComparison.differences(seal, file, isWhole: isWhole)
                if !words.isEmpty { return words }
                return ["\(label) is what was sealed block by block, but not as a whole: its seal was changed."]
            }
        }
        return [
            "\(label) is being rewritten, and nobody finishes it. The next heed serve, or command that writes, does."
        ]
    }

    private func isBeingRewritten(_ label: String) throws(FileError) -> Bool {
        let path = root + "/" + label
        let folder = PosixFiles.parent(of: path)
        return try files.list(folder).contains { name in
            FolderSegment.copied(name).map { folder + "/" + $0.segment == path } ?? false
        }
    }

    /// A segment's number that is not there, though a later one is.
    private static func gaps(_ segments: [FolderSegment]) -> [String] {
        var problems: [String] = []
        var expected = 1
        var period = ""
        for segment in segments {
            if segment.name.period != period { expected = 1 }
            period = segment.name.period
            if segment.name.number > expected {
                let missing = FolderSegment(
                    log: segment.log, name: SegmentName(period: period, number: expected), folder: "", inode: 0, size: 0
                )
                problems.append("\(missing.label) is missing, though \(segment.label) was begun after it.")
            }
            expected = segment.name.number + 1
        }
        return problems
    }
}
