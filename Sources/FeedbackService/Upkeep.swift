internal import DataFolder
internal import Logging

/// What the service does without being asked.
struct Upkeep: Sendable {
    let parts: ServiceParts

    /// Each second: takes in what commands beside it have written, such as a publish.
    @Sendable func catchUp() async {
        try? await Task.sleep(for: .seconds(1))
        do throws(FolderError) { try await parts.folder.refresh() } catch { parts.note(error) }
    }

    /// Each minute: writes drafts that were left as partial responses, so that a score given is a score counted.
    @Sendable func settle() async {
        do throws(FolderError) {
            let count = try await parts.folder.settlePartials()
            if count > 0 { parts.log.notice("partial responses settled", metadata: ["count": "\(count)"]) }
        } catch {
            parts.note(error)
        }
        try? await Task.sleep(for: .seconds(60))
    }
}
