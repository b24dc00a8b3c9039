/// A segment's name: its period and its number, such as `2026-11.jsonl` and then `2026-11.2.jsonl`.
package struct SegmentName: Sendable, Hashable, Comparable {
    /// The month, or the journal's own name.
    package let period: String
    /// From 1; a higher one was begun because the one before could not be continued.
    package let number: Int

    /// A segment by period and number.
    package init(period: String, number: Int) {
        self.period = period
        self.number = number
    }

    /// The segment that a file's name stands for, of whichever journal, or nil when it is none.
    package init?(file: String) {
        guard file.hasSuffix(".jsonl") else { return nil }
        let parts = file.dropLast(6).split(separator: ".", omittingEmptySubsequences: false)
        guard let period = parts.first.map(String.init), parts.count <= 2 else { return nil }
        var number = 1
        if parts.count == 2 {
            guard let given = Int(parts[1]), given >= 2, String(given) == parts[1] else { return nil }
            number = given
        }
        self.init(period: period, number: number)
    }

    /// Whether it is named by the UTC month of appending.
    package var isMonthly: Bool { LocalDate(period + "-01") != nil }

    /// The file's name.
    package var file: String { number == 1 ? period + ".jsonl" : "\(period).\(number).jsonl" }

    package static func < (left: SegmentName, right: SegmentName) -> Bool {
        left.period == right.period
            ? left.number < right.number : left.period.utf8.lexicographicallyPrecedes(right.period.utf8)
    }
}
