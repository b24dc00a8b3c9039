internal import Crypto
internal import Feedback
internal import Records

extension LogName {
    /// The journal of seals.
    package static let seals = LogName.single("seals")
}

/// The journal of seals, read and added to under the folder's lock.
final class SealChain {
    private let log: Log

    /// The chain of a folder, as it is now; who holds the folder's lock also mends a torn tail and may append.
    init(root: String, files: any FileSystem, isLocked: Bool) throws(FileError) {
        log = Log(.seals, schema: Self.schema, root: root, files: files)
        try log.look(isLocked: isLocked)
    }

    /// A newer heed's line, by file and line: nothing may be added to such a chain.
    var newerLine: String? { log.newerLine }

    /// The seal of a segment that holds, if it has one.
    func last(_ segment: String) throws(FileError) -> Seal? {
        for place in try log.lines(LineKey(segment)).reversed() {
            if let seal = try? Seal(try place.bytes(log.files)), seal.segment == segment { return seal }
        }
        return nil
    }

    /// How far a segment is sealed, by what, and since when.
    typealias Extent = (bytes: Int, sha256: String, recorded: Timestamp)

    /// How far each segment is sealed.
    func extents() throws(FileError) -> [String: Extent] {
        var extents: [String: Extent] = [:]
        for index in log.segments.indices {
            _ = try LineScanner.scan(try log.reader(of: index), from: 0, to: log.segments[index].end) { line in
                let outline = SealOutline(line.bytes)
                guard let segment = outline.segment, let bytes = outline.bytes, let sha256 = outline.sha256,
                    let recorded = outline.recorded
                else { return }
                extents[segment] = (bytes, sha256, recorded)
            }
        }
        return extents
    }

    /// Adds seals to the chain with one write and one sync: all of them or none.
    func append(_ seals: [Seal]) throws(FileError) {
        if seals.isEmpty { return }
        try log.syncForeign()
        var previous = ""
        if let newest = try log.lines(Self.every).last {
            previous = Self.digest(try newest.bytes(log.files) + [0x0A])
        }
        var pending = PendingLines(moment: log.lastMoment)
        for var seal in seals {
            seal.previous = previous
            seal.recorded = max(seal.recorded, log.lastMoment)
            let start = pending.bytes.count
            _ = pending.write(at: seal.recorded, keys: [LineKey(seal.segment), Self.every]) { seal.append(to: &$0) }
            previous = Self.digest(Array(pending.bytes[start...]))
        }
        var isWritten = false
        do throws(FileError) {
            let file = try log.segmentToWrite(at: pending.moment)
            try file.writeAll(pending.bytes[...])
            isWritten = true
            try file.sync()
        } catch {
            log.takeBack(syncFailed: isWritten)
            throw error
        }
        log.commit(pending)
    }

    /// SHA-256 of a line with its end.
    static func digest(_ line: [UInt8]) -> String { SHA256.hash(data: line).hexadecimal }

    /// The key that every line is found by, to find the last one.
    private static let every = LineKey("", purpose: 2)

    private static let schema = LogSchema(
        keys: { line, keys in
            keys.append(every)
            let outline = SealOutline(line)
            if outline.version ?? 1 > 1 { return .newer }
            guard let segment = outline.segment else { return .unreadable("\"segment\" is missing") }
            keys.append(LineKey(segment))
            return .readable
        },
        moment: { SealOutline($0).recorded })
}
