#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The segments of a survey as they stood at one moment: each up to its last whole line, whatever is appended
/// meanwhile.
package final class Segments: Sendable {
    /// One segment file.
    struct Segment: Sendable {
        let path: String
        let descriptor: Int32
        /// The bytes of whole lines.
        let length: Int
        /// The bytes of a line behind them that is not finished.
        let unfinished: Int
        /// The place of its first byte when all segments are laid end to end.
        let start: Int
    }

    let all: [Segment]
    /// The bytes of all segments together.
    let length: Int

    /// Opens the segments in the order of their paths given, which is the order of records.
    package convenience init(_ paths: [String]) throws(ExportError) { try self.init(paths, isWhole: false) }

    /// Opens files in order, either to their last byte or to their last whole line.
    init(_ paths: [String], isWhole: Bool) throws(ExportError) {
        var all: [Segment] = []
        var start = 0
        for path in paths {
            let descriptor = open(path, O_RDONLY | O_CLOEXEC)
            if descriptor < 0 {
                let code = errno
                all.forEach { _ = close($0.descriptor) }
                throw .cannotRead(path: path, code: code)
            }
            var status = stat()
            let size = fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
            let length = isWhole ? size : Self.wholeLines(descriptor, size)
            all.append(
                Segment(path: path, descriptor: descriptor, length: length, unfinished: size - length, start: start))
            start += length
        }
        self.all = all
        length = start
    }

    /// Files whose last line is not finished, with its bytes: torn in a crash, or being written just now.
    package var unfinished: [(path: String, bytes: Int)] {
        all.filter { $0.unfinished > 0 }.map { (path: $0.path, bytes: $0.unfinished) }
    }

    deinit { all.forEach { _ = close($0.descriptor) } }

    /// The size without a torn or unfinished last line.
    private static func wholeLines(_ descriptor: Int32, _ size: Int) -> Int {
        var end = size
        while end > 0 {
            let start = max(0, end - 65_536)
            guard let bytes = try? read(descriptor, start..<end, padding: 0) else { return 0 }
            if let line = bytes.lastIndex(of: UInt8(ascii: "\n")) { return start + line + 1 }
            end = start
        }
        return 0
    }

    /// Some bytes of a file, followed by `padding` zero bytes; fewer only where the file ends.
    static func read(_ descriptor: Int32, _ range: Range<Int>, padding: Int) throws(ReadFailure) -> [UInt8] {
        var code: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: range.count + padding) { buffer, count in
            guard let base = buffer.baseAddress else { return }
            while count < range.count {
                let read = pread(descriptor, base + count, range.count - count, off_t(range.lowerBound + count))
                if read < 0, errno == EINTR { continue }
                if read < 0 { code = errno }
                if read <= 0 { break }
                count += read
            }
            for index in count..<count + padding { buffer[index] = 0 }
            count += padding
        }
        if code != 0 { throw ReadFailure(code: code) }
        return bytes
    }
}

/// Why bytes could not be read.
struct ReadFailure: Error {
    /// The system's error number.
    let code: Int32
}

/// A stretch of a segment: the lines that begin within it.
struct Block: Sendable {
    /// The segment's index.
    let segment: Int
    /// The bytes in which its lines begin.
    let range: Range<Int>

    /// Stretches of about equal size that cover all segments in order.
    static func cover(_ segments: Segments, size: Int) -> [Block] {
        segments.all.enumerated().flatMap { index, segment in
            stride(from: 0, to: segment.length, by: size).map {
                Block(segment: index, range: $0..<min($0 + size, segment.length))
            }
        }
    }
}

/// The lines that begin within a block, read into memory.
struct LoadedBlock {
    /// Bytes that hold the lines, with padding behind.
    let bytes: [UInt8]
    /// The lines' ranges of `bytes`, line feeds left out.
    let lines: [Range<Int>]
    /// The place of `bytes[0]` when all segments are laid end to end.
    let offset: Int
    /// Whether the last line is too long to be read, and is therefore empty here.
    let lastIsTooLong: Bool

    /// No line that heed writes comes near this length; a longer one is reported and left out.
    static let longestLine = 16 << 20

    /// Reads a block and goes on until its last line is whole.
    init(_ block: Block, of segments: Segments) throws(ExportError) {
        let segment = segments.all[block.segment]
        // A line begins after a line feed, so the byte before the block decides about its first one.
        let from = max(0, block.range.lowerBound - 1)
        var to = min(block.range.upperBound + 8192, segment.length)
        do {
            var bytes = try Segments.read(segment.descriptor, from..<to, padding: LineScanner.padding)
            let first =
                block.range.lowerBound == 0 ? 0 : Self.newline(in: bytes, from: 0, to: bytes.count - 8).map { $0 + 1 }
            offset = segment.start + from
            guard let first, first + from < block.range.upperBound else {
                self.bytes = []
                lines = []
                lastIsTooLong = false
                return
            }
            let mustReach = block.range.upperBound - 1 - from
            var last = Self.newline(in: bytes, from: mustReach, to: bytes.count - 8)
            while last == nil, to < segment.length, to - block.range.upperBound < Self.longestLine {
                let more = min(to + 1 << 20, segment.length)
                let searched = bytes.count - 8
                bytes.removeLast(LineScanner.padding)
                bytes += try Segments.read(segment.descriptor, to..<more, padding: LineScanner.padding)
                to = more
                last = Self.newline(in: bytes, from: searched, to: bytes.count - 8)
            }
            var lines: [Range<Int>] = []
            lines.reserveCapacity(block.range.count / 256)
            var start = first
            let end = last ?? mustReach
            while start < end + 1, start + from < block.range.upperBound {
                guard let newline = Self.newline(in: bytes, from: start, to: end + 1) else { break }
                lines.append(start..<newline)
                start = newline + 1
            }
            lastIsTooLong = last == nil
            if lastIsTooLong { lines.append(start..<start) }
            self.lines = lines
            self.bytes = bytes
        } catch {
            throw .cannotRead(path: segment.path, code: error.code)
        }
    }

    private static func newline(in bytes: [UInt8], from: Int, to: Int) -> Int? {
        guard from < to else { return nil }
        return bytes.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress, let found = memchr(base + from, Int32(UInt8(ascii: "\n")), to - from)
            else {
                return nil
            }
            return base.distance(to: UnsafeRawPointer(found))
        }
    }
}
