/// Names one journal of a folder: a series of segments by month, or by its own name.
package struct LogName: Sendable, Hashable, CustomStringConvertible {
    /// The folder of its segments below the root, such as `responses/bench`; empty for the root itself.
    package let folder: String
    /// The segments' name, such as `accounts`; nil when they are named by the UTC month of appending.
    package let stem: String?

    /// A journal of monthly segments in a folder of its own.
    package static func monthly(_ folder: String) -> LogName { LogName(folder: folder, stem: nil) }

    /// A journal of one name at the root, such as `accounts.jsonl`.
    package static func single(_ stem: String) -> LogName { LogName(folder: "", stem: stem) }

    /// The journal as people name it.
    package var description: String { stem.map { $0 + ".jsonl" } ?? folder }
}

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

    /// The segment that a file's name stands for, or nil when it is none of this journal's.
    package init?(file: String, of log: LogName) {
        guard file.hasSuffix(".jsonl") else { return nil }
        let parts = file.dropLast(6).split(separator: ".", omittingEmptySubsequences: false)
        guard let period = parts.first.map(String.init), parts.count <= 2 else { return nil }
        if let stem = log.stem {
            guard period == stem else { return nil }
        } else {
            guard Self.isMonth(period) else { return nil }
        }
        var number = 1
        if parts.count == 2 {
            guard let given = Int(parts[1]), given >= 2, String(given) == parts[1] else { return nil }
            number = given
        }
        self.init(period: period, number: number)
    }

    /// The file's name.
    package var file: String { number == 1 ? period + ".jsonl" : "\(period).\(number).jsonl" }

    package static func < (left: SegmentName, right: SegmentName) -> Bool {
        left.period == right.period
            ? left.number < right.number : left.period.utf8.lexicographicallyPrecedes(right.period.utf8)
    }

    private static func isMonth(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count == 7, bytes[4] == UInt8(ascii: "-") else { return false }
        let digits = bytes[0..<4] + bytes[5..<7]
        guard digits.allSatisfy({ (48...57).contains($0) }) else { return false }
        return (1...12).contains(Int(bytes[5] - 48) * 10 + Int(bytes[6] - 48))
    }
}
