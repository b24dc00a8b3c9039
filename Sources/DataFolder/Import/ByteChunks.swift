#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The bytes of a file in order, a piece at a time, so that memory does not grow with the file.
package final class ByteChunks {
    private static let size = 64 << 10

    private var descriptor: Int32 = -1
    private var given: [[UInt8]]
    private let path: String
    /// The file's size in bytes, 0 where it is not known.
    package private(set) var total = 0
    /// How many bytes have been handed out.
    package private(set) var done = 0

    /// Opens a file; folders and the like are refused.
    package init(path: String) throws(FolderError) {
        self.path = path
        given = []
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0 {
            let code = errno
            throw FolderError(code == ENOENT ? .notFound : .inputOutput, "\(path) cannot be read: \(Self.words(code)).")
        }
        var status = stat()
        if fstat(descriptor, &status) == 0 {
            if status.st_mode & S_IFMT == S_IFDIR {
                throw FolderError(.notFound, "\(path) is a folder. Name the file to import.")
            }
            total = Int(status.st_size)
        }
    }

    /// Bytes that are at hand, cut as given.
    package init(_ pieces: [[UInt8]]) {
        path = "memory"
        given = pieces.reversed()
        total = pieces.reduce(0) { $0 + $1.count }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// The next bytes; empty at the end.
    package func next() throws(FolderError) -> [UInt8] {
        if descriptor < 0 {
            var piece: [UInt8] = []
            while piece.isEmpty, let more = given.popLast() { piece = more }
            done += piece.count
            return piece
        }
        var code: Int32 = 0
        let descriptor = descriptor
        let bytes = [UInt8](unsafeUninitializedCapacity: Self.size) { buffer, count in
            var result = read(descriptor, buffer.baseAddress, Self.size)
            while result < 0, errno == EINTR { result = read(descriptor, buffer.baseAddress, Self.size) }
            if result < 0 { code = errno }
            count = max(0, result)
        }
        if code != 0 { throw FolderError(.inputOutput, "\(path) cannot be read: \(Self.words(code)).") }
        done += bytes.count
        return bytes
    }

    private static func words(_ code: Int32) -> String { String(cString: strerror(code)) }
}
