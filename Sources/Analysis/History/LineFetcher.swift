/// Reads single lines again, by part and offset, for the few that are cited or doubtful.
struct LineFetcher: ~Copyable {
    private let parts: [SegmentPart]
    /// Files by segment; only so many stay open.
    private var open: [Int: OpenFile] = [:]
    private static let mostOpen = 64
    /// The line last fetched, its line feed and slack included.
    private(set) var buffer = [UInt8](repeating: 0, count: 768 + ByteWords.slack)
    /// How many bytes of the buffer are the line, without its line feed.
    private(set) var count = 0

    init(_ parts: [SegmentPart]) { self.parts = parts }

    /// Fetches the line at an offset of a part into the buffer.
    mutating func fetch(part: Int, offset: Int) throws(AnalysisError) {
        let file = try file(parts[part].segment, part)
        let start = parts[part].range.lowerBound + offset
        var filled = 0
        while true {
            let room = buffer.count - ByteWords.slack - filled
            let got = try file.reading.read(at: start + filled, into: &buffer, from: filled, count: room)
            let before = filled
            filled += got
            for index in filled..<(filled + ByteWords.slack) { buffer[index] = 0 }
            if let feed = ByteWords.lineFeed(buffer.span.bytes, from: before, to: filled) {
                count = feed
                return
            }
            if got == 0 {
                count = filled
                return
            }
            buffer.append(contentsOf: repeatElement(0, count: buffer.count))
        }
    }

    private mutating func file(_ segment: Int, _ part: Int) throws(AnalysisError) -> OpenFile {
        if let file = open[segment] { return file }
        if open.count >= Self.mostOpen { open = [:] }
        let file = OpenFile(try FileReading(parts[part].path))
        open[segment] = file
        return file
    }

    /// The line last fetched.
    var line: ArraySlice<UInt8> { buffer[0..<count] }
}

/// A file that several hold on to.
private final class OpenFile {
    let reading: FileReading

    init(_ reading: consuming FileReading) { self.reading = reading }
}
