#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A call to the file system that failed.
package struct FileError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What was tried, as in "cannot write to".
    package let action: String
    /// The file or folder.
    package let path: String
    /// The system's error number.
    package let code: Int32

    /// A call that failed with an error number.
    package init(_ action: String, _ path: String, code: Int32) {
        self.action = action
        self.path = path
        self.code = code
    }

    /// Whether there is no such file or folder.
    package var isMissing: Bool { code == ENOENT || code == ENOTDIR }
    /// Whether something of that name is there already.
    package var exists: Bool { code == EEXIST }
    /// Whether the system does not allow it.
    package var isForbidden: Bool { code == EACCES || code == EPERM || code == EROFS }
    /// Whether there is no room left.
    package var isFull: Bool { code == ENOSPC || code == EDQUOT || code == EFBIG }

    /// Whether the file is another than it was: put in its place by somebody else.
    package var isStale: Bool { code == ESTALE }

    /// A file that is another than it was.
    static func stale(_ action: String, _ path: String) -> FileError { FileError(action, path, code: ESTALE) }
    /// A file that somebody else is working on.
    static func busy(_ action: String, _ path: String) -> FileError { FileError(action, path, code: EAGAIN) }

    /// The reason in words, with what to do where that is known.
    package var reason: String {
        switch code {
        case ENOSPC: "the disk is full; make room and try again"
        case EDQUOT: "the disk quota is used up; make room and try again"
        case EFBIG: "the file may not grow any more; raise the size limit"
        case EACCES, EPERM: "permission is denied; check who owns it"
        case EROFS: "the file system is read-only; use another folder, or mount it for writing"
        case EIO: "the disk reported an error; check it"
        case ENOENT: "it does not exist"
        case ENOTDIR: "a part of the path is not a folder"
        case EISDIR: "it is a folder"
        case EEXIST: "it is there already"
        case EMFILE, ENFILE: "too many files are open; raise the limit"
        case EAGAIN: "another process holds it"
        case ESTALE: "another file was put in its place; try again"
        case ENAMETOOLONG: "the path is too long"
        default: String(cString: strerror(code))
        }
    }

    /// One sentence.
    package var description: String { "Cannot \(action) \(path): \(reason)." }
}
