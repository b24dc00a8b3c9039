internal import Feedback

/// Appending, taking back and cutting; all under the folder's lock.
extension Log {
    /// The file that lines of a moment go to, opened or begun; the log has just looked.
    ///
    /// A month never goes back, so that the order of records is month, number, line.
    func segmentToWrite(at moment: Timestamp) throws(FileError) -> any OpenFile {
        let period = max(name.stem ?? moment.month, segments.last?.name.period ?? "")
        if let last = segments.indices.last, segments[last].name.period == period, !segments[last].isClosed {
            if segments[last].isWritable, let file = segments[last].file { return file }
            let file = try files.open(path(of: segments[last].name), .appending)
            guard try file.status().inode == segments[last].inode else {
                forget()
                throw FileError("write to", folder, code: changedBeneath)
            }
            segments[last].file = file
            segments[last].isWritable = true
            return file
        }
        let number = segments.last.map { $0.name.period == period ? $0.name.number + 1 : 1 } ?? 1
        return try begin(SegmentName(period: period, number: number))
    }

    private func begin(_ segment: SegmentName) throws(FileError) -> any OpenFile {
        if segments.isEmpty { try files.makeFolders(name.folder, in: root) }
        let path = path(of: segment)
        // A file that is there already was missed by the last look.
        distrustFolder()
        let file = try files.open(path, .creating)
        do {
            let status = try file.status()
            try files.syncFolder(folder)
            if let last = segments.indices.last { segments[last].release() }
            segments.append(Segment(name: segment, inode: status.inode, file: file, isWritable: true))
            return file
        } catch {
            // Nothing was written to it yet.
            try? files.remove(path)
            throw error
        }
    }

    /// Counts a batch's lines in, after they were synced.
    func commit(_ batch: PendingLines) {
        guard let last = segments.indices.last else { return }
        let start = segments[last].end
        for line in batch.lines {
            for key in line.keys { tail.insert(key, LinePosition(segment: last, offset: start + line.offset)) }
        }
        segments[last].end = start + batch.bytes.count
        segments[last].lines += batch.lines.count
        lastMoment = max(lastMoment, batch.moment)
        generation += 1
    }

    /// Undoes a failed batch in the last segment: cuts it to the last acknowledged byte, durably.
    ///
    /// After a failed sync the segment is closed for good: what the system reads back from it cannot be believed.
    func takeBack(syncFailed: Bool) {
        guard let last = segments.indices.last, segments[last].isWritable else { return }
        if syncFailed { segments[last].isClosed = true }
        segments[last].uncut = (try? segments[last].file?.status().size) ?? segments[last].end
        try? cut(last)
        guard segments[last].end == 0, segments[last].isClosed else { return }
        // An empty segment that cannot be used would only leave a gap in the numbers at every try.
        do {
            try files.remove(path(of: segments[last].name))
            segments.removeLast()
        } catch {
            // It stays, closed.
        }
        distrustFolder()
        try? files.syncFolder(folder)
    }

    /// Cuts off what a failed batch left, unless another process has built on it meanwhile: then it counts.
    func cut(_ index: Int) throws(FileError) {
        do {
            guard let left = segments[index].uncut, let file = segments[index].file else { return }
            if try file.status().size == left {
                try file.truncate(to: segments[index].end)
                segments[index].uncut = segments[index].end
                try file.sync()
            }
            segments[index].uncut = nil
        } catch {
            segments[index].isClosed = true
            throw error
        }
    }

    /// Cuts what follows the last line end: a line that was never finished, and so never acknowledged.
    func cutTornTail(_ index: Int, size: Int) throws(FileError) {
        let segment = segments[index]
        let label = label(of: segment.name)
        let file = try files.open(path(of: segment.name), .appending)
        let torn = try file.readAll(size - segment.end, at: segment.end)
        let copy = "quarantine/" + label.split(separator: "/").joined(separator: ".") + ".\(segment.end)"
        try files.makeFolders("quarantine", in: root)
        try files.replace(root + "/" + copy, with: torn)
        try file.truncate(to: segment.end)
        try file.sync()
        segments[index].file = file
        segments[index].isWritable = true
        mended.append(
            "\(label): the last line was torn; its \(size - segment.end) bytes at byte \(segment.end) were cut off and kept as \(copy)."
        )
    }

    /// Makes durable what others wrote and began, or an earlier process left behind, before anything is decided on it.
    func syncForeign() throws(FileError) {
        if needsFolderSync {
            try files.makeFolders(name.folder, in: root)
            try files.syncFolder(folder)
            needsFolderSync = false
        }
        guard needsSync else { return }
        if let segment = segments.indices.last { try reader(of: segment).sync() }
        needsSync = false
    }
}

/// ESTALE: the file is another than it was.
private let changedBeneath: Int32 = 116
