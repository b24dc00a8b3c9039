internal import Feedback
internal import Records

/// Which lines do not count, because another of the same id does (DESIGN section 5).
struct Winners {
    /// A line that is not the last word of its id.
    struct Standing: Sendable {
        /// Its place in its part.
        let offset: UInt32
        /// Whether it counts now.
        let now: Bool
        /// Whether it counted for the earlier report.
        let then: Bool

        /// The same at another place.
        func moved(to place: Int) -> Standing {
            Standing(offset: UInt32(truncatingIfNeeded: place), now: now, then: then)
        }
    }

    private struct Mention {
        let fingerprint: UInt64
        let part: UInt32
        let offset: UInt32
    }

    private struct Candidate {
        let id: String
        let revision: Int
        let known: Int64
        let bytes: [UInt8]
        let part: Int
        let offset: UInt32
    }

    /// The lines of one survey's parts that lose, by part; `ledgers` belong to the parts, `indices` are the survey's.
    static func losers(
        parts: [SegmentPart], indices: [Int], ledgers: [IDLedger], earlier: Int64, asOf: Int64, _ reader: FoldReader
    ) throws(AnalysisError) -> [Int: [Standing]] {
        let needed = needingDigests(indices, ledgers)
        if needed.isEmpty { return [:] }
        var ledgers = ledgers
        let digested = try Threads.map(needed.count) { [ledgers] (place) throws(AnalysisError) in
            try reader.digests(of: parts[needed[place]], ledgers[needed[place]])
        }
        for (place, index) in needed.enumerated() { ledgers[index] = digested[place] }
        let repeated = repeatedMentions(needed, ledgers)
        if repeated.isEmpty { return [:] }
        return try decide(repeated, parts, earlier: earlier, asOf: asOf, reader.definitions)
    }

    /// Parts in which, or between which, an id could repeat.
    private static func needingDigests(_ indices: [Int], _ ledgers: [IDLedger]) -> [Int] {
        let filled = indices.filter { ledgers[$0].count > 0 }.sorted { ledgers[$0].smallest < ledgers[$1].smallest }
        var needed = Set(filled.filter { !ledgers[$0].isRising })
        var furthest: Int?
        for index in filled {
            if let last = furthest, !(ledgers[last].greatest < ledgers[index].smallest) {
                needed.formUnion([last, index])
            }
            if furthest.map({ ledgers[$0].greatest < ledgers[index].greatest }) ?? true { furthest = index }
        }
        return needed.sorted()
    }

    /// Every line whose digest stands on another line too.
    private static func repeatedMentions(_ needed: [Int], _ ledgers: [IDLedger]) -> [Mention] {
        let total = needed.reduce(0) { $0 + ledgers[$1].count }
        // Buckets small enough for a core's own cache.
        var bits = 0
        while total >> bits > 8192 { bits += 1 }
        var firsts = [Int](repeating: 0, count: (1 << bits) + 1)
        func bucket(_ fingerprint: UInt64) -> Int { bits == 0 ? 0 : Int(fingerprint >> UInt64(64 - bits)) }
        for index in needed { for print in ledgers[index].fingerprints { firsts[bucket(print) + 1] += 1 } }
        for index in 1..<firsts.count { firsts[index] += firsts[index - 1] }
        var places = firsts
        var sorted = [Mention](repeating: Mention(fingerprint: 0, part: 0, offset: 0), count: total)
        for index in needed {
            let ledger = ledgers[index]
            for line in 0..<ledger.count {
                let print = ledger.fingerprints[line]
                let bucket = bucket(print)
                sorted[places[bucket]] = Mention(fingerprint: print, part: UInt32(index), offset: ledger.offsets[line])
                places[bucket] += 1
            }
        }
        var repeated: [Mention] = []
        var seen: Set<UInt64> = []
        var twice: Set<UInt64> = []
        for bucket in 0..<(firsts.count - 1) {
            let mentions = sorted[firsts[bucket]..<firsts[bucket + 1]]
            seen.removeAll(keepingCapacity: true)
            twice.removeAll(keepingCapacity: true)
            for mention in mentions where !seen.insert(mention.fingerprint).inserted {
                twice.insert(mention.fingerprint)
            }
            if twice.isEmpty { continue }
            repeated += mentions.filter { twice.contains($0.fingerprint) }.sorted { $0.fingerprint < $1.fingerprint }
        }
        return repeated
    }

    /// Reads the doubtful lines again and lets the greatest (revision, known, bytes) of each id win.
    private static func decide(
        _ mentions: [Mention], _ parts: [SegmentPart], earlier: Int64, asOf: Int64, _ definitions: SurveyDefinitions
    ) throws(AnalysisError) -> [Int: [Standing]] {
        var fetcher = LineFetcher(parts)
        var scanner = LineScanner(definitions) { _ in false }
        var standings: [Int: [Standing]] = [:]
        var first = 0
        while first < mentions.count {
            var last = first
            var byID: [String: [Candidate]] = [:]
            while last < mentions.count, mentions[last].fingerprint == mentions[first].fingerprint {
                let mention = mentions[last]
                try fetcher.fetch(part: Int(mention.part), offset: Int(mention.offset))
                if let candidate = candidate(mention, fetcher, &scanner) {
                    byID[candidate.id, default: []].append(candidate)
                }
                last += 1
            }
            for candidates in byID.values where candidates.count > 1 {
                let now = winner(candidates.filter { $0.known <= asOf })
                let then = winner(candidates.filter { $0.known <= earlier })
                for candidate in candidates {
                    let isNow = candidate.part == now?.part && candidate.offset == now?.offset
                    let isThen = candidate.part == then?.part && candidate.offset == then?.offset
                    standings[candidate.part, default: []].append(
                        Standing(offset: candidate.offset, now: isNow, then: isThen))
                }
            }
            first = last
        }
        return standings.mapValues { $0.sorted { $0.offset < $1.offset } }
    }

    private static func candidate(
        _ mention: Mention, _ fetcher: borrowing LineFetcher, _ scanner: inout LineScanner
    ) -> Candidate? {
        var line = ScannedLine()
        let bytes = fetcher.buffer.span.bytes
        if scanner.scan(bytes, from: 0, into: &line) != nil {
            return Candidate(
                id: ByteWords.text(bytes, line.id.start, count: line.id.count), revision: line.revision,
                known: line.known, bytes: Array(fetcher.line), part: Int(mention.part), offset: mention.offset)
        }
        guard let line = try? ResponseLine(fetcher.line) else { return nil }
        return Candidate(
            id: line.id.rawValue, revision: line.revision, known: line.known.milliseconds, bytes: Array(fetcher.line),
            part: Int(mention.part), offset: mention.offset)
    }

    private static func winner(_ candidates: [Candidate]) -> Candidate? {
        candidates.max { left, right in
            if left.revision != right.revision { return left.revision < right.revision }
            if left.known != right.known { return left.known < right.known }
            if left.bytes != right.bytes { return left.bytes.lexicographicallyPrecedes(right.bytes) }
            // The very same line again: the first is as good as any, so that it is counted once.
            return (left.part, left.offset) > (right.part, right.offset)
        }
    }
}

extension IDWords {
    /// The words of an id that was read by the full parser.
    init(_ id: String) {
        let bytes = ByteWords.padded(id)
        self.init(bytes.span.bytes, ByteRange(start: 0, count: bytes.count - ByteWords.slack))
    }
}
