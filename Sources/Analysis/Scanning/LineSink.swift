internal import Records

/// Takes the lines of a part of a journal, in order.
///
/// An implementer guarantees that both ways of taking a line have the same effect, so that nothing depends on how it
/// was spelled.
protocol LineSink {
    /// What all parts share; handed along rather than held, so that nothing is counted up and down for every line.
    associatedtype Context: Sendable

    /// Takes a line that the scanner read; its places are in `bytes`, and `offset` is its first byte's place in the
    /// part.
    mutating func take(
        _ line: borrowing ScannedLine, in bytes: RawSpan, at offset: Int, _ context: Context, _ versions: KnownVersions)
    /// Takes a line that only the full parser read.
    mutating func take(
        _ line: ResponseLine, number version: Int, at offset: Int, _ context: Context, _ versions: KnownVersions)
    /// Does what was put off, before the bytes of the scanned lines go away.
    mutating func endBlock(_ bytes: RawSpan, _ context: Context)
}

extension LineSink {
    mutating func endBlock(_ bytes: RawSpan, _ context: Context) {}
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
    /// Where the first line begins that was not read, by its place in the file.
    var end = 0
    /// The file that the lines stand in, as it was when it was opened.
    var identity: FileIdentity?

    /// Takes in what reading the lines that follow found.
    mutating func append(_ later: PartReading) {
        for line in later.unreadable where unreadable.count < 100 || line.isNewer {
            unreadable.append((lines + line.line, line.reason, line.isNewer))
        }
        unreadableCount += later.unreadableCount
        lines += later.lines
        end = later.end
        identity = later.identity
    }
}
