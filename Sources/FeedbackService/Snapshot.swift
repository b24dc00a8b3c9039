internal import DataFolder
internal import Synchronization

/// What is published and set, looked at anew some twenty times a second: requests need not wait for the disk or for
/// one another.
///
/// What is decided about an answer is decided under the folder's lock; this only says which page to draw.
final class Snapshot: Sendable {
    private struct State {
        var until: ContinuousClock.Instant
        var catalog: SurveyCatalog
        var settings: Settings
    }

    private static let lasts = Duration.milliseconds(50)
    private let folder: DataFolder
    private let state: Mutex<State>

    init(_ folder: DataFolder) {
        self.folder = folder
        state = Mutex(State(until: .now + Self.lasts, catalog: folder.catalog, settings: folder.settings))
    }

    /// Every published survey.
    var catalog: SurveyCatalog { look().catalog }

    /// What the operator has set.
    var settings: Settings { look().settings }

    private func look() -> (catalog: SurveyCatalog, settings: Settings) {
        let now = ContinuousClock.now
        let known = state.withLock { state -> (SurveyCatalog, Settings)? in
            if now < state.until { return (state.catalog, state.settings) }
            // Others go on with what is known while one looks.
            state.until = now + Self.lasts
            return nil
        }
        if let known { return known }
        let (catalog, settings) = (folder.catalog, folder.settings)
        state.withLock { state in
            state.catalog = catalog
            state.settings = settings
        }
        return (catalog, settings)
    }
}
