/// Builds flat little-endian bytes, in whole words.
struct FoldBytes {
    /// What was put, and the slack that reading words needs.
    private var bytes: [UInt8]
    private var count = 0

    /// Nothing yet, with room for some bytes.
    init(reserving capacity: Int = 1024) {
        bytes = []
        bytes.reserveCapacity(capacity + ByteWords.slack)
        bytes.append(contentsOf: repeatElement(0, count: ByteWords.slack))
    }

    /// What was put.
    var content: ArraySlice<UInt8> { bytes[..<count] }

    /// What was put, by length and checksum.
    var section: FoldHeader.Section { FoldHeader.Section(bytes, count: count) }

    private mutating func append(_ raw: UnsafeRawBufferPointer) {
        let whole = (raw.count + 7) / 8 * 8
        bytes.removeLast(ByteWords.slack)
        bytes.append(contentsOf: raw)
        count += whole
        bytes.append(contentsOf: repeatElement(0, count: whole - raw.count + ByteWords.slack))
    }

    mutating func put(_ number: UInt64) { withUnsafeBytes(of: number.littleEndian) { append($0) } }

    mutating func put(_ number: Int) { put(UInt64(bitPattern: Int64(number))) }

    mutating func put(_ text: String) { put(Array(text.utf8)[...]) }

    /// A run of bytes behind its length, filled up to whole words.
    mutating func put(_ run: ArraySlice<UInt8>) {
        put(run.count)
        run.withUnsafeBytes { append($0) }
    }

    /// A column behind its length; numbers are kept as this machine holds them, which the file does not leave.
    mutating func put<Number: FixedWidthInteger & BitwiseCopyable>(_ column: [Number]) {
        put(column.count * MemoryLayout<Number>.stride)
        column.withUnsafeBytes { append($0) }
    }
}

/// Reads what `FoldBytes` built; after the first thing that is not there, nothing is.
struct FoldWords {
    private let bytes: [UInt8]
    private var at = 0
    private(set) var isWhole = true

    /// Bytes with slack behind them.
    init(_ bytes: [UInt8]) { self.bytes = bytes }

    private var end: Int { bytes.count - ByteWords.slack }

    mutating func word() -> UInt64 {
        guard at + 8 <= end else {
            isWhole = false
            return 0
        }
        defer { at += 8 }
        return ByteWords.word(bytes.span.bytes, at)
    }

    mutating func integer() -> Int { Int(truncatingIfNeeded: word()) }

    /// A count of things that are each at least a word long.
    mutating func count() -> Int {
        let count = integer()
        guard count >= 0, count <= (end - at) / 8 else {
            isWhole = false
            return 0
        }
        return count
    }

    mutating func run() -> ArraySlice<UInt8> {
        let count = integer()
        guard count >= 0, count <= end - at else {
            isWhole = false
            return []
        }
        defer { at = min(end, (at + count + 7) / 8 * 8) }
        return bytes[at..<(at + count)]
    }

    mutating func text() -> String { String(decoding: run(), as: UTF8.self) }

    mutating func column<Number: FixedWidthInteger & BitwiseCopyable>(_: Number.Type) -> [Number] {
        let run = run()
        let count = run.count / MemoryLayout<Number>.stride
        return [Number](unsafeUninitializedCapacity: count) { numbers, filled in
            run.withUnsafeBytes { bytes in
                UnsafeMutableRawBufferPointer(numbers).copyMemory(
                    from: UnsafeRawBufferPointer(rebasing: bytes[..<(count * MemoryLayout<Number>.stride)]))
            }
            filled = count
        }
    }
}
