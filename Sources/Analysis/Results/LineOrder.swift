/// Which of two lines is later: by moment, then by id, which is read again for the few that are of one moment.
struct LineOrder: Sendable {
    private let parts: [SegmentPart]

    init(_ parts: [SegmentPart]) { self.parts = parts }

    /// Whether a line comes after another; a line that cannot be read again comes first.
    func isLater(_ left: Mention, _ right: Mention) -> Bool {
        if left.submitted != right.submitted { return left.submitted > right.submitted }
        guard let own = id(left), let other = id(right) else { return false }
        return other < own
    }

    private func id(_ mention: Mention) -> ResponseIDBytes? {
        var fetcher = LineFetcher(parts)
        guard (try? fetcher.fetch(part: mention.part, offset: mention.offset)) != nil else { return nil }
        return ResponseIDBytes(line: fetcher.line)
    }
}
