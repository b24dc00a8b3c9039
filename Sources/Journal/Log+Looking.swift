internal import Feedback

/// Catching up with the files, whoever changed them.
extension Log {
    /// Catches up with the files as they are now.
    ///
    /// Only who holds the folder's lock may cut a torn tail; who does not sees whole lines and changes nothing.
    func look(isLocked: Bool) throws(FileError) {
        let status = try files.status(folder)
        if !isListed(status) { try list(status, isLocked: isLocked) }
        guard let last = segments.indices.last else { return }
        try cut(last)
        try catchUp(last, isLocked: isLocked)
    }

    /// Whether others seem to have appended, begun or replaced something since the last look; two calls to the system.
    func hasNews() throws(FileError) -> Bool {
        let status = try files.status(folder)
        if !isListed(status) { return true }
        guard let last = segments.indices.last else { return false }
        return try reader(of: last).status().size != segments[last].end
    }

    private func isListed(_ status: FileStatus?) -> Bool {
        isOpened && isFolderTrusted && status?.isSame(as: folderSeen.status) ?? (folderSeen.status == nil)
    }

    private func list(_ status: FileStatus?, isLocked: Bool) throws(FileError) {
        let now = files.clock
        let entries = try files.list(folder)
        // Before anything is appended, what is left of a rewriting that was broken off is settled.
        let isBusy = isLocked ? try BrokenRewrites.settle(name, in: entries, root: root, files) : false
        let names = entries.compactMap { SegmentName(file: $0, of: name) }.sorted()
        var found: [Segment] = []
        for name in names {
            guard let status = try files.status(path(of: name)), !status.isFolder else { continue }
            found.append(Segment(name: name, inode: status.inode, modified: status.modified))
        }
        // The last one goes on being written.
        if let last = found.indices.last { found[last].modified = nil }
        let isContinued =
            found.count >= segments.count
            && zip(found, segments).allSatisfy { $0.isStill($1) }
        if found.count != segments.count { needsFolderSync = true }
        if !isOpened || !isContinued {
            for segment in segments where !found.contains(where: { $0.name == segment.name }) {
                mended.append(
                    "\(label(of: segment.name)) was removed; its \(segment.lines) lines are gone. What comes goes to a new file."
                )
            }
            forget()
            segments = found
            isOpened = true
            try loadTable()
            for index in segments.indices where index >= (table?.coverage.count ?? 0) - 1 {
                try catchUp(index, isLocked: isLocked)
            }
        } else if found.count > segments.count {
            let first = segments.count - 1
            segments += found[segments.count...]
            for index in segments.indices where index >= first { try catchUp(index, isLocked: isLocked) }
        }
        let isAsBefore = status?.isSame(as: folderSeen.status) ?? (folderSeen.status == nil)
        folderSeen = (status, isAsBefore ? folderSeen.since : now)
        // A name made in the same tick of the file system's clock would not show: it is listed once more a little later.
        isFolderTrusted = !isBusy && (status == nil || now - folderSeen.since > 50_000_000)
    }

    /// Forgets everything read so far, because the files are others than they were.
    func forget() {
        segments = []
        table = nil
        tail = TailIndex()
        isFolderTrusted = false
        unreadable = []
        newerLine = nil
        isOpened = false
        generation += 1
    }

    /// Makes sure that the next look lists the folder.
    func distrustFolder() { isFolderTrusted = false }

    private func catchUp(_ index: Int, isLocked: Bool) throws(FileError) {
        let segment = segments[index]
        let file = try reader(of: index)
        let size = try file.status().size
        let isLast = index == segments.count - 1
        segments[index].file = file
        if !isLast { segments[index].release() }
        if size == segment.end { return }
        if size < segment.end {
            mended.append("\(label(of: segment.name)) is shorter than it was; it was read again.")
            forget()
            return try look(isLocked: isLocked)
        }
        try read(index, file, to: size)
        if segments[index].end < size, isLast, isLocked { try cutTornTail(index, size: size) }
    }

    private func read(_ index: Int, _ file: any OpenFile, to size: Int) throws(FileError) {
        let segment = segments[index]
        var keys: [LineKey] = []
        var newest: ArraySlice<UInt8>?
        let result = try LineScanner.scan(file, from: segment.end, to: size) { line in
            if line.bytes.isEmpty, !line.isTooLong { return }
            keys.removeAll(keepingCapacity: true)
            let number = segment.lines + line.index + 1
            switch line.isTooLong ? .unreadable("longer than 16 MiB") : schema.keys(line.bytes, &keys) {
            case .readable:
                let position = LinePosition(segment: index, offset: line.offset)
                for key in keys { tail.insert(key, position) }
                newest = line.bytes
            case .unreadable(let problem): note(segment.name, line: number, problem)
            case .newer: newerLine = "\(label(of: segment.name)):\(number)"
            }
        }
        if let newest, let moment = schema.moment(newest) { lastMoment = max(lastMoment, moment) }
        segments[index].end = result.end
        segments[index].lines += result.lines
        if result.lines > 0 {
            generation += 1
            needsSync = true
        }
    }

    /// A segment's file, open for reading at least.
    func reader(of index: Int) throws(FileError) -> any OpenFile {
        if let file = segments[index].file { return file }
        return try files.open(path(of: segments[index].name), .reading)
    }

    private func note(_ segment: SegmentName, line: Int, _ problem: String) {
        if unreadable.count < 100 {
            unreadable.append("\(label(of: segment)):\(line) cannot be read (\(problem)); it is kept and left out.")
        } else if unreadable.count == 100 {
            unreadable.append("More lines of \(name) cannot be read; heed verify lists them all.")
        }
    }
}

extension FileStatus {
    /// Whether a folder is the same and no name in it has changed, as far as its time tells.
    fileprivate func isSame(as other: FileStatus?) -> Bool { inode == other?.inode && modified == other?.modified }
}
