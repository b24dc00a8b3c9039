internal import ArgumentParser
internal import DataFolder
internal import Markup

/// `heed restore`: a data folder from a backup.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Makes a data folder of a backup, proving every byte on the way.",
        discussion: "The folder of --data must not be there yet, or be empty: nothing is ever overwritten.")

    @ParentCommand var heed: Heed

    @Argument(help: ArgumentHelp("A folder that heed backup has made.", valueName: "backup"))
    var backup: String

    @Option(
        help: ArgumentHelp(
            "The erasures.jsonl of the folder that was backed up: who was erased since is erased again, and opt-outs beside it are kept.",
            valueName: "file"))
    var erasures: String?

    func run() async throws {
        let bar = ProgressBar("Restoring")
        let (source, target) = (FolderPath.absolute(backup), FolderPath.absolute(heed.folders.data))
        do throws(FolderError) {
            if let erasures { _ = try DataFolder.erasures(erasures) }
            var replayed: ReplaySummary?
            let summary = try await FolderRestore.restore(
                source, listedAs: source, to: target, by: operatorName, progress: { bar.show($0) }
            ) { (folder) throws(FolderError) in
                guard let erasures else { return }
                replayed = try await folder.replay(erasures, exports: heed.folders.exports)
            }
            bar.clear()
            try? Terminal.print(target)
            Terminal.note(
                "\(summary.files) files with \(summary.bytes) bytes, as they were at \(summary.made). What was written later is not there."
            )
            if let replayed {
                Terminal.note(
                    "\(replayed.erased) erasures were replayed, \(replayed.absent) of them of people who are not in it; \(replayed.suppressed) opt-outs were added."
                )
            }
            for problem in summary.problems { Terminal.note("wrong already when it was backed up: \(problem)") }
        } catch {
            bar.clear()
            for line in error.message.split(separator: "\n") { Terminal.note(Escaping.visible(String(line))) }
            throw ExitCode(error.exitStatus)
        }
    }
}
