#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Writes files that are there whole or not at all; meant for caches, so that trouble is no error.
enum AtomicFile {
    /// Writes a file of some pieces, for its owner alone, and puts it in its place; folders above it are made.
    static func write(_ pieces: [ArraySlice<UInt8>], to path: String) {
        guard let slash = path.lastIndex(of: "/") else { return }
        let folder = String(path[..<slash])
        // In the same folder, so that renaming is one step; nobody else uses the name.
        let own = "\(path).\(getpid()).\(UInt64.random(in: 0...UInt64.max))"
        var descriptor = open(own, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if descriptor < 0, errno == ENOENT {
            makeFolder(folder)
            descriptor = open(own, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        }
        guard descriptor >= 0 else { return }
        var isWhole = true
        for piece in pieces where isWhole { isWhole = put(piece, to: descriptor) }
        if close(descriptor) != 0 { isWhole = false }
        // No sync: what a crash leaves behind is told by its checksums.
        if !isWhole || rename(own, path) != 0 { unlink(own) }
    }

    private static func put(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) -> Bool {
        bytes.withUnsafeBytes { bytes in
            var done = 0
            while done < bytes.count {
                let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
                let count = systemWrite(descriptor, rest.baseAddress, rest.count)
                if count < 0, errno == EINTR { continue }
                if count <= 0 { return false }
                done += count
            }
            return true
        }
    }

    private static func makeFolder(_ path: String) {
        if mkdir(path, 0o700) == 0 || errno != ENOENT { return }
        guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return }
        makeFolder(String(path[..<slash]))
        mkdir(path, 0o700)
    }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}
