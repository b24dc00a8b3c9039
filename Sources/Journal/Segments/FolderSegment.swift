internal import Feedback

/// A segment as the folder shows it, and the name of its copy while it is rewritten.
struct FolderSegment: Sendable, Equatable {
    let log: LogName
    let name: SegmentName
    /// The folder that holds it.
    let folder: String
    let inode: UInt64
    let size: Int

    var path: String { folder + "/" + name.file }
    /// The path below the data folder, as people are told it and seals name it.
    var label: String { log.folder.isEmpty ? name.file : log.folder + "/" + name.file }
    /// Where a copy is made while it is rewritten; the mark tells it from other tries.
    func copyPath(_ mark: String) -> String { "\(path).\(mark)\(Self.copySuffix)" }

    /// What a copy's name ends with.
    private static let copySuffix = ".rewritten"

    /// The segment and the mark that a copy's name tells; nil when it is no copy.
    static func copied(_ file: String) -> (segment: String, mark: String)? {
        guard file.hasSuffix(copySuffix) else { return nil }
        let name = file.dropLast(copySuffix.count)
        guard let dot = name.lastIndex(of: ".") else { return nil }
        return (String(name[..<dot]), String(name[name.index(after: dot)...]))
    }

    /// The segments of a log, in order; what is left of a rewriting that was broken off is settled first.
    ///
    /// The folder's lock is held.
    static func all(of log: LogName, root: String, _ files: any FileSystem) throws(FileError) -> [FolderSegment] {
        try BrokenRewrites.settle(log, in: try files.list(log.path(in: root)), root: root, files)
        return try listed(log, root: root, files)
    }

    /// The segments of a log as its folder lists them, in order.
    static func listed(_ log: LogName, root: String, _ files: any FileSystem) throws(FileError) -> [FolderSegment] {
        let folder = log.path(in: root)
        var found: [FolderSegment] = []
        for name in try files.list(folder).compactMap({ SegmentName(file: $0, of: log) }).sorted() {
            guard let status = try files.status(folder + "/" + name.file), !status.isFolder else { continue }
            found.append(FolderSegment(log: log, name: name, folder: folder, inode: status.inode, size: status.size))
        }
        return found
    }

    /// Whether nothing is appended to a segment any more, by its place among its log's and the month that may be written to.
    func isClosed(isLast: Bool, month: String) -> Bool { !isLast || (log.stem == nil && name.period < month) }

    /// The earliest month that may still be written to: an hour after its end, by a process that is late.
    static func openMonth(_ now: Timestamp) -> String { now.adding(milliseconds: -3_600_000).month }

    /// Every log of a folder, by what lies in it, whoever writes them.
    static func logs(in root: String, _ files: any FileSystem) throws(FileError) -> [LogName] {
        var logs: Set<LogName> = []
        for name in try files.list(root) {
            if let segment = SegmentName(file: name) { logs.insert(.single(segment.period)) }
        }
        var folders = try files.list(root).filter { !unlogged.contains($0) }
        while let folder = folders.popLast() {
            guard try files.status(root + "/" + folder)?.isFolder == true else { continue }
            for name in try files.list(root + "/" + folder) {
                if let segment = SegmentName(file: name) {
                    if segment.isMonthly { logs.insert(.monthly(folder)) }
                } else {
                    folders.append(folder + "/" + name)
                }
            }
        }
        return logs.sorted { ($0.folder, $0.stem ?? "") < ($1.folder, $1.stem ?? "") }
    }

    /// Folders beside the logs.
    private static let unlogged: Set<String> = ["cache", "definitions", "quarantine"]

    /// Puts copies that were decided on in their segments' places, durably; indexes of what was there are removed.
    static func put(
        _ copies: [(segment: FolderSegment, mark: String)], inPlace root: String, _ files: any FileSystem
    ) throws(FileError) {
        for (segment, mark) in copies { try files.rename(segment.copyPath(mark), to: segment.path) }
        for folder in Set(copies.map(\.segment.folder)) { try files.syncFolder(folder) }
        // An index that stays is stale by the segment's inode; it goes because it was made from lines that are gone.
        for log in Set(copies.map(\.segment.log)) { try? files.remove(log.tablePath(in: root)) }
    }
}
