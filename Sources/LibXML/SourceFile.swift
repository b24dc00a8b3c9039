package import Diagnostics

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Reads source files from disk: regular files of bounded size, whole.
package enum SourceFile {
    /// Why a file could not be read.
    package struct Failure: Error, Sendable, Equatable {
        /// What kind of trouble it is, where a caller acts on it.
        package enum Kind: Sendable {
            /// There is nothing at that path.
            case missing
            /// It may not be read.
            case notPermitted
            /// Reading failed.
            case inputOutput
            /// It is no file of a survey's kind or size.
            case refused
        }

        /// What kind of trouble it is.
        package let kind: Kind
        /// What is wrong, placed at the file.
        package let diagnostic: Diagnostic
    }

    /// The file's text; a FIFO, a device or a folder is refused, and a large file before it is read.
    package static func read(_ path: String, limits: XMLLimits = .survey) throws(Failure) -> SourceText {
        // Without O_NONBLOCK opening a FIFO would wait for ever.
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else {
            let code = errno
            throw failure(path, "The file cannot be opened: \(reason(code)).", kind(code))
        }
        defer { close(descriptor) }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0 else { throw unread(path, errno) }
        guard facts.st_mode & S_IFMT == S_IFREG else {
            throw failure(path, facts.st_mode & S_IFMT == S_IFDIR ? "This is a folder." : "This is not a regular file.")
        }
        guard facts.st_size <= limits.bytes else {
            throw failure(path, "The file has \(facts.st_size) bytes; at most \(limits.bytes) are read.")
        }
        // One byte more than it had a moment ago: a file that grows meanwhile is not cut in silence.
        var bytes = [UInt8](repeating: 0, count: Int(facts.st_size) + 1)
        var filled = 0
        while filled < bytes.count {
            let count = bytes[filled...].withUnsafeMutableBytes { systemRead(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw unread(path, errno) }
            if count == 0 { break }
            filled += count
        }
        if filled == bytes.count { throw failure(path, "The file grew while it was being read.") }
        bytes.removeLast(bytes.count - filled)
        return SourceText(file: path, bytes: bytes)
    }

    private static func failure(_ path: String, _ message: String, _ kind: Failure.Kind = .refused) -> Failure {
        Failure(kind: kind, diagnostic: Diagnostic(.unreadableFile, file: path, message: message))
    }

    private static func unread(_ path: String, _ code: Int32) -> Failure {
        failure(path, "The file cannot be read: \(reason(code)).", kind(code))
    }

    private static func kind(_ code: Int32) -> Failure.Kind {
        switch code {
        case ENOENT, ENOTDIR: .missing
        case EACCES, EPERM: .notPermitted
        default: .inputOutput
        }
    }

    private static func reason(_ code: Int32) -> String { String(cString: strerror(code)).lowercased() }
}

private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}
