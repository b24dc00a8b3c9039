internal import Journal
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

    /// Everything, and the journal's figures, in Prometheus' text format 0.0.4.
    func text(_ journal: JournalFigures) -> String {
        var text = MetricsText()
        let classes = classes.withLock { $0 }
        text.counter(
            "replies_total", "Replies by class of status.", (1...5).map { ("{class=\"\($0)xx\"}", classes[$0]) })
        text.counter("pages_accepted_total", "Questionnaire pages stored.", pages.load(ordering: .relaxed))
        text.counter("responses_completed_total", "Last pages stored.", completions.load(ordering: .relaxed))
        text.counter("pages_refused_total", "Pages sent back with a question.", refusals.load(ordering: .relaxed))
        text.counter("storage_errors_total", "Pages that could not be stored.", storageErrors.load(ordering: .relaxed))
        text.counter("sign_in_failures_total", "Sign-ins refused.", failedSignIns.load(ordering: .relaxed))
        text.histogram("journal_batch_size", "Decisions that shared one write and one sync.", journal.batches)
        text.counter("journal_batch_failures_total", "Batches of which nothing was stored.", journal.failures)
        text.counter("journal_lines_total", "Lines appended.", journal.lines)
        text.counter("journal_syncs_total", "Files synced after appending.", journal.syncs)
        text.counter("journal_refused_total", "Decisions turned away because too many waited.", journal.refused)
        text.gauge("journal_waiting", "Decisions that wait now.", journal.waiting)
        text.gauge("journal_waiting_bytes", "What waits now, in bytes of memory, roughly.", journal.waitingBytes)
        return text.text
    }
}

/// Figures in Prometheus' text format 0.0.4.
private struct MetricsText {
    private(set) var text = ""

    private mutating func begin(_ name: String, _ kind: String, _ help: String) {
        text += "# HELP heed_\(name) \(help)\n# TYPE heed_\(name) \(kind)\n"
    }

    mutating func counter(_ name: String, _ help: String, _ values: [(labels: String, value: Int)]) {
        begin(name, "counter", help)
        for (labels, value) in values { text += "heed_\(name)\(labels) \(value)\n" }
    }

    mutating func counter(_ name: String, _ help: String, _ value: Int) { counter(name, help, [("", value)]) }

    mutating func gauge(_ name: String, _ help: String, _ value: Int) {
        begin(name, "gauge", help)
        text += "heed_\(name) \(value)\n"
    }

    mutating func histogram(_ name: String, _ help: String, _ sizes: JournalFigures.Sizes) {
        begin(name, "histogram", help)
        var count = 0
        for (index, inClass) in sizes.counts.enumerated() {
            count += inClass
            let bounds = JournalFigures.Sizes.bounds
            text += "heed_\(name)_bucket{le=\"\(index < bounds.count ? String(bounds[index]) : "+Inf")\"} \(count)\n"
        }
        text += "heed_\(name)_sum \(sizes.sum)\nheed_\(name)_count \(count)\n"
    }
}
