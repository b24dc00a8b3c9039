internal import Feedback

/// Finds out, block by block, in which lines a segment differs from its seal.
///
/// A block's two sums tell where a single byte was changed and what it was: changed by d at place p, they change by d
/// and d × p. Whether it was so is then proven by the block's SHA-256.
struct SealComparison {
    /// Blocks one after another that are not what was sealed.
    private struct Run {
        let start: Int
        /// The number of the line that the first byte is in.
        let firstLine: Int
        var end: Int
        /// The number of the line that the last byte is in.
        var lastLine: Int
    }

    private let seal: Seal
    private let file: any OpenFile
    private let size: Int
    private var runs: [Run] = []
    private var words: [String] = []

    /// What differs, in words; empty when nothing does.
    ///
    /// `isWhole` says that nothing was appended behind what was sealed.
    static func differences(_ seal: Seal, _ file: any OpenFile, isWhole: Bool) throws(FileError) -> [String] {
        var comparison = try SealComparison(seal, file)
        try comparison.compare()
        if isWhole { try comparison.narrow() }
        comparison.sayRuns()
        return comparison.words
    }

    private init(_ seal: Seal, _ file: any OpenFile) throws(FileError) {
        self.seal = seal
        self.file = file
        size = try file.status().size
    }

    private var sealed: String { "sealed on \(seal.recorded.date)" }

    private mutating func compare() throws(FileError) {
        var line = 1
        var lineStart = 0
        for (index, block) in seal.blocks.enumerated() {
            let start = index * seal.blockSize
            let length = min(seal.blockSize, seal.bytes - start)
            let bytes = try file.readAll(min(length, max(0, size - start)), at: start)
            if bytes.isEmpty { break }
            let ends = bytes.count { $0 == 0x0A }
            if Self.digest(bytes) != block {
                if let change = bytes.count == length ? Self.singleChange(bytes, block) : nil {
                    let before = bytes[..<change.place]
                    let number = line + before.count { $0 == 0x0A }
                    let begin = before.lastIndex(of: 0x0A).map { start + $0 + 1 } ?? lineStart
                    words.append(
                        "\(seal.segment):\(number): byte \(start + change.place - begin + 1) of the line is \(Self.hex(bytes[change.place])) and was \(Self.hex(change.was)) when it was \(sealed)."
                    )
                } else {
                    add(
                        Run(
                            start: start, firstLine: line, end: start + bytes.count,
                            lastLine: line + ends - (bytes.last == 0x0A ? 1 : 0)))
                }
            }
            line += ends
            if let last = bytes.lastIndex(of: 0x0A) { lineStart = start + last + 1 }
        }
        if size < seal.bytes, runs.last?.end != size {
            words.append(
                "\(seal.segment): the last \(seal.bytes - size) bytes are gone: it has \(line - 1) lines and had \(seal.lines) when it was \(sealed)."
            )
        }
    }

    private mutating func add(_ run: Run) {
        if let last = runs.indices.last, runs[last].end == run.start {
            runs[last].end = run.end
            runs[last].lastLine = run.lastLine
        } else {
            runs.append(run)
        }
    }

    /// Where bytes were put in or taken out, what follows is the same at another place: only what lies between differs.
    private mutating func narrow() throws(FileError) {
        let shift = size - seal.bytes
        guard shift != 0, let last = runs.popLast() else { return }
        // Up to the end of a file that has grown, or is shorter by now.
        guard last.end >= min(size, seal.bytes) else { return runs.append(last) }
        var end = size
        for (index, block) in seal.blocks.enumerated().reversed() {
            let start = index * seal.blockSize
            guard start + shift > last.start else { break }
            let length = min(seal.blockSize, seal.bytes - start)
            guard try Self.digest(file.readAll(length, at: start + shift)) == block else { break }
            end = start + shift
        }
        let bytes = try file.readAll(end - last.start, at: last.start)
        let ends = bytes.count { $0 == 0x0A }
        runs.append(
            Run(
                start: last.start, firstLine: last.firstLine, end: end,
                lastLine: last.firstLine + ends - (bytes.last == 0x0A ? 1 : 0)))
        words.append(
            "\(seal.segment) is \(abs(shift)) bytes \(shift > 0 ? "longer" : "shorter") than when it was \(sealed).")
    }

    private mutating func sayRuns() {
        for run in runs {
            let lines = run.firstLine >= run.lastLine ? "this line" : "the lines \(run.firstLine) to \(run.lastLine)"
            words.append("\(seal.segment):\(run.firstLine): something in \(lines) is not what was \(sealed).")
        }
    }

    /// The one byte whose change explains the sums, and what it was, if the digest proves it.
    private static func singleChange(_ bytes: [UInt8], _ block: Seal.Block) -> (place: Int, was: UInt8)? {
        let now = digest(bytes)
        let change = now.sum - block.sum
        guard change != 0, (now.weighted - block.weighted) % change == 0 else { return nil }
        let place = (now.weighted - block.weighted) / change - 1
        guard bytes.indices.contains(place), let was = UInt8(exactly: Int(bytes[place]) - change) else { return nil }
        var mended = bytes
        mended[place] = was
        return digest(mended) == block ? (place, was) : nil
    }

    private static func digest(_ bytes: [UInt8]) -> Seal.Block {
        var digest = BlockDigest()
        digest.update(bytes[...])
        return digest.finished
    }

    private static func hex(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16)
        return "0x" + (digits.count < 2 ? "0" : "") + digits
    }
}
