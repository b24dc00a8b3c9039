/// A form in which a survey's responses leave.
///
/// An implementer guarantees that every answer of every response it is handed is in its output, that the output of the
/// same lines is the same bytes, and that nothing in an answer can be taken for the format's own markup. `convert` is
/// called from several threads at once.
protocol ExportFormat: Sendable {
    /// What `--format` calls it; also the end of the file's name.
    static var name: String { get }
    /// The end of the file's name.
    static var fileExtension: String { get }
    /// What it is for, in one sentence.
    static var summary: String { get }

    /// Prepares to write one job.
    init(_ job: ExportJob)
    /// Whether a file that begins with some bytes is an earlier export of the same survey.
    func isOwn(_ beginning: [UInt8]) -> Bool
    /// What stands before the first response.
    func beginning() -> [UInt8]
    /// Writes one response.
    func convert(_ line: LineScanner, into out: inout LineWriter, seed: UInt64) -> LineOutcome
    /// Writes what stands behind the last response.
    func end(_ stream: ExportStream, people: NamedPeople, summary: inout ExportSummary) async throws(ExportError)
}

/// Every format there is; a new one is one file and one line here.
package enum ExportFormatRegistry {
    static let standard: [any ExportFormat.Type] = [
        ArchiveFormat.self,
        CSVFormat.self,
        JSONLFormat.self,
    ]

    /// The names that `--format` takes, each with what it is for.
    package static let names: [(name: String, summary: String)] = standard.map { ($0.name, $0.summary) }

    /// The end of the file name for a format, if there is such a format.
    package static func fileExtension(of format: String) -> String? {
        standard.first { $0.name == format }?.fileExtension
    }
}

/// What became of one line.
enum LineOutcome: Equatable {
    /// It is in the output.
    case written(LineTally)
    /// It lies outside the time asked for.
    case leftOut
    /// It cannot be read; it is reported and left out.
    case unreadable(String)
    /// A newer heed wrote it.
    case newer(String)
}

/// What one written line came to.
struct LineTally: Equatable {
    var answers = 0
    var isComplete = true
    /// Whether the definition of its version is unknown.
    var isUndefined = false
    /// Fingerprints of the account and the contact it names and whose records belong beside it.
    var account: UInt64?
    var contact: UInt64?
}

/// The people whom the responses name, by fingerprint.
struct NamedPeople: Sendable {
    var accounts = FingerprintSet()
    var contacts = FingerprintSet()
    /// One for a run of the program, so that nobody can choose ids that collide.
    let seed: UInt64
}
