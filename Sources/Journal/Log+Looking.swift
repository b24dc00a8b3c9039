internal import Feedback

/// Catching up with the files, whoever changed them.
extension Log {
    /// Catches up with the files as they are now.
    ///
    /// Only who holds the folder's lock may cut a torn tail; who does not sees whole lines and changes nothing.
    func look(isLocked: Bool) throws(FileError) {
        let status = try files.status(folder)
        if !isOpened || status?.inode != folderSeen?.inode || status?.modified != folderSeen?.modified {
            try list(status, isLocked: isLocked)
        }
        guard let last = segments.indices.last else { return }
        if segments[last].needsCut { try cut(last) }
        try catchUp(last, isLocked: isLocked)
    }

    /// Whether others seem to have appended, begun or replaced something since the last look; two calls to the system.
    func hasNews() throws(FileError) -> Bool {
        let status = try files.status(folder)
        guard isOpened, status?.inode == folderSeen?.inode, status?.modified == folderSeen?.modified else {
            return true
        }
        guard let last = segments.indices.last else { return false }
        return try reader(of: last).status().size != segments[last].end
    }

    private func list(_ status: FileStatus?, isLocked: Bool) throws(FileError) {
        // A name made in the same tick of the file system's clock would not show: trust only times that lie back a
        // little.
        let isSettled = status.map { files.clock - $0.modified > 50_000_000 } ?? false
        let names = try files.list(folder).compactMap { SegmentName(file: $0, of: name) }.sorted()
        var found: [Segment] = []
        for name in names {
            guard let status = try files.status(path(of: name)), !status.isFolder else { continue }
            found.append(Segment(name: name, inode: status.inode))
        }
        let isContinued =
            found.count >= segments.count
            && zip(found, segments).allSatisfy { $0.name == $1.name && $0.inode == $1.inode }
        if found.count != segments.count { needsFolderSync = true }
        if !isOpened || !isContinued {
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
        folderSeen = isSettled ? status : nil
    }

    /// Forgets everything read so far, because the files are others than they were.
    func forget() {
        segments = []
        table = nil
        tail = TailIndex()
        folderSeen = nil
        unreadable = []
        newerLine = nil
        isOpened = false
        generation += 1
    }

    /// Makes sure that the next look lists the folder.
    func distrustFolder() { folderSeen = nil }

    private func catchUp(_ index: Int, isLocked: Bool) throws(FileError) {
        let segment = segments[index]
        let file = try reader(of: index)
        let size = try file.status().size
        let isLast = index == segments.count - 1
        if isLast { segments[index].file = file } else { segments[index].release() }
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
