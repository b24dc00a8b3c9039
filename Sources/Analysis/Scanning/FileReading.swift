#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A file opened for reading; closed when the value goes away.
struct FileReading: ~Copyable {
    let path: String
    private let descriptor: Int32
    /// The file's size when it was opened: what is appended later is not read.
    let size: Int
    /// What tells the file and its state from any other.
    let identity: FileIdentity

    init(_ path: String) throws(AnalysisError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadable(path: path, errno: errno) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            let code = errno
            close(descriptor)
            throw .unreadable(path: path, errno: code)
        }
        self.path = path
        self.descriptor = descriptor
        size = Int(status.st_size)
        identity = FileIdentity(status)
    }

    deinit { close(descriptor) }

    /// Reads bytes at an offset into a buffer from an index on; returns how many, fewer only at the file's end.
    func read(at offset: Int, into buffer: inout [UInt8], from index: Int, count: Int) throws(AnalysisError) -> Int {
        var done = 0
        while done < count {
            let (got, code) = buffer.withUnsafeMutableBytes { bytes -> (Int, Int32) in
                let part = UnsafeMutableRawBufferPointer(rebasing: bytes[(index + done)..<(index + count)])
                let got = pread(descriptor, part.baseAddress, part.count, off_t(offset + done))
                return (got, got < 0 ? errno : 0)
            }
            if got < 0, code == EINTR { continue }
            if got < 0 { throw .unreadable(path: path, errno: code) }
            if got == 0 { break }
            done += got
        }
        return done
    }
}

/// What tells a file and its state from any other: device, inode, size and the moments of its last changes.
struct FileIdentity: Sendable, Hashable {
    let device: UInt64
    let inode: UInt64
    let size: Int64
    let modified: Int64
    let changed: Int64

    /// Whether the other is the same file, in whatever state.
    func isSameFile(as other: FileIdentity) -> Bool { device == other.device && inode == other.inode }

    init(device: UInt64, inode: UInt64, size: Int64, modified: Int64, changed: Int64) {
        self.device = device
        self.inode = inode
        self.size = size
        self.modified = modified
        self.changed = changed
    }

    init(_ status: stat) {
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
        size = Int64(status.st_size)
        modified = Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
        changed = Int64(status.st_ctim.tv_sec) * 1_000_000_000 + Int64(status.st_ctim.tv_nsec)
    }
}
