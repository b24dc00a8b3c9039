internal import Feedback
internal import Synchronization

/// The logs of a folder and what was read of them; shared by the journal's thread and by readers.
final class LogStore: Sendable {
    private struct State {
        var logs: [LogName: Log] = [:]
    }

    let root: String
    let files: any FileSystem
    private let schema: @Sendable (LogName) -> LogSchema
    private let state = Mutex(State())

    init(root: String, files: any FileSystem, schema: @escaping @Sendable (LogName) -> LogSchema) {
        self.root = root
        self.files = files
        self.schema = schema
    }

    /// Runs on a log, which is made known first.
    func with<T: Sendable>(_ name: LogName, _ body: (Log) throws(FileError) -> T) throws(FileError) -> T {
        try state.withLock { (state) throws(FileError) in
            if let log = state.logs[name] { return try body(log) }
            let log = Log(name, schema: schema(name), root: root, files: files)
            state.logs[name] = log
            return try body(log)
        }
    }

    /// Whether a log was read.
    func isKnown(_ name: LogName) -> Bool { state.withLock { $0.logs[name] != nil } }

    /// The names of all logs that were read.
    var names: [LogName] { state.withLock { Array($0.logs.keys) } }

    func look(_ name: LogName, isLocked: Bool) throws(JournalError) {
        let isNew = !isKnown(name)
        let newer: String?
        do {
            newer = try with(name) { (log) throws(FileError) in
                try log.look(isLocked: isLocked)
                if isNew, isLocked, log.newerLine == nil { log.saveTable(ifMoreThan: Log.fewLines) }
                return log.newerLine
            }
        } catch {
            // What is not known for sure is not known at all.
            if isNew { state.withLock { $0.logs[name] = nil } }
            throw .file(error)
        }
        if let newer { throw .newer(newer) }
    }

    func lines(_ name: LogName, _ key: LineKey) throws(JournalError) -> [[UInt8]] {
        do {
            let places = try with(name) { (log) throws(FileError) in try log.lines(key) }
            if places.isEmpty { return [] }
            var lines: [[UInt8]] = []
            for place in places { lines.append(try place.bytes(files)) }
            return lines
        } catch { throw .file(error) }
    }

    func generation(_ name: LogName) -> Int { state.withLock { $0.logs[name]?.generation ?? 0 } }

    func lastMoment(_ name: LogName) -> Timestamp {
        state.withLock { $0.logs[name]?.lastMoment ?? Timestamp(milliseconds: .min) }
    }

    /// What was mended or could not be read, of all logs.
    var notes: [String] {
        state.withLock { state in
            state.logs.values.sorted { ($0.name.folder, $0.name.stem ?? "") < ($1.name.folder, $1.name.stem ?? "") }
                .flatMap { $0.mended + $0.unreadable }
        }
    }

    /// The whole prefix of each segment, in order.
    func segments(_ name: LogName) throws(FileError) -> [LogSegment] {
        try with(name) { log in
            log.segments.map {
                LogSegment(path: log.path(of: $0.name), period: $0.name.period, inode: $0.inode, end: $0.end)
            }
        }
    }

    /// Writes tables where much was read, so that the next start is quick.
    func saveTables(ifMoreThan least: Int) {
        for name in names { try? with(name) { log in log.saveTable(ifMoreThan: least) } }
    }
}

/// One segment of a log, up to the last line that counts.
package struct LogSegment: Sendable, Equatable {
    /// The file's path.
    package let path: String
    /// The month, or the log's own name.
    package let period: String
    /// Tells the file from another that is put in its place.
    package let inode: UInt64
    /// How many bytes are whole lines.
    package let end: Int
}
