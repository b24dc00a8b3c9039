internal import Feedback
internal import Records

/// A seal without its blocks, which are most of it, and where the whole of it stands.
struct SealOutline: Sendable {
    private(set) var version: Int?
    private(set) var segment: String?
    private(set) var bytes: Int?
    private(set) var lines: Int?
    private(set) var sha256: String?
    private(set) var previous: String?
    private(set) var recorded: Timestamp?
    private(set) var redaction: Seal.Redaction?

    /// What is said by a line; nothing by one that is not whole.
    init(_ line: ArraySlice<UInt8>) {
        let isWhole = LineOutline.scan(line) { member, value in
            let text = { String(decoding: line[value], as: UTF8.self) }
            switch String(decoding: line[member], as: UTF8.self) {
            case "v": version = Int(text())
            case "segment": segment = text()
            case "bytes": bytes = Int(text())
            case "lines": lines = Int(text())
            case "sha256": sha256 = text()
            case "previous": previous = text()
            case "recorded": recorded = Timestamp(text())
            case "redaction": redaction = (try? JSONParser.parse(line[value])).flatMap { try? Seal.Redaction($0) }
            default: break
            }
        }
        if !isWhole { segment = nil }
    }
}
