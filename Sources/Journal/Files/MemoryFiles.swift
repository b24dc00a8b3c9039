internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A file system in memory, for previews that keep nothing and for tests: it can fail any call and lose what was not
/// synced.
package final class MemoryFiles: FileSystem {
    /// What is to happen instead of a call.
    package enum Fault: Sendable, Equatable {
        /// The call fails with an error number and does nothing.
        case error(Int32)
        /// A write takes only so many bytes.
        case short(Int)
    }

    /// Calls that change something, which are the ones that can be made to fail.
    package enum Call: String, Sendable {
        case create, write, sync, truncate, rename, remove, makeFolder, syncFolder
    }

    /// Decides, by the number of the call from 0 and its kind, whether it fails.
    package typealias Plan = @Sendable (Int, Call) -> Fault?

    private let disk: Mutex<MemoryDisk>

    /// An empty file system.
    package convenience init() { self.init(MemoryDisk()) }

    private init(_ disk: MemoryDisk) { self.disk = Mutex(disk) }

    /// Sets which calls are to fail and counts calls from 0 again; nil for none.
    package func setPlan(_ plan: Plan?) {
        disk.withLock {
            $0.plan = plan
            $0.calls = 0
        }
    }

    /// How many changing calls were made since the plan was set.
    package var calls: Int { disk.withLock { $0.calls } }

    /// How many file syncs were made since the beginning.
    package var syncs: Int { disk.withLock { $0.syncs } }

    /// What a power cut leaves: names and bytes that were synced, and of unsynced bytes as many as the closure keeps.
    package func afterPowerCut(keeping kept: (_ unsynced: Int) -> Int = { _ in 0 }) -> MemoryFiles {
        MemoryFiles(disk.withLock { $0.afterPowerCut(keeping: kept) })
    }

    /// Every file's path and bytes.
    package var files: [String: [UInt8]] {
        disk.withLock { disk in
            var found: [String: [UInt8]] = [:]
            for (path, inode) in disk.names {
                if let node = disk.nodes[inode], !node.isFolder { found[path] = node.bytes }
            }
            return found
        }
    }

    /// Changes bytes behind everybody's back, as a failing disk or an editor does.
    package func overwrite(_ path: String, with bytes: [UInt8]) {
        disk.withLock { disk in
            guard let inode = disk.names[path] else { return }
            disk.nodes[inode]?.bytes = bytes
            disk.nodes[inode]?.synced = bytes
            disk.touch(inode)
        }
    }

    /// Every change has a time of its own here: any two looks lie far enough apart.
    package var clock: Int64 { disk.withLock { $0.tick() } }

    package func open(_ path: String, _ mode: OpenMode) throws(FileError) -> any OpenFile {
        let opened: (inode: UInt64, handle: Int) = try disk.withLock { (disk) throws(FileError) in
            var inode = disk.names[path]
            if let inode, disk.nodes[inode]?.isFolder == true { throw FileError("open", path, code: EISDIR) }
            switch mode {
            case .creating where inode != nil: throw FileError("create", path, code: EEXIST)
            case .reading where inode == nil, .appending where inode == nil: throw FileError("open", path, code: ENOENT)
            default: break
            }
            if inode == nil {
                try disk.check(.create, path)
                inode = try disk.make(path, isFolder: false)
            }
            disk.handles += 1
            return (inode ?? 0, disk.handles)
        }
        return MemoryFile(self, path, inode: opened.inode, handle: opened.handle)
    }

    package func status(_ path: String) throws(FileError) -> FileStatus? {
        disk.withLock { disk in disk.names[path].flatMap { disk.status(of: $0) } }
    }

    package func list(_ folder: String) throws(FileError) -> [String] {
        disk.withLock { disk in
            disk.names.keys.filter { Self.parent(of: $0) == folder }.map { String($0.dropFirst(folder.count + 1)) }
        }
    }

    package func makeFolder(_ path: String) throws(FileError) {
        try disk.withLock { (disk) throws(FileError) in
            if disk.names[path] != nil { return }
            try disk.check(.makeFolder, path)
            _ = try disk.make(path, isFolder: true)
        }
    }

    package func rename(_ path: String, to target: String) throws(FileError) {
        try disk.withLock { (disk) throws(FileError) in
            try disk.check(.rename, target)
            guard let inode = disk.names.removeValue(forKey: path) else {
                throw FileError("put in place", target, code: ENOENT)
            }
            disk.names[target] = inode
            disk.move(path, to: target)
            disk.touchFolder(of: target)
        }
    }

    package func remove(_ path: String) throws(FileError) {
        try disk.withLock { (disk) throws(FileError) in
            try disk.check(.remove, path)
            if disk.names.keys.contains(where: { $0.hasPrefix(path + "/") }) {
                throw FileError("remove", path, code: ENOTEMPTY)
            }
            guard disk.names.removeValue(forKey: path) != nil else { throw FileError("remove", path, code: ENOENT) }
            disk.touchFolder(of: path)
        }
    }

    package func syncFolder(_ path: String) throws(FileError) {
        try disk.withLock { (disk) throws(FileError) in
            try disk.check(.syncFolder, path)
            disk.syncFolder(path)
        }
    }

    fileprivate func with<T: Sendable>(_ body: (inout MemoryDisk) throws(FileError) -> T) throws(FileError) -> T {
        try disk.withLock { (disk) throws(FileError) in try body(&disk) }
    }
}

/// A file of the twin, held open; like a real one it outlives its name.
private final class MemoryFile: OpenFile {
    private let files: MemoryFiles
    private let path: String
    private let inode: UInt64
    private let handle: Int

    init(_ files: MemoryFiles, _ path: String, inode: UInt64, handle: Int) {
        self.files = files
        self.path = path
        self.inode = inode
        self.handle = handle
    }

    deinit { try? files.with { disk in disk.locks = disk.locks.filter { $0.value != handle } } }

    func write(_ bytes: ArraySlice<UInt8>) throws(FileError) -> Int {
        try files.with { (disk) throws(FileError) in
            let taken = try disk.check(.write, path).map { min($0, bytes.count) } ?? bytes.count
            disk.nodes[inode]?.bytes += bytes.prefix(taken)
            disk.touch(inode)
            return taken
        }
    }

    func read(_ count: Int, at offset: Int) throws(FileError) -> [UInt8] {
        try files.with { disk in Array((disk.nodes[inode]?.bytes ?? []).dropFirst(offset).prefix(count)) }
    }

    func sync() throws(FileError) {
        try files.with { (disk) throws(FileError) in
            try disk.check(.sync, path)
            disk.syncs += 1
            let bytes = disk.nodes[inode]?.bytes ?? []
            disk.nodes[inode]?.synced = bytes
        }
    }

    func truncate(to length: Int) throws(FileError) {
        try files.with { (disk) throws(FileError) in
            try disk.check(.truncate, path)
            let bytes = disk.nodes[inode]?.bytes ?? []
            disk.nodes[inode]?.bytes = Array(bytes.prefix(length))
            disk.touch(inode)
        }
    }

    func status() throws(FileError) -> FileStatus {
        let status = try files.with { disk in disk.status(of: inode) }
        guard let status else { throw FileError("look at", path, code: ENOENT) }
        return status
    }

    func lock(_ kind: LockKind) throws(FileError) -> Bool {
        try files.with { disk in
            let key = MemoryDisk.Lock(inode: inode, kind: kind)
            if let holder = disk.locks[key], holder != handle { return false }
            disk.locks[key] = handle
            return true
        }
    }

    func unlock(_ kind: LockKind) throws(FileError) {
        try files.with { disk in
            let key = MemoryDisk.Lock(inode: inode, kind: kind)
            if disk.locks[key] == handle { disk.locks[key] = nil }
        }
    }
}
