/// The copy of one segment in the making, with the fates of its lines.
///
/// The copy is made from the first line on that does not stay; the file is locked as long as this lives, which tells
/// others that somebody is working on it.
final class SegmentRewrite {
    private static let window = 1 << 20

    let segment: FolderSegment
    /// Tells the copy from those of other tries.
    let mark = String(UInt64.random(in: .min ... .max), radix: 36)
    private(set) var outcome: RewrittenSegment
    private(set) var digest: SegmentDigest
    /// Whether the copy is not to be removed: the seals say, or may say, that it holds.
    var isLeftToSeals = false
    private let files: any FileSystem
    /// The segment, open while it is read.
    private var source: (any OpenFile)?
    private var copy: (any OpenFile)?
    /// Behind the last line that was given a fate.
    private var end = 0
    /// Behind the last byte that was copied or left out; stays 0 as long as every line stays.
    private var passed = 0
    /// What is not yet written.
    private var buffer: [UInt8] = []

    /// A rewriting of a segment in which nothing was read yet.
    init(_ segment: FolderSegment, _ files: any FileSystem) {
        self.segment = segment
        self.files = files
        outcome = RewrittenSegment(segment: segment.label)
        digest = SegmentDigest(expecting: segment.size)
    }

    /// Whether any line does not stay.
    var isChanged: Bool { copy != nil }

    /// Copies the whole lines up to a size with the fates that a closure gives them, and makes the copy durable.
    ///
    /// Fails as stale when another file is in the segment's place by now.
    func copy(
        to size: Int, _ fate: (ArraySlice<UInt8>) throws -> LineFate, progress: (Int) -> Void = { _ in }
    ) throws {
        let file = try open()
        defer { source = nil }
        var failure: (any Error)?
        let scanned = try LineScanner.scan(file, from: end, to: size) { line throws(FileError) in
            if failure == nil {
                do { try take(line, fate) } catch { failure = error }
                progress(line.offset)
            }
        }
        if let failure { throw failure }
        end = scanned.end
        guard isChanged else { return }
        try pass(to: end)
        try sync()
    }

    private func take(_ line: LineScanner.Line, _ fate: (ArraySlice<UInt8>) throws -> LineFate) throws {
        // What was too long to be shown stays; it is copied from the file.
        let fate: LineFate = line.isTooLong ? .keep : try fate(line.bytes)
        if fate == .keep {
            outcome.kept += 1
            return
        }
        if !isChanged { try begin() }
        try pass(to: line.offset)
        passed += line.bytes.count + 1
        if case .replace(let other) = fate {
            outcome.replaced += 1
            try put(other + [0x0A])
        } else {
            outcome.dropped += 1
        }
    }

    /// Copies what was appended meanwhile, and behind it a line that was never finished, to be cut and kept elsewhere.
    func finish(at size: Int, _ fate: (ArraySlice<UInt8>) throws -> LineFate) throws {
        if size == end { return }
        try copy(to: size, fate)
        guard let copy, end < size else { return }
        let file = try open()
        defer { source = nil }
        while end < size {
            let bytes = try file.read(min(Self.window, size - end), at: end)
            if bytes.isEmpty { break }
            try copy.writeAll(bytes[...])
            end += bytes.count
        }
        try copy.sync()
    }

    /// Lets go of the copy, and removes it unless it was decided on.
    func discard() {
        if copy != nil, !isLeftToSeals { try? files.remove(segment.copyPath(mark)) }
        copy = nil
    }

    private func open() throws(FileError) -> any OpenFile {
        if let source { return source }
        let file = try files.open(segment.path, .reading)
        guard try file.status().inode == segment.inode else { throw .stale("rewrite", segment.path) }
        source = file
        return file
    }

    /// Makes the copy's file and locks it, so that nobody takes it for one that was broken off.
    private func begin() throws(FileError) {
        let path = segment.copyPath(mark)
        for _ in 0..<100 {
            let file = try files.open(path, .making)
            // Whoever came between making and locking took it for a broken one, and has removed it by now or soon.
            if try file.lock(.batch), try files.status(path)?.inode == file.status().inode {
                copy = file
                return
            }
        }
        throw .busy("rewrite", segment.path)
    }

    /// Has everything up to an offset stay as it is.
    private func pass(to end: Int) throws(FileError) {
        while passed < end {
            let bytes = try open().readAll(min(Self.window, end - passed), at: passed)
            if bytes.isEmpty { throw .stale("read", segment.path) }
            try put(bytes)
            passed += bytes.count
        }
    }

    private func put(_ bytes: [UInt8]) throws(FileError) {
        digest.update(bytes[...])
        buffer += bytes
        if buffer.count >= Self.window { try flush() }
    }

    private func sync() throws(FileError) {
        try flush()
        try copy?.sync()
    }

    private func flush() throws(FileError) {
        guard let copy else { return }
        try copy.writeAll(buffer[...])
        buffer.removeAll(keepingCapacity: true)
    }
}
