/// An index of lines on disk, in the cache: entries sorted by key, read in place a few at a time.
///
/// Only its directory is held in memory, about 4 bytes for every 32 lines.
final class LineTable: Sendable {
    /// What a table covers of one segment; it is stale once the segment is no longer so.
    struct Coverage: Sendable, Equatable {
        let file: String
        let inode: UInt64
        /// How many bytes are covered: up to the last line end.
        let end: Int
        /// How long the file was.
        let size: Int
        let lines: Int
        let modified: Int64
        /// Fingerprint of the last bytes covered, to tell a grown segment from a rewritten one.
        let digest: UInt64
    }

    private static let magic: UInt64 = 0x3358_4449_4445_4548  // "HEEDIDX3", little endian
    private static let entrySize = 16
    /// Far more than the names of a thousand segments need.
    private static let longestHeader = 1 << 20

    let coverage: [Coverage]
    /// What there was to say about the covered lines.
    let notes: [String]
    /// The latest moment among the covered lines, in milliseconds.
    let lastMoment: Int64
    let count: Int
    private let file: any OpenFile
    private let directory: [UInt32]
    private let shift: UInt64
    private let firstEntry: Int

    /// Opens a table; nil when there is none or it is not whole.
    init?(_ files: any FileSystem, path: String) {
        guard let file = try? files.open(path, .reading), let size = try? file.status().size,
            let head = try? file.readAll(48, at: 0), head.count == 48, head.word(0) == Self.magic
        else { return nil }
        let headerSize = Int(clamping: head.word(1))
        let count = Int(clamping: head.word(2))
        let bits = head.word(3)
        guard (64...Self.longestHeader).contains(headerSize), headerSize % 8 == 0, bits <= 24, count <= 1 << 40,
            let header = try? file.readAll(headerSize, at: 0), header.count == headerSize,
            LineKey(header.dropLast(8)).hash == header.word(headerSize / 8 - 1),
            let (coverage, notes) = Self.readCoverage(header, count: Int(clamping: header.word(5)))
        else { return nil }
        let directorySize = (((1 << Int(bits)) + 1) * 4 + 7) / 8 * 8
        guard size == headerSize + directorySize + count * Self.entrySize,
            let bytes = try? file.readAll(directorySize, at: headerSize), bytes.count == directorySize
        else { return nil }
        let directory = (0...(1 << Int(bits))).map {
            UInt32(truncatingIfNeeded: bytes.word($0 / 2) >> ($0 % 2 == 0 ? 0 : 32))
        }
        guard directory[0] == 0, Int(directory[directory.count - 1]) == count,
            zip(directory, directory.dropFirst()).allSatisfy({ $0 <= $1 })
        else { return nil }
        self.file = file
        self.coverage = coverage
        self.notes = notes
        self.count = count
        self.directory = directory
        lastMoment = Int64(bitPattern: head.word(4))
        shift = 64 - bits
        firstEntry = headerSize + directorySize
    }

    /// Where the lines of a key begin, in journal order.
    func positions(_ key: LineKey) throws(FileError) -> [LinePosition] {
        // Swift's shift by 64 gives 0, which is the only bucket there is then.
        let bucket = Int(key.hash >> shift)
        let range = Int(directory[bucket])..<Int(directory[bucket + 1])
        if range.isEmpty { return [] }
        let bytes = try file.readAll(range.count * Self.entrySize, at: firstEntry + range.lowerBound * Self.entrySize)
        var found: [LinePosition] = []
        for index in 0..<bytes.count / Self.entrySize where bytes.word(index * 2) == key.hash {
            found.append(LinePosition(packed: bytes.word(index * 2 + 1)))
        }
        return found
    }

    /// Every entry, sorted.
    func entries() throws(FileError) -> [IndexEntry] {
        var all: [IndexEntry] = []
        all.reserveCapacity(count)
        var index = 0
        while index < count {
            let step = min(65_536, count - index)
            let bytes = try file.readAll(step * Self.entrySize, at: firstEntry + index * Self.entrySize)
            if bytes.count < step * Self.entrySize { break }
            for entry in 0..<step {
                let key = LineKey(hash: bytes.word(entry * 2))
                all.append(IndexEntry(key: key, position: LinePosition(packed: bytes.word(entry * 2 + 1))))
            }
            index += step
        }
        return all
    }

    /// Writes a table of sorted entries in place of the one before.
    static func write(
        _ entries: [IndexEntry], coverage: [Coverage], notes: [String], lastMoment: Int64, to path: String,
        _ files: any FileSystem
    ) throws(FileError) {
        var bits = 0
        while bits < 24, entries.count >> bits > 32 { bits += 1 }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(4096 + (4 << bits) + entries.count * entrySize)
        bytes.append(word: magic)
        let said = Array(notes.joined(separator: "\n").utf8)
        let headerSize =
            64 + (said.count + 7) / 8 * 8 + coverage.reduce(0) { $0 + 56 + ($1.file.utf8.count + 7) / 8 * 8 }
        for word in [headerSize, entries.count, bits] { bytes.append(word: UInt64(word)) }
        bytes.append(word: UInt64(bitPattern: lastMoment))
        bytes.append(word: UInt64(coverage.count))
        for part in coverage {
            for number in [part.file.utf8.count, part.end, part.size, part.lines] { bytes.append(word: UInt64(number)) }
            for word in [part.inode, UInt64(bitPattern: part.modified), part.digest] { bytes.append(word: word) }
            bytes += part.file.utf8
            bytes.pad()
        }
        bytes.append(word: UInt64(said.count))
        bytes += said
        bytes.pad()
        bytes.append(word: LineKey(bytes[...]).hash)
        var next = 0
        for bucket in 0...(1 << bits) {
            while next < entries.count,
                bits == 0 ? bucket > 0 : Int(entries[next].key.hash >> UInt64(64 - bits)) < bucket
            { next += 1 }
            for place in 0..<4 { bytes.append(UInt8(truncatingIfNeeded: next >> (8 * place))) }
        }
        bytes.pad()
        for entry in entries {
            bytes.append(word: entry.key.hash)
            bytes.append(word: entry.position.packed)
        }
        try files.replace(path, with: bytes)
    }

    private static func readCoverage(_ header: [UInt8], count: Int) -> ([Coverage], [String])? {
        var found: [Coverage] = []
        var at = 48
        for _ in 0..<min(count, longestHeader) {
            guard at + 56 <= header.count - 8 else { return nil }
            let words = (0..<7).map { header.word(at / 8 + $0) }
            let length = Int(clamping: words[0])
            guard length <= 256, at + 56 + length <= header.count - 8 else { return nil }
            found.append(
                Coverage(
                    file: String(decoding: header[at + 56..<at + 56 + length], as: UTF8.self), inode: words[4],
                    end: Int(clamping: words[1]), size: Int(clamping: words[2]), lines: Int(clamping: words[3]),
                    modified: Int64(bitPattern: words[5]), digest: words[6]))
            at += 56 + (length + 7) / 8 * 8
        }
        guard at + 8 <= header.count - 8 else { return nil }
        let length = Int(clamping: header.word(at / 8))
        guard length <= header.count - 8 - at - 8 else { return nil }
        let said = String(decoding: header[at + 8..<at + 8 + length], as: UTF8.self)
        return (found, said.split(separator: "\n").map(String.init))
    }
}

extension [UInt8] {
    /// The little-endian word at an index of words.
    fileprivate func word(_ index: Int) -> UInt64 {
        var word: UInt64 = 0
        for place in stride(from: 7, through: 0, by: -1) { word = word << 8 | UInt64(self[index * 8 + place]) }
        return word
    }

    fileprivate mutating func append(word: UInt64) {
        for place in 0..<8 { append(UInt8(truncatingIfNeeded: word >> UInt64(8 * place))) }
    }

    fileprivate mutating func pad() { while count % 8 != 0 { append(0) } }
}
