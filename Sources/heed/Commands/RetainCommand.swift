internal import ArgumentParser
internal import DataFolder
internal import Feedback

/// `heed retain`: applies the retention periods of the definitions.
struct RetainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retain",
        abstract: "Applies retention periods: past them answers lose who gave them and what was typed; scores stay.",
        discussion: """
            A survey states its period as retain="730d". Drafts go when they are finished, and when they are past it. Run it \
            every night, say from cron; a repeat changes nothing.
            """)

    @ParentCommand var heed: Heed

    @Flag(help: "Says what would be done; nothing is changed.")
    var dryRun = false

    func run() async throws {
        let folders = heed.folders
        try await withFolder(folders.data, as: .command) { folder in
            try await PersonCommand.finishErasures(folder, exports: folders.exports)
            let bar = ProgressBar("Rewriting")
            defer { bar.clear() }
            let summary = try await folder.retain(isDry: dryRun, by: operatorName) { bar.show($0) }
            bar.clear()
            for (survey, count) in summary.responses.sorted(by: { $0.key < $1.key }) {
                try Terminal.print("\(survey): \(count) response lines without who gave them and what was typed")
            }
            if summary.invitations > 0 { try Terminal.print("\(summary.invitations) invitation lines dropped") }
            if summary.drafts > 0 { try Terminal.print("\(summary.drafts) draft lines dropped") }
            if summary.cases > 0 { try Terminal.print("\(summary.cases) case lines without notes") }
            if summary.isEmpty { try Terminal.print("Nothing is past its time.") }
            if dryRun { Terminal.note("Dry run: nothing was changed.") }
        }
    }
}
