#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// What is on the twin's disk, and what of it would survive.
struct MemoryDisk: Sendable {
    struct Node: Sendable {
        var bytes: [UInt8] = []
        var synced: [UInt8] = []
        var modified: Int64
        var isFolder: Bool
    }

    struct Lock: Hashable {
        let inode: UInt64
        let kind: LockKind
    }

    var nodes: [UInt64: Node] = [:]
    var names: [String: UInt64] = [:]
    var syncedNames: [String: UInt64] = [:]
    var locks: [Lock: Int] = [:]
    var handles = 0
    var calls = 0
    var syncs = 0
    var plan: MemoryFiles.Plan?
    /// Folders that were renamed, until that is durable.
    private var moves: [(from: String, to: String)] = []
    private var lastInode: UInt64 = 0
    private var clock: Int64 = 0
    private var ticks: Int64 = 0

    /// Counts a call; throws when it is to fail, and returns how many bytes a short write takes.
    @discardableResult
    mutating func check(_ call: MemoryFiles.Call, _ path: String) throws(FileError) -> Int? {
        let fault = plan?(calls, call)
        calls += 1
        switch fault {
        case .error(let code): throw FileError(call.rawValue, path, code: code)
        case .short(let count): return max(1, count)
        case nil: return nil
        }
    }

    mutating func make(_ path: String, isFolder: Bool) throws(FileError) -> UInt64 {
        let parent = MemoryFiles.parent(of: path)
        if parent != ".", parent != "/", names[parent] == nil { throw FileError("create", path, code: ENOENT) }
        lastInode += 1
        nodes[lastInode] = Node(modified: 0, isFolder: isFolder)
        names[path] = lastInode
        touch(lastInode)
        touchFolder(of: path)
        return lastInode
    }

    mutating func touch(_ inode: UInt64) {
        clock += 1
        nodes[inode]?.modified = clock
    }

    /// A second later each time, in nanoseconds.
    mutating func tick() -> Int64 {
        ticks += 1_000_000_000
        return ticks
    }

    mutating func touchFolder(of path: String) { if let inode = names[MemoryFiles.parent(of: path)] { touch(inode) } }

    func status(of inode: UInt64) -> FileStatus? {
        nodes[inode].map {
            FileStatus(inode: inode, size: $0.bytes.count, modified: $0.modified, isFolder: $0.isFolder)
        }
    }

    /// Takes what is in a folder along when it is renamed.
    mutating func move(_ path: String, to target: String) {
        for name in names.keys.filter({ $0.hasPrefix(path + "/") }) {
            names[target + name.dropFirst(path.count)] = names.removeValue(forKey: name)
            if !moves.contains(where: { $0 == (path, target) }) { moves.append((path, target)) }
        }
    }

    mutating func syncFolder(_ path: String) {
        for move in moves where MemoryFiles.parent(of: move.to) == path {
            for name in syncedNames.keys.filter({ $0.hasPrefix(move.from + "/") }) {
                syncedNames[move.to + name.dropFirst(move.from.count)] = syncedNames.removeValue(forKey: name)
            }
        }
        moves.removeAll { MemoryFiles.parent(of: $0.to) == path }
        for name in Set(names.keys).union(syncedNames.keys) where MemoryFiles.parent(of: name) == path {
            syncedNames[name] = names[name]
        }
    }

    func afterPowerCut(keeping kept: (Int) -> Int) -> MemoryDisk {
        var left = MemoryDisk()
        left.lastInode = lastInode
        left.clock = clock
        for (name, inode) in syncedNames {
            guard var node = nodes[inode] else { continue }
            if node.bytes.starts(with: node.synced) {
                let unsynced = node.bytes.count - node.synced.count
                node.bytes = Array(node.bytes.prefix(node.synced.count + min(max(0, kept(unsynced)), unsynced)))
            } else {
                // A cut that was not synced is undone.
                node.bytes = node.synced
            }
            node.synced = node.bytes
            left.nodes[inode] = node
            left.names[name] = inode
            left.syncedNames[name] = inode
        }
        return left
    }
}
