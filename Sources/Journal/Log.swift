package import Feedback

/// What a journal knows of the lines of a log without understanding them.
package struct LogSchema: Sendable {
    /// Whether a line can be used.
    package enum Verdict: Sendable, Equatable {
        /// It can be read.
        case readable
        /// It cannot be read, and why; it is kept, left out and reported.
        case unreadable(String)
        /// It was written by a newer heed, so that going on would be guessing.
        case newer
    }

    /// Judges a line and appends the keys that it can be found by.
    package let keys: @Sendable (_ line: ArraySlice<UInt8>, _ keys: inout [LineKey]) -> Verdict
    /// When a line was written, if it says so.
    package let moment: @Sendable (_ line: ArraySlice<UInt8>) -> Timestamp?

    /// How keys and moments are found.
    package init(
        keys: @escaping @Sendable (ArraySlice<UInt8>, inout [LineKey]) -> Verdict,
        moment: @escaping @Sendable (ArraySlice<UInt8>) -> Timestamp?
    ) {
        self.keys = keys
        self.moment = moment
    }
}

/// One journal's segments and the index of their lines; used under the journal's mutex only.
final class Log {
    /// One file of the log.
    struct Segment {
        let name: SegmentName
        let inode: UInt64
        /// Behind the last line that counts.
        var end = 0
        var lines = 0
        /// Open on the last segment only.
        var file: (any OpenFile)?
        var isWritable = false
        /// Whether the next append begins a new segment.
        var isClosed = false
        /// Whether bytes of a failed batch may still stand behind `end`.
        var needsCut = false

        /// Lets the open file go.
        mutating func release() {
            file = nil
            isWritable = false
        }
    }

    let name: LogName
    let schema: LogSchema
    let root: String
    let files: any FileSystem
    var segments: [Segment] = []
    var table: LineTable?
    var tail = TailIndex()
    /// The latest moment a line of this log was written at.
    var lastMoment = Timestamp(milliseconds: .min)
    /// Rises whenever lines are added or gone.
    var generation = 0
    /// What was mended or could not be read, in words.
    var notes: [String] = []
    /// A line that a newer heed wrote, by file and line; nothing is done with such a log.
    var newerLine: String?
    /// Whether lines written by others were taken in that may not be on disk yet.
    var needsSync = false
    /// Whether segments were found whose names may not be on disk yet.
    var needsFolderSync = false
    private var folderSeen: FileStatus?
    private var isOpened = false

    init(_ name: LogName, schema: LogSchema, root: String, files: any FileSystem) {
        self.name = name
        self.schema = schema
        self.root = root
        self.files = files
    }

    var folder: String { name.folder.isEmpty ? root : root + "/" + name.folder }

    func path(of segment: SegmentName) -> String { folder + "/" + segment.file }

    /// The segment's path below the root, as people are told it.
    func label(of segment: SegmentName) -> String { name.folder.isEmpty ? segment.file : name.folder + "/" + segment.file }

    var tablePath: String {
        let plain = (name.folder.isEmpty ? "" : name.folder + "/") + (name.stem ?? "")
        return root + "/cache/index/" + plain.split(separator: "/").joined(separator: ".") + ".idx"
    }

    /// Where the lines of a key are, in journal order.
    func lines(_ key: LineKey) throws(FileError) -> [LinePlace] {
        var positions = try table?.positions(key) ?? []
        positions += tail.positions(key)
        return positions.compactMap { position in
            guard position.segment < segments.count else { return nil }
            let segment = segments[position.segment]
            return LinePlace(file: segment.file, path: path(of: segment.name), offset: position.offset, end: segment.end)
        }
    }

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
        guard isOpened, status?.inode == folderSeen?.inode, status?.modified == folderSeen?.modified else { return true }
        guard let last = segments.indices.last else { return false }
        return try reader(of: last).status().size != segments[last].end
    }

    private func list(_ status: FileStatus?, isLocked: Bool) throws(FileError) {
        // A name made in the same tick of the file system's clock would not show: trust only times that lie back a little.
        let isSettled = status.map { files.clock - $0.modified > 50_000_000 } ?? false
        let names = try files.list(folder).compactMap { SegmentName(file: $0, of: name) }.sorted()
        var found: [Segment] = []
        for name in names {
            guard let status = try files.status(path(of: name)), !status.isFolder else { continue }
            found.append(Segment(name: name, inode: status.inode))
        }
        let isContinued =
            found.count >= segments.count && zip(found, segments).allSatisfy { $0.name == $1.name && $0.inode == $1.inode }
        if found.count != segments.count { needsFolderSync = true }
        if !isOpened || !isContinued {
            forget()
            segments = found
            isOpened = true
            try loadTable()
            for index in segments.indices where index >= (table?.coverage.count ?? 0) - 1 { try catchUp(index, isLocked: isLocked) }
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
            notes.append("\(label(of: segment.name)) is shorter than it was; it was read again.")
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
        if notes.count < 100 {
            notes.append("\(label(of: segment)):\(line) cannot be read (\(problem)); it is kept and left out.")
        } else if notes.count == 100 {
            notes.append("More lines of \(name) cannot be read; heed verify lists them all.")
        }
    }
}

/// Where one line is, good for reading it outside the mutex.
struct LinePlace: Sendable {
    let file: (any OpenFile)?
    let path: String
    let offset: Int
    let end: Int

    /// The line's bytes without its end; empty when it is gone.
    func bytes(_ files: any FileSystem) throws(FileError) -> [UInt8] {
        let file = try open(files)
        var bytes: [UInt8] = []
        while offset + bytes.count < end {
            let more = try file.read(min(max(512, bytes.count), end - offset - bytes.count), at: offset + bytes.count)
            if more.isEmpty { return [] }
            if let lineEnd = more.firstIndex(of: 0x0A) { return bytes + more[..<lineEnd] }
            bytes += more
        }
        return []
    }

    private func open(_ files: any FileSystem) throws(FileError) -> any OpenFile {
        if let file { return file }
        return try files.open(path, .reading)
    }
}
