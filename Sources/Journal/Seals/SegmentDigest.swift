internal import Crypto

/// Digests the bytes of a segment as they go by: all of them, and block by block.
struct SegmentDigest {
    /// Small segments have small blocks, so that what was altered is found within a few lines.
    private static let leastBlock = 1 << 10
    /// From here on a block costs 0.15 per cent of its bytes.
    private static let usualBlock = 1 << 16
    /// More blocks than this would make the line of a seal too long to be read.
    private static let mostBlocks = 1 << 16

    /// How many bytes a block has.
    let blockSize: Int
    private var whole = SHA256()
    private var bytes = 0
    private var lines = 0
    private var blocks: [Seal.Block] = []
    private var block = BlockDigest()

    /// A digest of nothing yet, in blocks that suit a segment of about so many bytes.
    init(expecting bytes: Int) {
        var size = Self.leastBlock
        while size < Self.usualBlock ? bytes / size >= 1 << 10 : bytes / size >= Self.mostBlocks { size *= 2 }
        blockSize = size
    }

    /// Takes more bytes in.
    mutating func update(_ more: ArraySlice<UInt8>) {
        more.withUnsafeBytes { whole.update(bufferPointer: $0) }
        bytes += more.count
        var rest = more
        while !rest.isEmpty {
            let part = rest.prefix(blockSize - block.count)
            block.update(part)
            rest = rest.dropFirst(part.count)
            if block.count == blockSize {
                blocks.append(block.finished)
                block = BlockDigest()
            }
        }
        lines += more.count { $0 == 0x0A }
    }

    /// Takes in what a file holds from where this stands to an offset, or to its end.
    mutating func read(_ file: any OpenFile, to end: Int, progress: (Int) -> Void = { _ in }) throws(FileError) {
        while bytes < end {
            let more = try file.read(min(1 << 20, end - bytes), at: bytes)
            if more.isEmpty { return }
            update(more[...])
            progress(bytes)
        }
    }

    /// SHA-256 of the first bytes of a file, or of all where it has fewer, in lower-case hexadecimal.
    static func sha256(
        of file: any OpenFile, first count: Int, progress: (Int) -> Void = { _ in }
    ) throws(FileError) -> String {
        var hash = SHA256()
        var done = 0
        while done < count {
            let bytes = try file.read(min(1 << 20, count - done), at: done)
            if bytes.isEmpty { break }
            bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
            done += bytes.count
            progress(done)
        }
        return hash.finalize().hexadecimal
    }

    /// What the bytes came to.
    var finished: (bytes: Int, lines: Int, sha256: String, blocks: [Seal.Block]) {
        (bytes, lines, whole.finalize().hexadecimal, block.count == 0 ? blocks : blocks + [block.finished])
    }
}

/// Digests one block.
struct BlockDigest {
    private var hash = SHA256()
    private var sum = 0
    private var weighted = 0
    /// How many bytes were taken in.
    private(set) var count = 0

    mutating func update(_ bytes: ArraySlice<UInt8>) {
        bytes.withUnsafeBytes { bytes in
            hash.update(bufferPointer: bytes)
            // A place times 255 stays far below 2^63 in blocks of any size that is used.
            for index in bytes.indices {
                let byte = Int(bytes[index])
                sum &+= byte
                weighted &+= byte &* (count &+ index &+ 1)
            }
        }
        count += bytes.count
    }

    var finished: Seal.Block { Seal.Block(sha256: hash.finalize().hexadecimal, sum: sum, weighted: weighted) }
}

extension SHA256.Digest {
    /// The digest in lower-case hexadecimal.
    var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
