internal import ArgumentParser
internal import DataFolder
internal import Feedback
internal import Markup

/// `heed import`: accounts, contacts, events and responses from tables.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Brings accounts, contacts, events or responses in from CSV or JSON Lines.",
        discussion: """
            A row whose id is known changes that record: an absent column keeps a value, an empty cell clears it. Rows that \
            cannot be taken are listed with line and reason, the others are imported. A repeat adds nothing.
            """)

    /// What is imported.
    enum Kind: String, ExpressibleByArgument, CaseIterable {
        case accounts, contacts, events, responses
    }

    @ParentCommand var heed: Heed

    @Argument(
        help: ArgumentHelp("What it is: \(Kind.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "kind"))
    var kind: Kind

    @Argument(help: ArgumentHelp("The file: CSV, or JSON Lines where its name ends in .jsonl.", valueName: "file"))
    var file: String

    @Option(help: "The survey that the responses answer.")
    var survey: String?

    @Option(help: ArgumentHelp("Reads a column as a question or field of another name.", valueName: "column=question"))
    var map: [String] = []

    @Flag(help: "Checks everything and writes nothing.")
    var dryRun = false

    func validate() throws {
        if kind == .responses {
            if survey == nil { throw ValidationError("Name the survey that was answered: --survey ID.") }
        } else if survey != nil || !map.isEmpty {
            throw ValidationError("--survey and --map belong to import responses.")
        }
        for entry in map where !(entry.dropFirst().dropLast().contains("=")) {
            throw ValidationError("--map takes COLUMN=QUESTION, not \"\(entry)\".")
        }
    }

    func run() async throws {
        let bar = ProgressBar("Importing")
        let run = ImportRun(
            isDry: dryRun, progress: { bar.show($0) },
            reject: { reject in
                bar.clear()
                Terminal.note(Escaping.visible(reject.description))
            })
        do throws(FolderError) {
            let summary = try await summary(run)
            bar.clear()
            for note in summary.notes { Terminal.note(Escaping.visible(note)) }
            try? Terminal.print(summary.description + (dryRun ? " (dry run: nothing was written)" : ""))
            if summary.rejected > 0 { throw FolderError(.refused, "") }
        } catch {
            bar.clear()
            if !error.message.isEmpty { Terminal.note(Escaping.visible(error.message)) }
            throw ExitCode(error.exitStatus)
        }
    }

    private func summary(_ run: ImportRun) async throws(FolderError) -> ImportSummary {
        // Without the file, or without a survey to answer, there is nothing to make a folder for.
        _ = try ByteChunks(path: file)
        let use: DataFolder.Use = dryRun ? .reading : kind == .responses ? .existing : .command
        let folder = try DataFolder.open(heed.folders.data, as: use)
        defer { folder.close() }
        switch kind {
        case .accounts: return try await folder.importAccounts(file, run)
        case .contacts: return try await folder.importContacts(file, run)
        case .events: return try await folder.importEvents(file, run)
        case .responses:
            guard let survey, let id = SurveyID(survey) else {
                throw FolderError(.notFound, "\"\(survey ?? "")\" is not a survey's id.")
            }
            let map = map.compactMap { entry in
                entry.lastIndex(of: "=").map {
                    (column: String(entry[..<$0]), name: String(entry[entry.index(after: $0)...]))
                }
            }
            return try await folder.importResponses(file, survey: id, map: map, run)
        }
    }
}
