internal import Records

/// What a stretch of lines came to.
struct Tally: Sendable {
    private(set) var responses = 0
    private(set) var complete = 0
    private(set) var answers = 0
    private(set) var undefined = 0
    /// Fingerprints of the people named, in order, with repetitions.
    private(set) var accounts: [UInt64] = []
    private(set) var contacts: [UInt64] = []

    mutating func add(_ line: LineTally) {
        responses += 1
        answers += line.answers
        if line.isComplete { complete += 1 }
        if line.isUndefined { undefined += 1 }
        if let account = line.account { accounts.append(account) }
        if let contact = line.contact { contacts.append(contact) }
    }
}

/// The output of one block of lines, with what was found on the way.
struct BlockConversion: Sendable {
    /// Why a line is not in the output.
    struct Problem: Sendable {
        /// The line, counted from 0 within the block.
        let line: Int
        let reason: String
        let isNewer: Bool
    }

    private(set) var pieces: [[UInt8]] = []
    private(set) var tally = Tally()
    private(set) var replaced = 0
    private(set) var problems: [Problem] = []
    /// How many lines the block has.
    private(set) var lines = 0
    /// Whether the ids rise strictly, so that none of them repeats.
    private(set) var idsRise = true
    private(set) var firstID: [UInt8] = []
    private(set) var lastID: [UInt8] = []

    init(_ block: LoadedBlock, format: any ExportFormat, overruled: [Int], seed: UInt64) {
        lines = block.lines.count
        if lines == 0 { return }
        var next = 0
        var room = block.bytes.count * 3 / 2 + 65_536
        while next < lines {
            let from = next
            var writer: (replaced: Int, isFull: Bool) = (0, false)
            let piece = block.bytes.withUnsafeBytes { bytes in
                [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
                    var out = LineWriter(UnsafeMutableBufferPointer(rebasing: buffer[..<room]))
                    while next < lines, !out.isFull {
                        convert(next, of: block, bytes, format, overruled, seed: seed, into: &out)
                        if !out.isFull { next += 1 }
                    }
                    count = out.count
                    writer = (out.replaced, out.isFull)
                }
            }
            if !piece.isEmpty { pieces.append(piece) }
            replaced += writer.replaced
            // Only a line that does not fit into an empty piece needs more room than was given.
            if next == from { room *= 4 }
        }
        noteOrder(block)
    }

    private mutating func convert(
        _ index: Int, of block: LoadedBlock, _ bytes: UnsafeRawBufferPointer, _ format: any ExportFormat,
        _ overruled: [Int], seed: UInt64, into out: inout LineWriter
    ) {
        let range = block.lines[index]
        if range.isEmpty || bytes[range.lowerBound] == UInt8(ascii: "\r") && range.count == 1 {
            if block.lastIsTooLong, index == lines - 1 {
                problems.append(
                    Problem(line: index, reason: "longer than \(LoadedBlock.longestLine) bytes", isNewer: false))
            }
            return
        }
        if !overruled.isEmpty, overruled.contains(sorted: block.offset + range.lowerBound) { return }
        let before = out
        switch format.convert(LineScanner(bytes, range), into: &out, seed: seed) {
        case .written(let line):
            if out.isFull { out.rewind(to: before) } else { tally.add(line) }
        case .leftOut:
            out.rewind(to: before)
        case .unreadable(let reason):
            out.rewind(to: before)
            problems.append(Problem(line: index, reason: reason, isNewer: false))
        case .newer(let reason):
            out.rewind(to: before)
            problems.append(Problem(line: index, reason: reason, isNewer: true))
        }
    }

    private mutating func noteOrder(_ block: LoadedBlock) {
        block.bytes.withUnsafeBytes { bytes in
            var last: (line: LineScanner, id: Range<Int>)?
            for range in block.lines where !range.isEmpty {
                let line = LineScanner(bytes, range)
                guard let id = LineIdentity.range(in: line) else {
                    // An id that is not where heed writes it may be any.
                    idsRise = false
                    return
                }
                if let last, !LineIdentity.rises(last.line, last.id, line, id) {
                    idsRise = false
                    return
                }
                if last == nil { firstID = Array(bytes[id]) }
                last = (line, id)
            }
            if let last { lastID = Array(bytes[last.id]) }
        }
    }
}

extension [Int] {
    /// Whether a number is among rising ones.
    func contains(sorted sought: Int) -> Bool {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < sought { low = middle + 1 } else { high = middle }
        }
        return low < count && self[low] == sought
    }
}
