extension DiagnosticCode {
    /// What `--explain` prints: what it is, why it matters, and a smallest example.
    package var explanation: String {
        var text = "\(id) (\(severity.rawValue)): \(title)\n\n\(why)\n"
        if !example.isEmpty { text += "\nExample:\n  \(example)\n" }
        return text
    }
}
