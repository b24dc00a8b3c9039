internal import Feedback
internal import Records

/// The chain of seals as it is read from its beginning.
struct ChainReading {
    /// What is kept of a segment's last seal.
    struct Known: Equatable {
        let bytes: Int
        let lines: Int
        let recorded: Timestamp
        let sha256: String
        let path: String
        let offset: Int
        let length: Int

        /// Whether the month of a segment was over when it was sealed, so that nothing was to be appended any more.
        func wasClosed(_ segment: String) -> Bool {
            guard let name = SegmentName(file: segment.split(separator: "/").last.map(String.init) ?? segment),
                name.isMonthly
            else { return false }
            return name.period < FolderSegment.openMonth(recorded)
        }
    }

    private(set) var problems: [String] = []
    private(set) var last: [String: Known] = [:]
    /// The digest of each line.
    private(set) var heads: [String] = []
    private(set) var redactions: [String] = []
    /// Segments that had grown when they were sealed again, though their month was over.
    private(set) var regrown: [String] = []

    var count: Int { heads.count }
    var head: String? { heads.last }

    mutating func read(_ root: String, _ files: any FileSystem) throws(FileError) {
        for segment in try FolderSegment.listed(.seals, root: root, files) {
            let file = try files.open(segment.path, .reading)
            _ = try LineScanner.scan(file, from: 0, to: segment.size) { line in
                take(line, "\(segment.label):\(line.index + 1)", segment.path)
            }
        }
    }

    private mutating func take(_ line: LineScanner.Line, _ place: String, _ path: String) {
        let outline = SealOutline(line.bytes)
        if let segment = outline.segment, let bytes = outline.bytes, let lines = outline.lines,
            let sha256 = outline.sha256, let previous = outline.previous, let recorded = outline.recorded
        {
            if previous != heads.last ?? "" {
                problems.append(
                    "\(place) does not follow from the line before it: one of the two was changed, or a line between them is gone."
                )
            }
            if outline.redaction == nil, let before = last[segment], before.bytes < bytes, before.wasClosed(segment) {
                regrown.append(
                    "\(segment): \(bytes - before.bytes) bytes were appended after its month was over and sealed on \(before.recorded.date), and were sealed on \(recorded.date)"
                )
            }
            last[segment] = Known(
                bytes: bytes, lines: lines, recorded: recorded, sha256: sha256, path: path, offset: line.offset,
                length: line.bytes.count)
            if let redaction = outline.redaction {
                redactions.append(
                    "\(segment): \(redaction.dropped) lines removed and \(redaction.replaced) replaced on \(recorded.date), because of \(redaction.reason)"
                )
            }
        } else {
            problems.append("\(place) cannot be read as a seal.")
        }
        heads.append(SealChain.digest(Array(line.bytes) + [0x0A]))
    }

    /// The whole last seal of a segment.
    func seal(_ segment: String, _ files: any FileSystem) throws(FileError) -> Seal? {
        guard let known = last[segment] else { return nil }
        return try? Seal(files.open(known.path, .reading).readAll(known.length, at: known.offset))
    }
}
