/// Walks over an archive's bytes before the parser does: bounds every tag, and finds where the seal begins.
///
/// An archive holds elements and text only, so anything else (comments, instructions, document types) is refused here.
struct MarkupScan {
    private static let longestTag = 256 << 10
    private static let mostQuotes = 128
    private static let sealTag = Array("<seal ".utf8)

    private enum State {
        case text, opening, tag
        case quoted(UInt8)
    }

    private var state = State.text
    private var tagLength = 0
    private var quotes = 0
    private var matched = 0
    /// How many bytes have been seen.
    private(set) var count = 0
    /// Where the seal's less-than sign stands.
    private(set) var seal: Int?
    /// What is wrong, in words.
    private(set) var problem: String?

    mutating func read(_ bytes: UnsafeRawBufferPointer) {
        for byte in bytes {
            if problem != nil { return }
            switch state {
            case .text:
                if byte == UInt8(ascii: "<") {
                    state = .opening
                    (tagLength, quotes, matched) = (0, 0, 1)
                }
            case .opening:
                if byte == UInt8(ascii: "!") || (byte == UInt8(ascii: "?") && count != 1) {
                    problem = "a comment, instruction or document type stands at byte \(count), which no archive has"
                }
                state = .tag
                match(byte)
            case .tag:
                match(byte)
                if byte == UInt8(ascii: ">") { state = .text }
                if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") { state = .quoted(byte) }
            case .quoted(let quote):
                if byte == quote {
                    state = .tag
                    quotes += 1
                }
            }
            tagLength += 1
            if case .text = state { tagLength = 0 }
            if tagLength > Self.longestTag || quotes > Self.mostQuotes {
                problem = "the tag at byte \(count) is too long"
            }
            count += 1
        }
    }

    private mutating func match(_ byte: UInt8) {
        guard matched > 0, matched < Self.sealTag.count else { return }
        matched = byte == Self.sealTag[matched] ? matched + 1 : 0
        if matched == Self.sealTag.count { seal = count + 1 - matched }
    }
}
