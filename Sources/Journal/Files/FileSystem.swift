/// The calls to the file system that the journals rest on; the real one, or a twin in memory that can fail.
///
/// An implementer guarantees that nothing is reported as done that was not, and that interrupted calls are repeated.
package protocol FileSystem: Sendable {
    /// Nanoseconds on a clock that only goes forward, whatever is done to the time of day.
    var clock: Int64 { get }
    /// Opens a file.
    func open(_ path: String, _ mode: OpenMode) throws(FileError) -> any OpenFile
    /// What is at a path, or nil when nothing is.
    func status(_ path: String) throws(FileError) -> FileStatus?
    /// Names in a folder, in no order; a missing folder has none.
    func list(_ folder: String) throws(FileError) -> [String]
    /// Makes one folder, readable by its owner only; one that is there already is left alone.
    func makeFolder(_ path: String) throws(FileError)
    /// Puts a file in another's place, or a folder in that of an empty one, in one step.
    func rename(_ path: String, to target: String) throws(FileError)
    /// Removes a file, or a folder that is empty.
    func remove(_ path: String) throws(FileError)
    /// Makes new names, renames and removals in a folder durable.
    func syncFolder(_ path: String) throws(FileError)
}

/// How a file is opened; writing always goes to its end.
package enum OpenMode: Sendable, Equatable {
    /// To read only.
    case reading
    /// To read and append; it must be there.
    case appending
    /// To read and append; it must not be there yet.
    case creating
    /// To read and append; made when missing.
    case making
}

/// A file held open; it is closed when nobody holds it any more.
package protocol OpenFile: AnyObject, Sendable {
    /// Appends some of the bytes, at least one, and says how many.
    func write(_ bytes: ArraySlice<UInt8>) throws(FileError) -> Int
    /// Reads at most so many bytes at an offset; fewer at the end.
    func read(_ count: Int, at offset: Int) throws(FileError) -> [UInt8]
    /// Returns when the bytes and the size are on disk.
    func sync() throws(FileError)
    /// Cuts the file to a length.
    func truncate(to length: Int) throws(FileError)
    /// The file's size, inode and time.
    func status() throws(FileError) -> FileStatus
    /// Takes a lock of the whole file if nobody has it; it ends with the process or with `unlock`.
    func lock(_ kind: LockKind) throws(FileError) -> Bool
    /// Gives the lock back.
    func unlock(_ kind: LockKind) throws(FileError)
}

/// Locks that do not disturb one another.
package enum LockKind: Sendable {
    /// `flock`: held for one batch of appends.
    case batch
    /// An open-file-description lock of the first byte: held as long as a server runs.
    case server
    /// An open-file-description lock of the second byte: held while waiting for the batch lock.
    case waiting
}

/// What the system tells of a file.
package struct FileStatus: Sendable, Equatable {
    /// The number that stays the same while a file is appended to, and changes when another is put in its place.
    package let inode: UInt64
    /// Its length in bytes.
    package let size: Int
    /// When it was last changed, in nanoseconds since 1970.
    package let modified: Int64
    /// Whether it is a folder.
    package let isFolder: Bool

    /// What the system tells of a file.
    package init(inode: UInt64, size: Int, modified: Int64, isFolder: Bool) {
        self.inode = inode
        self.size = size
        self.modified = modified
        self.isFolder = isFolder
    }
}

extension OpenFile {
    /// Appends all of the bytes, however few the system takes at a time.
    package func writeAll(_ bytes: ArraySlice<UInt8>) throws(FileError) {
        var rest = bytes
        while !rest.isEmpty { rest = rest.dropFirst(try write(rest)) }
    }

    /// Reads so many bytes at an offset, fewer only at the end of the file.
    package func readAll(_ count: Int, at offset: Int) throws(FileError) -> [UInt8] {
        var bytes = try read(count, at: offset)
        while bytes.count < count {
            let more = try read(count - bytes.count, at: offset + bytes.count)
            if more.isEmpty { break }
            bytes += more
        }
        return bytes
    }
}

extension FileSystem {
    /// The bytes of a whole file, or nil when there is none.
    package func contents(of path: String) throws(FileError) -> [UInt8]? {
        let file: any OpenFile
        do { file = try open(path, .reading) } catch {
            guard error.isMissing else { throw error }
            return nil
        }
        return try file.readAll(try file.status().size, at: 0)
    }

    /// Makes a folder and those above it, each one durable.
    package func makeFolders(_ path: String) throws(FileError) {
        if try status(path) != nil { return }
        let parent = Self.parent(of: path)
        if parent != path { try makeFolders(parent) }
        try makeFolder(path)
        try syncFolder(parent)
    }

    /// Makes folders below one that is there, each one durable, also those that an earlier try left behind unsynced.
    package func makeFolders(_ names: String, in root: String) throws(FileError) {
        var folder = root
        for name in names.split(separator: "/") {
            let parent = folder
            folder += "/" + name
            try makeFolder(folder)
            try syncFolder(parent)
        }
    }

    /// Puts a file in place whole and durably: a temporary file, synced, renamed, and the folder synced.
    package func replace(_ path: String, with bytes: [UInt8]) throws(FileError) {
        let temporary = path + ".new"
        if try status(temporary) != nil { try remove(temporary) }
        do {
            let file = try open(temporary, .creating)
            try file.writeAll(bytes[...])
            try file.sync()
            try rename(temporary, to: path)
        } catch {
            try? remove(temporary)
            throw error
        }
        try syncFolder(Self.parent(of: path))
    }

    /// The folder that holds a path.
    package static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
