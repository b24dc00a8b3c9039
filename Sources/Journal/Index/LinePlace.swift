/// Where one line is, good for reading it outside the mutex.
struct LinePlace: Sendable {
    let file: (any OpenFile)?
    let path: String
    let inode: UInt64
    let offset: Int
    let end: Int

    /// The line's bytes without its end; empty when it is gone.
    func bytes(_ files: any FileSystem) throws(FileError) -> [UInt8] {
        let file = try open(files)
        var bytes: [UInt8] = []
        while offset + bytes.count < end {
            let more = try file.read(min(max(512, bytes.count), end - offset - bytes.count), at: offset + bytes.count)
            if more.isEmpty { return [] }
            if let lineEnd = more.firstIndex(of: 0x0A) { return bytes + more[..<lineEnd] }
            bytes += more
        }
        return []
    }

    private func open(_ files: any FileSystem) throws(FileError) -> any OpenFile {
        if let file { return file }
        let file = try files.open(path, .reading)
        // A segment that was rewritten since the last look has other lines at these places.
        guard try file.status().inode == inode else { throw .stale("read", path) }
        return file
    }
}
