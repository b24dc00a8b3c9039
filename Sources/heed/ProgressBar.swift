internal import Synchronization

/// A bar on the terminal for work that takes longer than a second; nothing where standard error is no terminal.
final class ProgressBar: Sendable {
    private static let width = 32

    private struct State {
        var drawn: ContinuousClock.Instant?
        var line = ""
    }

    private let label: String
    private let begun = ContinuousClock.now
    private let isShown = Terminal.isInteractive
    private let state = Mutex(State())

    /// A bar for work of a name, such as "Importing".
    init(_ label: String) { self.label = label }

    /// Shows the share that is done, from 0 to 1; at most ten times a second, and not in the first second.
    func show(_ share: Double) {
        guard isShown else { return }
        let now = ContinuousClock.now
        guard now - begun > .seconds(1) else { return }
        state.withLock { state in
            if let drawn = state.drawn, now - drawn < .milliseconds(100) { return }
            let share = min(max(share, 0), 1)
            let full = Int(share * Double(Self.width))
            let bar = String(repeating: "█", count: full) + String(repeating: "░", count: Self.width - full)
            let line = "\(label) \(bar) \(Int(share * 100)) %"
            state.drawn = now
            guard line != state.line else { return }
            state.line = line
            Terminal.draw("\r" + line)
        }
    }

    /// Takes the bar away, so that words can follow.
    func clear() {
        state.withLock { state in
            guard !state.line.isEmpty else { return }
            Terminal.draw("\r" + String(repeating: " ", count: state.line.count) + "\r")
            state.line = ""
        }
    }
}
