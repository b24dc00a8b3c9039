/// Reads single lines again, by part and offset, for the few that are cited or doubtful.
struct LineFetcher: ~Copyable {
    private let parts: [SegmentPart]
    private var file: FileReading?
    private var openSegment = -1
    /// The line last fetched, its line feed and slack included.
    private(set) var buffer = [UInt8](repeating: 0, count: 768 + ByteWords.slack)
    /// How many bytes of the buffer are the line, without its line feed.
    private(set) var count = 0

    init(_ parts: [SegmentPart]) { self.parts = parts }

    /// Fetches the line at an offset of a part into the buffer.
    mutating func fetch(part: Int, offset: Int) throws(AnalysisError) {
        let place = parts[part]
        if openSegment != place.segment {
            file = try FileReading(place.path)
            openSegment = place.segment
        }
        let start = place.range.lowerBound + offset
        var filled = 0
        while true {
            let room = buffer.count - ByteWords.slack - filled
            let got = try file?.read(at: start + filled, into: &buffer, from: filled, count: room) ?? 0
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

    /// The line last fetched.
    var line: ArraySlice<UInt8> { buffer[0..<count] }
}
