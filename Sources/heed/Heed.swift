internal import ArgumentParser
internal import FoundationEssentials

/// The command line: one file a subcommand, and one line for it here.
@main
struct Heed: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "heed",
        abstract: "Asks customers, listens, and tells the people who keep them what to do next.",
        version: "0.1.0",
        subcommands: [
            CompileCommand.self,
            SchemaCommand.self,
            PublishCommand.self,
            CloseCommand.self,
            InviteCommand.self,
            UserCommand.self,
            ServeCommand.self,
            ImportCommand.self,
            ExportCommand.self,
            VerifyCommand.self,
            ReportCommand.self,
            ResultsCommand.self,
            DemoCommand.self,
        ])

    @OptionGroup var folders: Folders
}

/// The folders every command works on; each also by an environment variable.
struct Folders: ParsableArguments {
    @Option(help: "The data folder (HEED_DATA).")
    var data: String = Self.environment("HEED_DATA") ?? "data"

    @Option(help: "The folder of survey definitions (HEED_SURVEYS).")
    var surveys: String = Self.environment("HEED_SURVEYS") ?? "surveys"

    @Option(help: "The folder that exports are written to (HEED_EXPORTS).")
    var exports: String = Self.environment("HEED_EXPORTS") ?? "exports"

    private static func environment(_ name: String) -> String? {
        ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}
