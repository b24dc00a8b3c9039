/// The bytes of one source file, able to say where an offset lies.
package struct SourceText: Sendable, Equatable {
    /// The path as the user wrote it.
    package let file: String
    /// The file's bytes, whole; offsets in diagnostics and elements count them.
    package let bytes: [UInt8]
    /// What stands before each block of a large file, so that a thousand places cost no thousand passes.
    private let marks: [Mark]

    private struct Mark: Equatable {
        let lineEnds: Int
        let scalars: Int
        /// Where the line begins that the block begins in.
        let lineStart: Int
    }

    private static let blockSize = 4096

    /// Keeps a file's name beside its bytes.
    package init(file: String, bytes: [UInt8]) {
        self.file = file
        self.bytes = bytes
        var marks: [Mark] = []
        if bytes.count > 16 * Self.blockSize {
            var lineEnds = 0
            var scalars = 0
            var lineStart = 0
            for start in stride(from: 0, to: bytes.count, by: Self.blockSize) {
                marks.append(Mark(lineEnds: lineEnds, scalars: scalars, lineStart: lineStart))
                let block = start..<min(start + Self.blockSize, bytes.count)
                lineEnds += Self.lineEnds(in: block, of: bytes)
                scalars += Self.scalars(in: block, of: bytes)
                if let end = bytes[block].lastIndex(of: UInt8(ascii: "\n")) { lineStart = end + 1 }
            }
        }
        self.marks = marks
    }

    /// Line and column of a byte offset, both from 1; columns count Unicode scalars. Offsets past the end mean the end.
    package func position(at offset: Int) -> SourcePosition {
        let end = min(max(offset, 0), bytes.count)
        let block = marks.isEmpty ? 0 : min(end / Self.blockSize, marks.count - 1)
        let before = marks.isEmpty ? 0 : marks[block].lineEnds
        let line = before + Self.lineEnds(in: block * Self.blockSize..<end, of: bytes) + 1
        return SourcePosition(line: line, column: scalars(in: lineStart(of: end)..<end) + 1)
    }

    /// The text of the line that holds an offset, without its line end.
    package func line(at offset: Int) -> String {
        String(decoding: bytes[lineRange(at: offset, before: .max, after: .max)], as: UTF8.self)
    }

    /// The bytes of the line that holds an offset, without its line end, as far as they stand near it.
    func lineRange(at offset: Int, before: Int, after: Int) -> Range<Int> {
        let point = min(max(offset, 0), bytes.count)
        let first = scalarStart(max(lineStart(of: point), point < before ? 0 : point - before))
        let limit = after < bytes.count - point ? scalarStart(point + after) : bytes.count
        var end = bytes[point..<max(point, limit)].firstIndex(of: UInt8(ascii: "\n")) ?? max(point, limit)
        if end > first, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return first..<max(first, end)
    }

    /// The start of the scalar that an offset lies in.
    func scalarStart(_ offset: Int) -> Int {
        var start = min(max(offset, 0), bytes.count)
        while start > 0, start < bytes.count, bytes[start] & 0xC0 == 0x80 { start -= 1 }
        return start
    }

    private func lineStart(of point: Int) -> Int {
        let block = marks.isEmpty ? 0 : min(point / Self.blockSize, marks.count - 1)
        let start = block * Self.blockSize
        return bytes[start..<point].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 }
            ?? (marks.isEmpty ? 0 : marks[block].lineStart)
    }

    /// How many Unicode scalars start within a range of bytes: bytes that do not continue another.
    package func scalars(in range: Range<Int>) -> Int {
        let range = range.clamped(to: 0..<bytes.count)
        let first = range.lowerBound / Self.blockSize
        let last = range.upperBound / Self.blockSize
        guard !marks.isEmpty, last > first, last < marks.count else { return Self.scalars(in: range, of: bytes) }
        return marks[last].scalars - marks[first].scalars
            + Self.scalars(in: last * Self.blockSize..<range.upperBound, of: bytes)
            - Self.scalars(in: first * Self.blockSize..<range.lowerBound, of: bytes)
    }

    private static func scalars(in range: Range<Int>, of bytes: [UInt8]) -> Int {
        bytes[range].reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
    }

    private static func lineEnds(in range: Range<Int>, of bytes: [UInt8]) -> Int {
        bytes[range].reduce(0) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) }
    }
}

/// A place in a source file, counted from 1 as editors do.
package struct SourcePosition: Sendable, Hashable, Comparable {
    /// The line, from 1.
    package let line: Int
    /// The column in Unicode scalars, from 1.
    package let column: Int

    /// A place by line and column, both from 1.
    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    package static func < (left: SourcePosition, right: SourcePosition) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}
