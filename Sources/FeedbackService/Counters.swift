internal import Synchronization

/// What the service has done since it started, for the operator.
final class Counters: Sendable {
    private let classes = Mutex([Int](repeating: 0, count: 6))
    private let pages = Atomic(0)
    private let completions = Atomic(0)
    private let refusals = Atomic(0)
    private let storageErrors = Atomic(0)
    private let failedSignIns = Atomic(0)

    func countReply(_ status: Int) { classes.withLock { $0[min(max(status / 100, 0), 5)] += 1 } }
    func countPage() { pages.wrappingAdd(1, ordering: .relaxed) }
    func countCompletion() { completions.wrappingAdd(1, ordering: .relaxed) }
    func countRefusal() { refusals.wrappingAdd(1, ordering: .relaxed) }
    func countStorageError() { storageErrors.wrappingAdd(1, ordering: .relaxed) }
    func countFailedSignIn() { failedSignIns.wrappingAdd(1, ordering: .relaxed) }

    /// Everything in Prometheus' text format 0.0.4.
    var text: String {
        var text = ""
        func metric(_ name: String, _ help: String, _ values: [(labels: String, value: Int)]) {
            text += "# HELP heed_\(name) \(help)\n# TYPE heed_\(name) counter\n"
            for (labels, value) in values { text += "heed_\(name)\(labels) \(value)\n" }
        }
        let classes = classes.withLock { $0 }
        metric("replies_total", "Replies by class of status.", (1...5).map { ("{class=\"\($0)xx\"}", classes[$0]) })
        metric("pages_accepted_total", "Questionnaire pages stored.", [("", pages.load(ordering: .relaxed))])
        metric("responses_completed_total", "Last pages stored.", [("", completions.load(ordering: .relaxed))])
        metric("pages_refused_total", "Pages sent back with a question.", [("", refusals.load(ordering: .relaxed))])
        metric(
            "storage_errors_total", "Pages that could not be stored.", [("", storageErrors.load(ordering: .relaxed))])
        metric("sign_in_failures_total", "Sign-ins refused.", [("", failedSignIns.load(ordering: .relaxed))])
        return text
    }
}
