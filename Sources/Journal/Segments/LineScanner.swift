/// Reads the whole lines of a file from an offset on, in windows, so that memory stays bounded by the longest line.
package struct LineScanner {
    /// The longest line that is read; a longer one is passed over and reported.
    package static let longestLine = 16 << 20
    private static let window = 1 << 20

    /// How a range of a file was read.
    package struct Result: Sendable, Equatable {
        /// Behind the last line end; what follows is not a whole line.
        package var end: Int
        /// How many line ends were passed.
        package var lines: Int
    }

    /// One whole line.
    package struct Line {
        /// The bytes without the line end; empty when the line is too long to be read.
        package let bytes: ArraySlice<UInt8>
        /// Where it begins in the file.
        package let offset: Int
        /// Its number among the lines read, from 0.
        package let index: Int
        /// Whether it was too long to be read.
        package let isTooLong: Bool
    }

    /// Calls back for every whole line that begins in a range of the file and ends in it.
    package static func scan(
        _ file: any OpenFile, from start: Int, to limit: Int, _ body: (Line) throws(FileError) -> Void
    ) throws(FileError) -> Result {
        var result = Result(end: start, lines: 0)
        var rest: [UInt8] = []
        var isSkipping = false
        var offset = start
        while offset < limit {
            let bytes = try file.read(min(window, limit - offset), at: offset)
            if bytes.isEmpty { break }
            var cursor = 0
            while let end = bytes[cursor...].firstIndex(of: 0x0A) {
                let line = rest.isEmpty ? bytes[cursor..<end] : (rest + bytes[cursor..<end])[...]
                rest = []
                let isTooLong = isSkipping || line.count > longestLine
                try body(
                    Line(bytes: isTooLong ? [] : line, offset: result.end, index: result.lines, isTooLong: isTooLong))
                isSkipping = false
                cursor = end + 1
                result.end = offset + cursor
                result.lines += 1
            }
            if !isSkipping { rest += bytes[cursor...] }
            if rest.count > longestLine {
                rest = []
                isSkipping = true
            }
            offset += bytes.count
        }
        return result
    }

    /// Behind the last line end among the first bytes of a file.
    package static func endOfLines(_ file: any OpenFile, size: Int) throws(FileError) -> Int {
        var end = size
        while end > 0 {
            let start = max(0, end - (1 << 16))
            let bytes = try file.readAll(end - start, at: start)
            if let last = bytes.lastIndex(of: 0x0A) { return start + last + 1 }
            end = start
        }
        return 0
    }
}
