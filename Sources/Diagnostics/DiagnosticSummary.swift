/// How many problems there are, in one line: `2 errors, 1 warning in 3 files`.
package struct DiagnosticSummary: Sendable, Equatable {
    /// Errors found.
    package var errors = 0
    /// Warnings found.
    package var warnings = 0
    /// Files looked at, sound ones included.
    package var files: Int

    /// Counts what was found in a number of files.
    package init(_ diagnostics: some Sequence<Diagnostic>, files: Int) {
        self.files = files
        for diagnostic in diagnostics {
            switch diagnostic.severity {
            case .error: errors += 1
            case .warning: warnings += 1
            case .note: break
            }
        }
    }

    /// The line.
    package var text: String {
        let found = [(errors, "error"), (warnings, "warning")].filter { $0.0 > 0 }
        let counts = found.isEmpty ? "no problems" : found.map { Self.count($0.0, $0.1) }.joined(separator: ", ")
        return "\(counts) in \(Self.count(files, "file"))"
    }

    private static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}
