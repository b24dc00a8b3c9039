/// The bytes of one source file, able to say where an offset lies.
package struct SourceText: Sendable, Equatable {
    /// The path as the user wrote it.
    package let file: String
    /// The file's bytes, whole; offsets in diagnostics and elements count them.
    package let bytes: [UInt8]

    /// Keeps a file's name beside its bytes.
    package init(file: String, bytes: [UInt8]) {
        self.file = file
        self.bytes = bytes
    }

    /// Line and column of a byte offset, both from 1; columns count Unicode scalars. Offsets past the end mean the end.
    package func position(at offset: Int) -> SourcePosition {
        let end = min(max(offset, 0), bytes.count)
        var line = 1
        var lineStart = 0
        for index in 0..<end where bytes[index] == UInt8(ascii: "\n") {
            line += 1
            lineStart = index + 1
        }
        return SourcePosition(line: line, column: scalars(in: lineStart..<end) + 1)
    }

    /// The text of the line that holds an offset, without its line end.
    package func line(at offset: Int) -> String {
        let point = min(max(offset, 0), bytes.count)
        var start = point
        while start > 0, bytes[start - 1] != UInt8(ascii: "\n") { start -= 1 }
        var end = point
        while end < bytes.count, bytes[end] != UInt8(ascii: "\n"), bytes[end] != UInt8(ascii: "\r") { end += 1 }
        return String(decoding: bytes[start..<max(start, end)], as: UTF8.self)
    }

    /// How many Unicode scalars start within a range of bytes: bytes that do not continue another.
    package func scalars(in range: Range<Int>) -> Int {
        bytes[range.clamped(to: 0..<bytes.count)].reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
    }
}

/// A place in a source file, counted from 1 as editors do.
package struct SourcePosition: Sendable, Hashable {
    /// The line, from 1.
    package let line: Int
    /// The column in Unicode scalars, from 1.
    package let column: Int

    /// A place by line and column, both from 1.
    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }
}
