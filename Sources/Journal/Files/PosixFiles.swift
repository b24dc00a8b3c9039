#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The machine's own file system.
package struct PosixFiles: FileSystem {
    /// The machine's own file system.
    package init() {}

    package var clock: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    package func open(_ path: String, _ mode: OpenMode) throws(FileError) -> any OpenFile {
        let flags =
            switch mode {
            case .reading: O_RDONLY
            case .appending: O_RDWR | O_APPEND
            case .creating: O_RDWR | O_APPEND | O_CREAT | O_EXCL
            case .making: O_RDWR | O_APPEND | O_CREAT
            }
        // Answers are personal data: only the owner reads them.
        let descriptor = try repeating(mode == .creating ? "create" : "open", path) {
            openFile(path, flags | O_CLOEXEC, 0o600)
        }
        return PosixFile(descriptor, path)
    }

    package func status(_ path: String) throws(FileError) -> FileStatus? {
        var status = stat()
        do { _ = try repeating("look at", path) { stat(path, &status) } } catch {
            guard error.isMissing else { throw error }
            return nil
        }
        return FileStatus(status)
    }

    package func list(_ folder: String) throws(FileError) -> [String] {
        guard let stream = opendir(folder) else {
            let error = FileError("list", folder, code: errno)
            if error.isMissing { return [] }
            throw error
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    package func makeFolder(_ path: String) throws(FileError) {
        do { _ = try repeating("create", path) { mkdir(path, 0o700) } } catch { if !error.exists { throw error } }
    }

    package func rename(_ path: String, to target: String) throws(FileError) {
        _ = try repeating("put in place", target) { renameFile(path, target) }
    }

    package func remove(_ path: String) throws(FileError) { _ = try repeating("remove", path) { removeFile(path) } }

    package func syncFolder(_ path: String) throws(FileError) {
        let descriptor = try repeating("open", path) { openFile(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0) }
        defer { closeFile(descriptor) }
        _ = try repeating("sync", path) { fsync(descriptor) }
    }
}

/// A descriptor with its path, closed with the last reference.
private final class PosixFile: OpenFile {
    private let descriptor: Int32
    private let path: String

    init(_ descriptor: Int32, _ path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    deinit { closeFile(descriptor) }

    func write(_ bytes: ArraySlice<UInt8>) throws(FileError) -> Int {
        try repeating("write to", path) { bytes.withUnsafeBytes { writeFile(descriptor, $0.baseAddress, $0.count) } }
    }

    func read(_ count: Int, at offset: Int) throws(FileError) -> [UInt8] {
        var failure: FileError?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            do throws(FileError) {
                filled = try repeating("read", path) { pread(descriptor, buffer.baseAddress, count, off_t(offset)) }
            } catch {
                failure = error
                filled = 0
            }
        }
        if let failure { throw failure }
        return bytes
    }

    func sync() throws(FileError) { _ = try repeating("sync", path) { syncFile(descriptor) } }

    func truncate(to length: Int) throws(FileError) {
        _ = try repeating("cut", path) { ftruncate(descriptor, off_t(length)) }
    }

    func status() throws(FileError) -> FileStatus {
        var status = stat()
        _ = try repeating("look at", path) { fstat(descriptor, &status) }
        return FileStatus(status)
    }

    func lock(_ kind: LockKind) throws(FileError) -> Bool {
        do {
            switch kind {
            case .batch: _ = try repeating("lock", path) { flock(descriptor, LOCK_EX | LOCK_NB) }
            case .server: try rangeLock(Int16(F_WRLCK), at: 0)
            case .waiting: try rangeLock(Int16(F_WRLCK), at: 1)
            }
            return true
        } catch {
            if error.code == EWOULDBLOCK || error.code == EAGAIN || error.code == EACCES { return false }
            throw error
        }
    }

    func unlock(_ kind: LockKind) throws(FileError) {
        switch kind {
        case .batch: _ = try repeating("unlock", path) { flock(descriptor, LOCK_UN) }
        case .server: try rangeLock(Int16(F_UNLCK), at: 0)
        case .waiting: try rangeLock(Int16(F_UNLCK), at: 1)
        }
    }

    /// An open-file-description lock (Linux fcntl(2)): unlike a process's record lock it survives other descriptors'
    /// closing.
    private func rangeLock(_ type: Int16, at byte: Int) throws(FileError) {
        var range = flock()
        range.l_type = type
        range.l_whence = Int16(SEEK_SET)
        range.l_start = off_t(byte)
        range.l_len = 1
        _ = try repeating("lock", path) { withUnsafeMutablePointer(to: &range) { fcntl(descriptor, setRangeLock, $0) } }
    }
}

/// Repeats an interrupted call; any other failure is thrown.
private func repeating<Result: FixedWidthInteger>(
    _ action: String, _ path: String, _ call: () -> Result
) throws(FileError) -> Result {
    while true {
        let result = call()
        if result >= 0 { return result }
        if errno != EINTR { throw FileError(action, path, code: errno) }
    }
}

// Under other names, because methods above have the system's names.
private func openFile(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 { open(path, flags, mode) }
private func writeFile(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}
private func removeFile(_ path: String) -> Int32 { remove(path) }
private func closeFile(_ descriptor: Int32) { _ = close(descriptor) }
private func renameFile(_ path: String, _ target: String) -> Int32 { rename(path, target) }

#if canImport(Glibc)
    // F_OFD_SETLK, which the module map leaves out.
    private let setRangeLock: Int32 = 37
    private func syncFile(_ descriptor: Int32) -> Int32 { fdatasync(descriptor) }

    extension FileStatus {
        fileprivate init(_ status: stat) {
            self.init(
                inode: UInt64(status.st_ino), size: Int(status.st_size),
                modified: Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec),
                isFolder: status.st_mode & S_IFMT == S_IFDIR)
        }
    }
#else
    private let setRangeLock: Int32 = 90
    // fsync on this system leaves the bytes in the drive's own memory.
    private func syncFile(_ descriptor: Int32) -> Int32 { fcntl(descriptor, F_FULLFSYNC) }

    extension FileStatus {
        fileprivate init(_ status: stat) {
            self.init(
                inode: UInt64(status.st_ino), size: Int(status.st_size),
                modified: Int64(status.st_mtimespec.tv_sec) * 1_000_000_000 + Int64(status.st_mtimespec.tv_nsec),
                isFolder: status.st_mode & S_IFMT == S_IFDIR)
        }
    }
#endif
