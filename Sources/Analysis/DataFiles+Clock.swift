package import Feedback
internal import Records

extension DataFiles {
    /// How far a journal may be ahead of the clock before it is told, in milliseconds: clocks are never quite alike.
    private static let patience: Int64 = 5 * 60_000
    /// Longer than any line.
    private static let tail = 2 << 20

    /// A sentence for each survey whose last line is recorded more than five minutes after now.
    ///
    /// `recorded` never decreases within a journal, so one answer that was written while the clock stood wrong holds all
    /// later ones at its moment; until that moment comes no number includes them, which somebody should know.
    package func aheadOfClock(_ now: Timestamp) -> [String] {
        let last = Dictionary(segments.map { ($0.survey, $0.path) }, uniquingKeysWith: { $1 })
        return last.values.sorted().compactMap { path in
            guard let known = Self.lastMoment(of: path), known.milliseconds > now.milliseconds + Self.patience else {
                return nil
            }
            return """
                \(path): its last line is recorded at \(known), after now. What was answered since the clock was last right \
                counts nowhere until that moment. Check this machine's clock.
                """
        }
    }

    private static func lastMoment(of path: String) -> Timestamp? {
        guard let file = try? FileReading(path) else { return nil }
        let count = min(file.size, tail)
        var bytes = [UInt8](repeating: 0, count: count)
        guard (try? file.read(at: file.size - count, into: &bytes, from: 0, count: count)) == count,
            let end = bytes.lastIndex(of: UInt8(ascii: "\n"))
        else { return nil }
        let start = bytes[..<end].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return (try? ResponseLine(bytes[start..<end]))?.known
    }
}
