internal import Feedback

/// Lines that decisions of a batch want appended to one log, in order, not yet written.
struct PendingLines {
    /// One line's place in the bytes, and its keys.
    struct Line {
        let offset: Int
        let keys: [LineKey]
    }

    var bytes: [UInt8] = []
    private(set) var lines: [Line] = []
    private var index = TailIndex()
    /// The latest moment of a line.
    private(set) var moment: Timestamp

    init(moment: Timestamp) { self.moment = moment }

    /// Has a line written behind the others and counts it in; returns its length.
    mutating func write(at moment: Timestamp, keys: [LineKey], _ write: (inout [UInt8]) -> Void) -> Int {
        let offset = bytes.count
        self.moment = max(self.moment, moment)
        write(&bytes)
        for key in keys { index.insert(key, LinePosition(segment: 0, offset: lines.count)) }
        lines.append(Line(offset: offset, keys: keys))
        return bytes.count - offset
    }

    /// The pending lines of a key, without their line ends.
    func lines(_ key: LineKey) -> [[UInt8]] {
        index.positions(key).map { position in
            let start = lines[position.offset].offset
            let end = position.offset + 1 < lines.count ? lines[position.offset + 1].offset : bytes.count
            return Array(bytes[start..<end - 1])
        }
    }

    /// Drops all lines behind the first ones.
    mutating func keepFirst(_ count: Int) {
        guard count < lines.count else { return }
        bytes.removeSubrange(lines[count].offset...)
        lines.removeSubrange(count...)
        index = TailIndex()
        for (number, line) in lines.enumerated() {
            for key in line.keys { index.insert(key, LinePosition(segment: 0, offset: number)) }
        }
    }
}
