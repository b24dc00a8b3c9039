internal import Records

extension SegmentPart {
    /// Gives every line of the part to a sink, in order, those that begin at a place in the file or behind it; a line
    /// that cannot be read is counted and left out.
    func read<Sink: LineSink>(
        _ scanner: inout LineScanner, _ sink: inout Sink, _ context: Sink.Context, from start: Int? = nil
    ) throws(AnalysisError) -> PartReading {
        var reading = PartReading()
        var line = ScannedLine()
        var reader = try BlockReader(
            try FileReading(path), range: max(range.lowerBound, start ?? 0)..<range.upperBound)
        reading.identity = reader.identity
        let first = range.lowerBound
        // Held here, so that no line counts its references up and down.
        let versions = scanner.versions
        try reader.forEachBlock { (bytes, start, filled, limit, base) throws(AnalysisError) -> Int in
            var at = start
            while at < limit {
                if let feed = scanner.scan(bytes, from: at, into: &line) {
                    sink.take(line, in: bytes, at: base + at - first, context, versions)
                    at = feed + 1
                } else {
                    guard let feed = ByteWords.lineFeed(bytes, from: at, to: filled) else { break }
                    Self.parse(bytes, at, feed, base + at - first, versions, &sink, context, &reading)
                    at = feed + 1
                }
                reading.lines += 1
            }
            sink.endBlock(bytes, context)
            return at
        }
        reading.end = reader.position
        return reading
    }

    /// A line in another order or spelling, by the full parser.
    private static func parse<Sink: LineSink>(
        _ bytes: RawSpan, _ start: Int, _ end: Int, _ offset: Int, _ versions: KnownVersions,
        _ sink: inout Sink, _ context: Sink.Context, _ reading: inout PartReading
    ) {
        do {
            let line = try ResponseLine(ByteWords.array(bytes, start, count: end - start))
            sink.take(line, number: versions.number(of: line.survey, line.version), at: offset, context, versions)
        } catch {
            reading.unreadableCount += 1
            if reading.unreadable.count < 100 || error.isNewer {
                reading.unreadable.append((reading.lines, error.reason, error.isNewer))
            }
        }
    }

    /// Large enough that people are looked up few times, small enough that threads share the work.
    static let usualSize = 64 << 20

    /// The same lines in parts of a smaller size.
    func cut(_ size: Int) -> [SegmentPart] {
        stride(from: range.lowerBound, to: max(range.lowerBound + 1, range.upperBound), by: size).map { start in
            SegmentPart(segment: segment, path: path, range: start..<min(start + size, range.upperBound))
        }
    }

    /// Cuts segments at multiples of a size, in order, so that a part stays the same while its segment grows.
    static func parts(of paths: [String], size: Int = usualSize) throws(AnalysisError) -> [SegmentPart] {
        var parts: [SegmentPart] = []
        for (segment, path) in paths.enumerated() {
            let bytes = try FileReading(path).size
            for start in stride(from: 0, to: max(1, bytes), by: size) {
                parts.append(SegmentPart(segment: segment, path: path, range: start..<min(start + size, bytes)))
            }
        }
        return parts
    }
}
