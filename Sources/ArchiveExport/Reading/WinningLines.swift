internal import Feedback
internal import Records

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Finds the lines that another line of the same id overrules (DESIGN section 5: the greatest revision, recorded,
/// bytes).
///
/// Two passes: eight bytes a line find the ids that may stand twice; only their lines are then read closely.
enum WinningLines {
    /// The places of overruled lines, rising.
    static func overruled(in segments: Segments, blockSize: Int) async throws(ExportError) -> [Int] {
        let seed = UInt64.random(in: .min ... .max)
        let blocks = Block.cover(segments, size: blockSize)
        var prints: [UInt64] = []
        // Shorter lines do not exist; memory that is never touched costs nothing.
        prints.reserveCapacity(segments.length / 100)
        try await Pipeline.run(
            blocks,
            { block throws(ExportError) in
                try fingerprints(LoadedBlock(block, of: segments), seed: seed)
            }
        ) { (found: [UInt64]) in
            prints += found
            return true
        }
        prints.sort()
        var repeated = FingerprintSet()
        for index in prints.indices.dropFirst() where prints[index] == prints[index - 1] {
            repeated.insert(prints[index])
        }
        prints = []
        if repeated.count == 0 { return [] }

        var entries: [Entry] = []
        let sought = repeated
        try await Pipeline.run(
            blocks,
            { block throws(ExportError) in
                try candidates(LoadedBlock(block, of: segments), sought: sought, seed: seed)
            }
        ) { (found: [Entry]) in
            entries += found
            return true
        }
        return try losers(among: &entries, segments)
    }

    private struct Entry: Sendable {
        let first: UInt64
        let second: UInt64
        let revision: Int
        let known: Int64
        let place: Int
        let length: Int
    }

    private static func fingerprints(_ block: LoadedBlock, seed: UInt64) -> [UInt64] {
        block.bytes.withUnsafeBytes { bytes in
            block.lines.compactMap { range in
                let line = LineScanner(bytes, range)
                if let id = LineIdentity.range(in: line) { return line.fingerprint(id, seed: seed) }
                return (try? ResponseLine(block.bytes[range])).map {
                    LineScanner.fingerprint(Array($0.id.rawValue.utf8), seed: seed)
                }
            }
        }
    }

    private static func candidates(_ block: LoadedBlock, sought: FingerprintSet, seed: UInt64) -> [Entry] {
        block.bytes.withUnsafeBytes { bytes in
            block.lines.compactMap { range in
                let line = LineScanner(bytes, range)
                if let id = LineIdentity.range(in: line), !sought.contains(line.fingerprint(id, seed: seed)) {
                    return nil
                }
                // A line that cannot be read overrules nothing.
                guard let response = try? ResponseLine(block.bytes[range]) else { return nil }
                let id = Array(response.id.rawValue.utf8)
                let first = LineScanner.fingerprint(id, seed: seed)
                guard sought.contains(first) else { return nil }
                // Together 128 bits under a secret seed: equal only for equal ids.
                return Entry(
                    first: first, second: LineScanner.fingerprint(id, seed: ~seed), revision: response.revision,
                    known: response.known.milliseconds, place: block.offset + range.lowerBound, length: range.count)
            }
        }
    }

    private static func losers(among entries: inout [Entry], _ segments: Segments) throws(ExportError) -> [Int] {
        entries.sort {
            ($0.first, $0.second, $0.revision, $0.known, $0.place) < (
                $1.first, $1.second, $1.revision, $1.known, $1.place
            )
        }
        var losers: [Int] = []
        var index = 0
        while index < entries.count {
            var winner = entries[index]
            index += 1
            while index < entries.count, entries[index].first == winner.first, entries[index].second == winner.second {
                let next = entries[index]
                let isTie = next.revision == winner.revision && next.known == winner.known
                // Of equal lines the first stays: a repeated line changes nothing.
                let nextWins =
                    isTie ? try bytes(of: winner, segments).lexicographicallyPrecedes(bytes(of: next, segments)) : true
                losers.append(nextWins ? winner.place : next.place)
                if nextWins { winner = next }
                index += 1
            }
        }
        losers.sort()
        return losers
    }

    private static func bytes(of entry: Entry, _ segments: Segments) throws(ExportError) -> [UInt8] {
        guard let segment = segments.all.last(where: { $0.start <= entry.place }) else { return [] }
        let start = entry.place - segment.start
        do { return try Segments.read(segment.descriptor, start..<start + entry.length, padding: 0) } catch {
            throw .cannotRead(path: segment.path, code: error.code)
        }
    }
}

/// The id of a line as heed writes it, found without reading the rest.
enum LineIdentity {
    @inline(__always)
    static func range(in line: LineScanner) -> Range<Int>? {
        var line = line
        guard line.take("{\"v\":1,\"id\":\"") else { return nil }
        return line.plainString()
    }
}

extension LineIdentity {
    /// Whether one id comes before another in byte order.
    @inline(__always)
    static func rises(_ line: LineScanner, _ id: Range<Int>, _ next: LineScanner, _ nextID: Range<Int>) -> Bool {
        let common = min(id.count, nextID.count)
        let difference = memcmp(line.base + id.lowerBound, next.base + nextID.lowerBound, common)
        return difference == 0 ? id.count < nextID.count : difference < 0
    }
}
