internal import DataFolder
internal import Logging

/// What the service does without being asked.
struct Upkeep: Sendable {
    let parts: ServiceParts

    /// Each second: takes in what commands beside it have written, such as a publish.
    @Sendable func catchUp() async {
        try? await Task.sleep(for: .seconds(1))
        do throws(FolderError) { try await parts.folder.refresh() } catch { parts.note(error) }
        parts.tellNews()
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

    /// At start, and every ten minutes: seals the segments of months that are over.
    @Sendable func seal() async {
        await BlockingWork.reading.run {
            do throws(FolderError) {
                let sealed = try parts.folder.sealClosedSegments()
                if !sealed.isEmpty {
                    parts.log.notice("sealed", metadata: ["segments": "\(sealed.joined(separator: " "))"])
                }
            } catch {
                parts.note(error)
            }
        }
        try? await Task.sleep(for: .seconds(600))
    }
}
