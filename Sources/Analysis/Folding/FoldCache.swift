internal import Crypto
internal import Feedback

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Folds kept in `cache/folds`, one file a part; whoever may not write there does without.
///
/// A kept fold holds while its segment is the same file and was only appended to: told by device, inode, size and the
/// moments of its last changes, and by a digest of the bytes before the fold's end. Anything else about the file, or
/// a single changed bit, and the fold is made anew.
struct FoldCache: Sendable {
    private let folder: String
    private let partSize: Int

    /// The folds of parts of a size, below a cache folder.
    init(folder: String, partSize: Int) {
        self.folder = folder
        self.partSize = partSize
    }

    /// A kept fold, without digests of its lines' ids, and the state of its segment that it was made from.
    struct Kept: Sendable {
        let fold: SegmentFold
        let identity: FileIdentity
    }

    /// The fold kept of a part, if it still holds.
    func load(_ part: SegmentPart) -> Kept? {
        guard let file = try? FileReading(path(of: part)), let header = header(file),
            let segment = try? FileReading(part.path), holds(header, segment, part),
            let content = section(file, at: FoldHeader.size, header.content),
            var fold = SegmentFold(content)
        else { return nil }
        fold.reading.end = header.end
        return Kept(fold: fold, identity: segment.identity)
    }

    /// The digests of the ids of a kept fold's lines, as a ledger; nil where they cannot be had.
    func digests(_ part: SegmentPart) -> IDLedger? {
        guard let file = try? FileReading(path(of: part)), let header = header(file),
            let segment = try? FileReading(part.path), holds(header, segment, part),
            let content = section(file, at: FoldHeader.size, header.content), let fold = SegmentFold(content),
            let digests = section(file, at: FoldHeader.size + header.content.count, header.digests)
        else { return nil }
        return IDLedger(fold.ids, digests: digests)
    }

    /// Keeps a fold, with the digests of its lines' ids where they may be asked for; trouble only means that it is not
    /// kept.
    func store(_ fold: SegmentFold, of part: SegmentPart, digested: Bool) {
        guard let identity = fold.reading.identity, let segment = try? FileReading(part.path),
            segment.identity.isSameFile(as: identity), let seal = Self.seal(segment, end: fold.reading.end)
        else { return }
        let content = fold.bytes
        let digests = digested ? fold.ids.digestBytes : FoldBytes()
        let header = FoldHeader(
            identity: identity, start: part.range.lowerBound, partSize: partSize, end: fold.reading.end, seal: seal,
            content: content.section, digests: digests.section)
        AtomicFile.write([header.bytes[...], content.content, digests.content], to: path(of: part))
    }

    private func path(of part: SegmentPart) -> String {
        let names = part.path.split(separator: "/").suffix(2)
        return "\(folder)/\(names.joined(separator: "/")).\(part.range.lowerBound / max(1, partSize))"
    }

    private func header(_ file: borrowing FileReading) -> FoldHeader? {
        var bytes = [UInt8](repeating: 0, count: FoldHeader.size + ByteWords.slack)
        guard let got = try? file.read(at: 0, into: &bytes, from: 0, count: FoldHeader.size), got == FoldHeader.size
        else { return nil }
        return FoldHeader(bytes)
    }

    /// Whether a part of a segment still begins with the lines that the fold was made from.
    private func holds(_ header: FoldHeader, _ segment: borrowing FileReading, _ part: SegmentPart) -> Bool {
        let identity = segment.identity
        guard identity.isSameFile(as: header.identity), header.start == part.range.lowerBound,
            header.partSize == partSize, header.end <= segment.size
        else { return false }
        // Either nothing changed at all, or the file grew.
        guard identity == header.identity || identity.size > header.identity.size else { return false }
        return Self.seal(segment, end: header.end) == header.seal
    }

    /// SHA-256 of the 4 KiB before a place in a segment.
    private static func seal(_ segment: borrowing FileReading, end: Int) -> [UInt8]? {
        let count = min(4096, end)
        var bytes = [UInt8](repeating: 0, count: count)
        guard let got = try? segment.read(at: end - count, into: &bytes, from: 0, count: count), got == count else {
            return nil
        }
        return Array(SHA256.hash(data: bytes))
    }

    /// A section of a kept file, with the slack that reading words needs; nil where a bit of it is not as written.
    private func section(
        _ file: borrowing FileReading, at offset: Int, _ section: FoldHeader.Section
    ) -> [UInt8]? {
        guard section.count >= 0, offset + section.count <= file.size else { return nil }
        var bytes = [UInt8](unsafeUninitializedCapacity: section.count + ByteWords.slack) { _, count in
            count = section.count + ByteWords.slack
        }
        for index in section.count..<bytes.count { bytes[index] = 0 }
        guard let got = try? file.read(at: offset, into: &bytes, from: 0, count: section.count), got == section.count,
            FoldHeader.Section(bytes, count: section.count) == section
        else { return nil }
        return bytes
    }
}

/// The beginning of a kept fold's file: what it was made from, and what follows.
struct FoldHeader {
    /// A run of bytes by length and checksum.
    struct Section: Equatable {
        let count: Int
        let checksum: UInt64

        init(count: Int, checksum: UInt64) {
            self.count = count
            self.checksum = checksum
        }

        /// Of bytes that have slack behind them.
        init(_ bytes: [UInt8], count: Int) {
            self.init(count: count, checksum: ByteWords.checksum(bytes.span.bytes, count: count))
        }
    }

    /// Changes with everything that a fold holds or means.
    private static let magic = ByteWords.word("heedfld1")
    static let size = 18 * 8

    let identity: FileIdentity
    let start: Int
    let partSize: Int
    let end: Int
    let seal: [UInt8]
    let content: Section
    let digests: Section

    init(
        identity: FileIdentity, start: Int, partSize: Int, end: Int, seal: [UInt8], content: Section, digests: Section
    ) {
        self.identity = identity
        self.start = start
        self.partSize = partSize
        self.end = end
        self.seal = seal
        self.content = content
        self.digests = digests
    }

    /// The header as bytes, its own checksum last.
    var bytes: [UInt8] {
        var words: [UInt64] = [
            Self.magic, identity.device, identity.inode, UInt64(bitPattern: identity.size),
            UInt64(bitPattern: identity.modified), UInt64(bitPattern: identity.changed), UInt64(start),
            UInt64(partSize), UInt64(end),
        ]
        let padded = ByteWords.padded(seal)
        for index in 0..<4 { words.append(ByteWords.word(padded.span.bytes, index * 8)) }
        words += [UInt64(content.count), content.checksum, UInt64(digests.count), digests.checksum]
        var bytes = FoldBytes()
        for word in words { bytes.put(word) }
        bytes.put(bytes.section.checksum)
        return Array(bytes.content)
    }

    /// Reads a header; nil where it is none, or where a bit of it is not as written.
    init?(_ bytes: [UInt8]) {
        let span = bytes.span.bytes
        func word(_ index: Int) -> UInt64 { ByteWords.word(span, index * 8) }
        let own = Self.size - 8
        guard bytes.count >= Self.size + ByteWords.slack, word(0) == Self.magic,
            Section(bytes, count: own).checksum == word(own / 8)
        else { return nil }
        identity = FileIdentity(
            device: word(1), inode: word(2), size: Int64(bitPattern: word(3)), modified: Int64(bitPattern: word(4)),
            changed: Int64(bitPattern: word(5)))
        start = Int(truncatingIfNeeded: word(6))
        partSize = Int(truncatingIfNeeded: word(7))
        end = Int(truncatingIfNeeded: word(8))
        seal = Array(bytes[72..<104])
        content = Section(count: Int(truncatingIfNeeded: word(13)), checksum: word(14))
        digests = Section(count: Int(truncatingIfNeeded: word(15)), checksum: word(16))
    }
}
