internal import Feedback
internal import Logging
internal import Markup

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Writes each event as one line to standard error; control characters cannot begin another line.
struct StandardErrorLog: LogHandler {
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    var logLevel: Logger.Level = .notice
    let time: any TimeSource

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var line = "\(time.now()) \(event.level) \(event.message)"
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        for (key, value) in all.sorted(by: { $0.key < $1.key }) { line += " \(key)=\(value)" }
        // One write a line: lines of several threads do not mix.
        let bytes = Array((Escaping.visible(line) + "\n").utf8)
        _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}

extension Logger {
    /// A log to standard error.
    static func standardError(time: any TimeSource, level: Logger.Level = .notice) -> Logger {
        Logger(label: "heed") { _ in StandardErrorLog(logLevel: level, time: time) }
    }
}
