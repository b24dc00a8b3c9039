internal import ArgumentParser
internal import DataFolder
internal import FoundationEssentials
internal import Markup

/// `heed backup`: a copy of the data folder as it is at one moment, while others go on writing.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copies the data folder as it is at this moment, while it is being served.",
        discussion: """
            The copy holds everything, the keys that sign links included, so that every link still works with it. It gets \
            its name when it is whole; an earlier backup of the same name is replaced then. heed verify proves it, \
            heed restore makes a data folder of it again.
            """)

    @ParentCommand var heed: Heed

    @Argument(help: ArgumentHelp("The folder to make, or a backup to replace.", valueName: "folder"))
    var folder: String

    func run() async throws {
        let bar = ProgressBar("Copying")
        let target = FolderPath.absolute(folder)
        try await withFolder(FolderPath.absolute(heed.folders.data), as: .existing) { data in
            defer { bar.clear() }
            let summary = try await data.backUp(to: target, listedAs: target, by: operatorName) { bar.show($0) }
            bar.clear()
            try Terminal.print(target)
            Terminal.note("\(summary.files) files with \(summary.bytes) bytes, as they were at \(summary.made).")
            Terminal.note(
                """
                It holds personal data and the keys that sign links: whoever has it can read all answers and answer in \
                anybody's name. Only its owner may read it; keep it so wherever it goes.
                """)
            if let head = summary.head {
                Terminal.note("Head of the seals, to be kept elsewhere: \(head)")
            }
        }
    }
}

/// Paths as they are noted for later, from wherever heed is run then.
enum FolderPath {
    /// A path from the root on, without `.`, `..` and doubled slashes.
    static func absolute(_ path: String) -> String {
        let whole = path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
        var parts: [Substring] = []
        for part in whole.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return "/" + parts.joined(separator: "/")
    }
}
