internal import Feedback

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
        /// How long the file was after a batch failed whose bytes could not be cut off yet.
        var uncut: Int?
        /// When the file was last changed, once it is not the last segment any more.
        var modified: Int64?

        /// Lets the open file go, because another segment comes after it.
        mutating func release() {
            modified = try? file?.status().modified
            file = nil
            isWritable = false
        }

        /// Whether it is still the file that was read; a number alone is given again to a later file.
        func isStill(_ other: Segment) -> Bool {
            name == other.name && inode == other.inode
                && (modified == nil || other.modified == nil || modified == other.modified)
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
    /// What was mended, in words.
    var mended: [String] = []
    /// Lines that cannot be read, in words; the cache remembers them.
    var unreadable: [String] = []
    /// A line that a newer heed wrote, by file and line; nothing is done with such a log.
    var newerLine: String?
    /// Whether lines written by others were taken in that may not be on disk yet.
    var needsSync = false
    /// Whether segments were found whose names may not be on disk yet.
    var needsFolderSync = false
    /// What the folder looked like when it was last listed, and since when.
    var folderSeen: (status: FileStatus?, since: Int64) = (nil, 0)
    /// Whether names that are missing from the listing would show in how the folder looks.
    var isFolderTrusted = false
    var isOpened = false

    init(_ name: LogName, schema: LogSchema, root: String, files: any FileSystem) {
        self.name = name
        self.schema = schema
        self.root = root
        self.files = files
    }

    var folder: String { name.folder.isEmpty ? root : root + "/" + name.folder }

    func path(of segment: SegmentName) -> String { folder + "/" + segment.file }

    /// The segment's path below the root, as people are told it.
    func label(of segment: SegmentName) -> String {
        name.folder.isEmpty ? segment.file : name.folder + "/" + segment.file
    }

    var tablePath: String { name.tablePath(in: root) }

    /// Where the lines of a key are, in journal order.
    func lines(_ key: LineKey) throws(FileError) -> [LinePlace] {
        var positions = try table?.positions(key) ?? []
        positions += tail.positions(key)
        return positions.compactMap { position in
            guard position.segment < segments.count else { return nil }
            let segment = segments[position.segment]
            return LinePlace(
                file: segment.file, path: path(of: segment.name), inode: segment.inode, offset: position.offset,
                end: segment.end)
        }
    }
}
