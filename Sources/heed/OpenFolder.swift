internal import ArgumentParser
internal import DataFolder
internal import Feedback
internal import FoundationEssentials
internal import Markup

/// Opens the data folder, does some work, and lets it go; trouble is told in its own words with its exit status.
func withFolder<Result>(
    _ path: String, as use: DataFolder.Use, _ work: (DataFolder) async throws -> Result
) async throws -> Result {
    do {
        let folder = try DataFolder.open(path, as: use)
        defer { folder.close() }
        let result = try await work(folder)
        if use == .command || use == .existing {
            for erasure in try folder.unfinishedErasures() {
                Terminal.note(
                    "The erasure \(erasure.id), begun on \(erasure.recorded.date), is not finished. heed retain, heed person or the next heed serve finishes it."
                )
            }
        }
        return result
    } catch let error as FolderError {
        Terminal.note(Escaping.visible(error.message))
        throw ExitCode(error.exitStatus)
    }
}

/// The name of whoever gives a command, for the audit journal.
var operatorName: String {
    let environment = ProcessInfo.processInfo.environment
    return environment["SUDO_USER"] ?? environment["USER"] ?? environment["LOGNAME"] ?? "operator"
}
