/// Why nothing could be appended; whatever was waiting is not stored.
package enum JournalError: Error, Sendable, Equatable, CustomStringConvertible {
    /// More is waiting than may wait.
    case busy
    /// Another process kept the folder's lock for too long.
    case locked(String)
    /// The file system failed.
    case file(FileError)
    /// A line longer than 16 MiB.
    case tooLong(LogName, Int)
    /// A line that a newer heed wrote, by file and line.
    case newer(String)
    /// The journal is closed.
    case closed
    /// The folder was opened to be read only.
    case readOnly(String)

    /// One or two sentences.
    package var description: String {
        switch self {
        case .busy: "Too much is waiting to be written. Try again in a moment."
        case .locked(let path): "Another heed keeps \(path) locked. Try again when it has finished."
        case .file(let error): error.description
        case .tooLong(let log, let count): "A line of \(count) bytes is too long for \(log): 16 MiB is the most."
        case .newer(let place): "\(place) was written by a newer heed. Use that one, so that nothing is misread."
        case .closed: "The data folder is being closed."
        case .readOnly(let path): "\(path) is open for reading only."
        }
    }
}
