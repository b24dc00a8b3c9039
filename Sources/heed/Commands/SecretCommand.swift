internal import ArgumentParser
internal import DataFolder
internal import FoundationEssentials

/// `heed secret`: the key that links and opt-outs rest on.
struct SecretCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "secret", abstract: "Makes a new secret for a data folder that lost its own.",
        subcommands: [New.self])

    @ParentCommand var heed: Heed

    /// `heed secret new`.
    struct New: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "new",
            abstract: "Makes a secret where the old one is lost for good; links sent before it stay dead.")

        @ParentCommand var command: SecretCommand

        func run() async throws {
            let path = command.heed.folders.data
            let isThere = FileManager.default.fileExists(atPath: path + "/secret")
            // Opening reads what is there, which tells whether it is sound, and makes what is not.
            try await withFolder(path, as: .recovering) { folder in
                try Terminal.print(
                    isThere
                        ? "\(folder.path)/secret is there and sound; nothing was changed."
                        : "\(folder.path)/secret is new. Links sent before it do not work, so invite again; opt-outs by address are known by contact only."
                )
            }
        }
    }
}
