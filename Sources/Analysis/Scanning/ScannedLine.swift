internal import Feedback
internal import QuestionnaireModel

/// Bytes of a line by offset and length.
struct ByteRange: Sendable {
    var start = 0
    var count = 0

    var isEmpty: Bool { count == 0 }
}

/// What a scanned line says, as places in the buffer it was scanned in; never copied, since there are many.
struct ScannedLine: ~Copyable {
    /// The response's id.
    var id = ByteRange()
    /// 1 for the first line of an id.
    var revision = 1
    /// Which of the scanner's versions it was answered under.
    var version = 0
    /// When it was sent, in milliseconds since 1970.
    var submitted: Int64 = 0
    /// When it was known: `recorded`, else `submitted`.
    var known: Int64 = 0
    /// The UTC quarter of `submitted`: year * 4 + quarter - 1.
    var quarter: Int32 = 0
    /// Whether the last page was reached.
    var isComplete = true
    /// The account, empty when not given.
    var account = ByteRange()
    /// The contact, empty when not given.
    var contact = ByteRange()
    /// The role, if given.
    var role: ContactRole?
    /// The wave, empty when not given.
    var wave = ByteRange()
    /// The language, empty when not given.
    var language = ByteRange()
    /// The answers that were asked for.
    var answers: [ScannedAnswer] = []
}

/// One answer as it stands in the line.
struct ScannedAnswer {
    /// Which key of the version's keys.
    var key: Int
    /// The value's bytes, quotes and brackets included.
    var range: ByteRange
    /// The whole number, where the value is one.
    var integer: Int?
}
