#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Where an export goes.
///
/// An implementer guarantees that nothing of a failed or unfinished export is left where a finished one would be.
package protocol ExportSink: AnyObject {
    /// Whether what was written can be taken back.
    var canBeginAgain: Bool { get }
    /// Takes back everything written so far.
    func beginAgain() throws(ExportError)
    /// Appends bytes.
    func write(_ bytes: [UInt8]) throws(ExportError)
}

/// A file that appears whole or not at all: written beside its place, synced, then renamed.
package final class FileSink: ExportSink {
    private let path: String
    private let temporary: String
    private var descriptor: Int32

    /// Begins a file; what stands at its place is only touched by `finish`, and only if `isOwn` says so of its first
    /// bytes.
    package init(_ path: String, isOwn: ([UInt8]) -> Bool) throws(ExportError) {
        self.path = path
        if let beginning = try Self.beginning(of: path), !beginning.isEmpty, !isOwn(beginning) {
            throw .notOurs(path: path)
        }
        temporary = "\(path).\(getpid()).part"
        // Answers are personal: nobody else on the machine may read them.
        descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if descriptor < 0 { throw .cannotCreate(path: path, code: errno) }
    }

    deinit {
        guard descriptor >= 0 else { return }
        close(descriptor)
        unlink(temporary)
    }

    package var canBeginAgain: Bool { true }

    package func beginAgain() throws(ExportError) {
        guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else { throw failure(errno) }
    }

    package func write(_ bytes: [UInt8]) throws(ExportError) {
        if let code = writeAll(bytes, to: descriptor) { throw failure(code) }
    }

    /// Makes the file durable and puts it in its place.
    package func finish() throws(ExportError) {
        guard fsync(descriptor) == 0, rename(temporary, path) == 0 else { throw failure(errno) }
        close(descriptor)
        descriptor = -1
        // A name is only sure once its folder is synced.
        let folder = open(Self.folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return }
        fsync(folder)
        close(folder)
    }

    private func failure(_ code: Int32) -> ExportError { .cannotWrite(path: path, code: code) }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// The first bytes of what stands at a path; nil when nothing stands there.
    private static func beginning(of path: String) throws(ExportError) -> [UInt8]? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notOurs(path: path) }
        let file = open(path, O_RDONLY | O_CLOEXEC)
        if file < 0 { throw .cannotRead(path: path, code: errno) }
        defer { close(file) }
        do { return try Segments.read(file, 0..<1024, padding: 0) } catch {
            throw .cannotRead(path: path, code: error.code)
        }
    }
}

/// Standard output, or any open descriptor: what was written is gone.
package final class DescriptorSink: ExportSink {
    private let descriptor: Int32

    /// Writes to an open descriptor, which stays open.
    package init(_ descriptor: Int32) { self.descriptor = descriptor }

    package var canBeginAgain: Bool { false }

    package func beginAgain() throws(ExportError) {}

    package func write(_ bytes: [UInt8]) throws(ExportError) {
        if let code = writeAll(bytes, to: descriptor) { throw .cannotWrite(path: "standard output", code: code) }
    }
}

/// Nowhere, for reading everything without writing it.
package final class NoSink: ExportSink {
    /// A sink that keeps nothing.
    package init() {}

    package var canBeginAgain: Bool { true }
    package func beginAgain() throws(ExportError) {}
    package func write(_ bytes: [UInt8]) throws(ExportError) {}
}

/// Memory, for tests and small exports.
package final class MemorySink: ExportSink {
    /// What was written.
    package private(set) var bytes: [UInt8] = []

    /// An empty memory.
    package init() {}

    package var canBeginAgain: Bool { true }
    package func beginAgain() throws(ExportError) { bytes = [] }
    package func write(_ more: [UInt8]) throws(ExportError) { bytes += more }
}

/// Writes all of some bytes; the error number when that fails.
private func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
    bytes.withUnsafeBytes { bytes in
        var written = 0
        while written < bytes.count {
            let count = systemWrite(descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written)
            if count < 0, errno == EINTR { continue }
            if count < 0 { return errno }
            written += count
        }
        return nil
    }
}

/// The system's call, which the sinks' own method would hide.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}
