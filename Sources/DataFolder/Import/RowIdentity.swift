internal import Crypto
internal import Feedback
internal import Records

/// Ids for rows that have none: the same row of the same file always gets the same one, so that a repeat adds nothing.
struct RowIdentity: Sendable {
    private let scope: String
    /// How often each row has been seen, by the first bytes of its digest.
    private var occurrences: [UInt64: Int] = [:]

    /// Ids within a scope, such as a survey's id.
    init(_ scope: String) { self.scope = scope }

    /// A digest of scope, cells by column and which repetition of the row it is; the order of columns does not matter.
    mutating func makeID(_ row: ImportRecord) -> ResponseID {
        var writer = JSONWriter()
        writer.array { writer in
            writer.string(scope)
            for cell in row.cells.sorted(by: { $0.key < $1.key })
            where cell.value != .null && cell.value.string?.isEmpty != true {
                writer.string(cell.key)
                writer.value(cell.value)
            }
        }
        let content = SHA256.hash(data: writer.bytes)
        let key = content.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let occurrence = occurrences[key, default: 0]
        occurrences[key] = occurrence + 1
        let digest = Array(SHA256.hash(data: Array(content) + Array("#\(occurrence)".utf8)))
        func word(_ range: Range<Int>) -> UInt64 { digest[range].reduce(0) { $0 << 8 | UInt64($1) } }
        return ULID.encode(time: word(0..<6), random: UInt16(word(6..<8)), word(8..<16))
    }
}
