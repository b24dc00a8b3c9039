/// One problem found in a file: what, where, why it matters and what to write instead.
package struct Diagnostic: Sendable, Equatable {
    /// How bad it is; only errors stop a survey from being published.
    package enum Severity: String, Sendable, CaseIterable, Comparable {
        case error, warning, note

        package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

        private var rank: Int {
            switch self {
            case .error: 0
            case .warning: 1
            case .note: 2
            }
        }
    }

    /// The stable code, such as `S014`, with its general explanation.
    package let code: DiagnosticCode
    /// How bad this one is.
    package var severity: Severity
    /// The file's path as the user wrote it.
    package let file: String
    /// Where the very word stands.
    package let position: SourcePosition
    /// How many Unicode scalars the caret line marks, at least one.
    package let width: Int
    /// The text of the source line, or of the part around the place when it is long; empty when there is none.
    package let sourceLine: String
    /// How many Unicode scalars of the source line stand before the place.
    package let caret: Int
    /// One plain sentence.
    package var message: String
    /// What to write instead, if something can be said.
    package let help: String?
    /// The shortest answers that lead there, for findings of a proof.
    package let witness: String?

    /// A problem at a range of bytes of a source text.
    package init(
        _ code: DiagnosticCode, in source: SourceText, at range: Range<Int>, message: String, help: String? = nil,
        witness: String? = nil, severity: Severity? = nil
    ) {
        self.code = code
        self.severity = severity ?? code.severity
        file = source.file
        position = source.position(at: range.lowerBound)
        // A line of megabytes would make a thousand diagnostics of megabytes: only what is near is kept.
        let line = source.lineRange(at: range.lowerBound, before: 200, after: 300)
        sourceLine = String(decoding: source.bytes[line], as: UTF8.self)
        caret = source.scalars(in: line.lowerBound..<max(line.lowerBound, min(range.lowerBound, line.upperBound)))
        width = max(1, source.scalars(in: range.clamped(to: line)))
        self.message = Quoting.shortened(message)
        self.help = help.map(Quoting.shortened)
        self.witness = witness
    }

    /// A problem of a whole file, where no place inside it can be named.
    package init(_ code: DiagnosticCode, file: String, message: String, help: String? = nil) {
        self.code = code
        severity = code.severity
        self.file = file
        position = SourcePosition(line: 1, column: 1)
        width = 1
        sourceLine = ""
        caret = 0
        self.message = Quoting.shortened(message)
        self.help = help.map(Quoting.shortened)
        witness = nil
    }
}

/// The kind of a problem: a stable id, its usual severity and why it matters.
package struct DiagnosticCode: Sendable, Hashable {
    /// The stable id, `S` and three digits; never reused.
    package let id: String
    /// How bad such a problem usually is.
    package let severity: Diagnostic.Severity
    /// A short name for lists, such as "unknown name".
    package let title: String
    /// Why it matters to the people who answer or read, in a sentence or two.
    package let why: String
    /// A smallest survey fragment that shows it, for `--explain`.
    package let example: String

    /// A kind of problem; ids are given once and never reused.
    package init(
        _ id: String, _ severity: Diagnostic.Severity = .error, title: String, why: String, example: String = ""
    ) {
        self.id = id
        self.severity = severity
        self.title = title
        self.why = why
        self.example = example
    }
}
