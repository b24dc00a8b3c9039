internal import Records

/// Takes the lines of a part of a journal, in order.
///
/// An implementer guarantees that both ways of taking a line have the same effect, so that nothing depends on how it was spelled.
protocol LineSink {
    /// Takes a line that the scanner read; its places are in `bytes`, and `offset` is its first byte's place in the part.
    mutating func take(_ line: ScannedLine, in bytes: RawSpan, at offset: Int, of version: LineScanner.Version)
    /// Takes a line that only the full parser read; `bytes` are its own.
    mutating func take(_ line: ResponseLine, number version: Int, at offset: Int, of known: LineScanner.Version)
}

/// A part of a segment: the lines whose first byte lies in a range.
struct SegmentPart: Sendable {
    /// Which of the segments.
    let segment: Int
    /// The segment's path.
    let path: String
    /// Its bytes: every line that begins there.
    let range: Range<Int>
}

/// What reading a part found beside the lines themselves.
struct PartReading: Sendable {
    /// How many lines the part has.
    var lines = 0
    /// Lines that cannot be read: number within the part from 0, reason, and whether a newer heed wrote them.
    var unreadable: [(line: Int, reason: String, isNewer: Bool)] = []
    /// How many lines cannot be read; only the first hundred are kept.
    var unreadableCount = 0
}
