internal import ArgumentParser
internal import FoundationEssentials

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The command line: one file a subcommand, and one line for it here.
@main
struct Heed: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "heed",
        abstract: "Asks customers, listens, and tells the people who keep them what to do next.",
        version: "0.1.0",
        subcommands: [
            CompileCommand.self,
            PathsCommand.self,
            DiffCommand.self,
            SchemaCommand.self,
            PublishCommand.self,
            CloseCommand.self,
            InviteCommand.self,
            UserCommand.self,
            ServeCommand.self,
            ImportCommand.self,
            ExportCommand.self,
            VerifyCommand.self,
            BackupCommand.self,
            RestoreCommand.self,
            PersonCommand.self,
            RetainCommand.self,
            ReportCommand.self,
            ResultsCommand.self,
            DemoCommand.self,
            SecretCommand.self,
        ])

    @OptionGroup var folders: Folders

    static func main() async {
        // A limit on the size of files is an error to be told, not the end of the process.
        signal(SIGXFSZ, SIG_IGN)
        await main(nil)
    }
}

/// The folders every command works on; each also by an environment variable.
struct Folders: ParsableArguments {
    @Option(name: .customLong("data"), help: ArgumentHelp("The data folder (HEED_DATA).", valueName: "data"))
    private var folders: [String] = []

    /// The data folder.
    var data: String { folders.first ?? Self.environment("HEED_DATA") ?? "data" }

    @Option(help: "The folder of survey definitions (HEED_SURVEYS).")
    var surveys: String = Self.environment("HEED_SURVEYS") ?? "surveys"

    @Option(help: "The folder that exports are written to (HEED_EXPORTS).")
    var exports: String = Self.environment("HEED_EXPORTS") ?? "exports"

    func validate() throws {
        if folders.count > 1 { throw ValidationError("Name one --data: heed reads one data folder at a time so far.") }
    }

    private static func environment(_ name: String) -> String? {
        ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}
