/// Walks over the whole lines of a part of a file in blocks, so that memory does not grow with the file.
struct BlockReader: ~Copyable {
    /// Small enough to stay in a core's own cache while it is scanned.
    private static let blockSize = 256 * 1024

    private let file: FileReading
    private let end: Int
    private var buffer: [UInt8]
    /// The file offset of the buffer's first byte.
    private var base: Int
    /// How many bytes of the buffer are content.
    private var filled = 0
    /// Where the next line begins in the buffer.
    private var index = 0

    /// A walk over the lines that begin inside a range of a file.
    init(_ file: consuming FileReading, range: Range<Int>) throws(AnalysisError) {
        buffer = [UInt8](repeating: 0, count: Self.blockSize + ByteWords.slack)
        // One byte early, so that a line that begins right at the range is known to begin there.
        base = max(0, range.lowerBound - 1)
        end = range.upperBound
        self.file = file
        try fill()
        if range.lowerBound > 0 { try skipToLineStart() }
    }

    /// The place in the file behind the last line handed out.
    var position: Int { base + index }

    /// The file, as it was when it was opened.
    var identity: FileIdentity { file.identity }

    private mutating func skipToLineStart() throws(AnalysisError) {
        while true {
            if let feed = ByteWords.lineFeed(buffer.span.bytes, from: index, to: filled) {
                index = feed + 1
                return
            }
            index = filled
            if try !fill() { return }
        }
    }

    /// Hands whole lines to a closure, block by block, until the range ends.
    ///
    /// The closure is given the buffer, where the lines begin, where content ends, how far lines may begin, and the
    /// file offset of
    /// the buffer's first byte; it returns where the first line begins that it did not find whole.
    mutating func forEachBlock(
        _ body: (RawSpan, _ start: Int, _ filled: Int, _ limit: Int, _ base: Int) throws(AnalysisError) -> Int
    ) throws(AnalysisError) {
        while base + index < end {
            index = try body(buffer.span.bytes, index, filled, min(filled, end - base), base)
            if base + index >= end { return }
            // What is left is the beginning of a line; without more bytes it is a torn end and no line yet.
            if try !fill() { return }
        }
    }

    /// Moves what is left to the front and reads on; false at the end of the file.
    @discardableResult
    private mutating func fill() throws(AnalysisError) -> Bool {
        let left = filled - index
        if index > 0, left > 0 {
            buffer.withUnsafeMutableBytes { bytes in
                bytes.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[index..<filled]))
            }
        }
        base += index
        index = 0
        filled = left
        // A line longer than the block: make room, so that it is seen whole.
        if left + ByteWords.slack >= buffer.count {
            buffer.append(contentsOf: repeatElement(0, count: buffer.count))
        }
        let room = min(buffer.count - ByteWords.slack - left, file.size - base - left)
        let got = room > 0 ? try file.read(at: base + left, into: &buffer, from: left, count: room) : 0
        filled += got
        for place in filled..<(filled + ByteWords.slack) { buffer[place] = 0 }
        return got > 0
    }
}
