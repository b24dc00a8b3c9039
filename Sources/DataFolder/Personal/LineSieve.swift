internal import Feedback
internal import Journal
internal import Records

/// Tells quickly that a line is not about a person: most lines need not be read for that.
///
/// What it lets through may still be nothing of theirs; what it holds back never is.
struct LineSieve: Sendable {
    /// Beginnings of what they are called, in lower case; what is not ASCII is let through in any case.
    private let needles: [[UInt8]]
    /// Whether a needle begins with a byte.
    private let isFirst: [Bool]
    /// Their invitations and responses.
    private let ids: Set<LineKey>

    /// A sieve for a person and the ids of their responses.
    init(_ terms: PersonTerms, responses: [SurveyID: Set<ResponseID>]) {
        let texts = [terms.id.rawValue] + terms.beginnings
        needles = texts.map { $0.utf8.map(Self.lowercased) }.filter { $0.allSatisfy { $0 < 0x80 } && !$0.isEmpty }
        var isFirst = [Bool](repeating: false, count: 256)
        for needle in needles {
            isFirst[Int(needle[0])] = true
            if (97...122).contains(needle[0]) { isFirst[Int(needle[0]) - 32] = true }
        }
        self.isFirst = isFirst
        ids = Set(responses.values.joined().map { LineKey($0.rawValue) })
    }

    /// Whether a line may be about them, or speak of them.
    func lets(_ line: ArraySlice<UInt8>) -> Bool { mayName(line) || isOfResponse(line) }

    /// Whether some bytes may hold their id, name or address.
    func mayName(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.withUnsafeBufferPointer { bytes in
            isFirst.withUnsafeBufferPointer { isFirst in
                for index in bytes.indices {
                    let byte = bytes[index]
                    // Escapes and other scripts take a closer look.
                    if byte >= 0x80 || byte == UInt8(ascii: "\\") { return true }
                    guard isFirst[Int(byte)] else { continue }
                    let rest = UnsafeBufferPointer(rebasing: bytes[index...])
                    if needles.contains(where: { Self.begins(rest, $0) }) { return true }
                }
                return false
            }
        }
    }

    private func isOfResponse(_ line: ArraySlice<UInt8>) -> Bool {
        if ids.isEmpty { return false }
        var isFound = false
        _ = LineOutline.scan(line) { key, value in
            let isID = line[key].elementsEqual("id".utf8) || line[key].elementsEqual("response".utf8)
            if isID, ids.contains(LineKey(line[value])) { isFound = true }
        }
        return isFound
    }

    private static func begins(_ bytes: UnsafeBufferPointer<UInt8>, _ needle: [UInt8]) -> Bool {
        guard bytes.count >= needle.count else { return false }
        for index in needle.indices where lowercased(bytes[index]) != needle[index] { return false }
        return true
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 { (65...90).contains(byte) ? byte + 32 : byte }
}
