internal import Feedback

/// The table in the cache: loaded when it still fits the segments, made anew when much was read without it.
extension Log {
    /// How many lines are read at start rather than making a table.
    static let fewLines = 8192
    /// How many lines the index in memory may hold.
    static let manyLines = 500_000

    func loadTable() throws(FileError) {
        guard let found = LineTable(files, path: tablePath), found.coverage.count <= segments.count else { return }
        for (index, part) in found.coverage.enumerated() {
            let segment = segments[index]
            guard part.file == segment.name.file, part.inode == segment.inode,
                let status = try files.status(path(of: segment.name))
            else { return }
            if status.size == part.size, status.modified == part.modified { continue }
            let isGrown = index == found.coverage.count - 1 && status.size > part.size
            guard isGrown, try digest(index, end: part.end) == part.digest else { return }
        }
        for (index, part) in found.coverage.enumerated() {
            segments[index].end = part.end
            segments[index].lines = part.lines
        }
        table = found
        unreadable = found.notes
        lastMoment = max(lastMoment, Timestamp(milliseconds: found.lastMoment))
    }

    /// Writes a table of everything read so far and empties the index in memory; a cache that cannot be written is no
    /// trouble.
    func saveTable(ifMoreThan least: Int) {
        guard tail.count > least else { return }
        do {
            let old = try table?.entries() ?? []
            let entries = Self.merge(old, tail.entries.sorted())
            var coverage: [LineTable.Coverage] = []
            for (index, segment) in segments.enumerated() {
                guard let status = try files.status(path(of: segment.name)), status.inode == segment.inode,
                    status.size >= segment.end
                else { return }
                coverage.append(
                    LineTable.Coverage(
                        file: segment.name.file, inode: segment.inode, end: segment.end, size: status.size,
                        lines: segment.lines, modified: status.modified, digest: try digest(index, end: segment.end)))
            }
            try files.makeFolders("cache/index", in: root)
            try LineTable.write(
                entries, coverage: coverage, notes: unreadable, lastMoment: lastMoment.milliseconds, to: tablePath,
                files)
            guard let made = LineTable(files, path: tablePath), made.coverage == coverage else { return }
            table = made
            tail = TailIndex()
        } catch {
            // The index in memory goes on serving.
        }
    }

    /// Fingerprint of the last bytes before an offset.
    private func digest(_ index: Int, end: Int) throws(FileError) -> UInt64 {
        let file = try reader(of: index)
        let start = max(0, end - 4096)
        return LineKey(try file.readAll(end - start, at: start)[...]).hash
    }

    private static func merge(_ left: [IndexEntry], _ right: [IndexEntry]) -> [IndexEntry] {
        if left.isEmpty { return right }
        var merged: [IndexEntry] = []
        merged.reserveCapacity(left.count + right.count)
        var next = right.startIndex
        for entry in left {
            while next < right.endIndex, right[next] < entry {
                merged.append(right[next])
                next += 1
            }
            merged.append(entry)
        }
        merged += right[next...]
        return merged
    }
}
