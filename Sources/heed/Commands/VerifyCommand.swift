internal import ArchiveExport
internal import ArgumentParser
internal import DataFolder
internal import FoundationEssentials
internal import Markup

/// `heed verify`: proves an archive, a folder of archives, or a data folder.
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Proves that an archive, a folder of archives or a data folder is whole and unaltered.",
        discussion: "Says what was proven and what cannot be; the exit status is 65 where anything is wrong.")

    @Argument(help: ArgumentHelp("An archive, a folder of archives, or a data folder.", valueName: "path"))
    var path: String

    func run() async throws {
        let bar = ProgressBar("Verifying")
        do throws(FolderError) {
            let results = try await verify(bar)
            bar.clear()
            for result in results { Self.show(result) }
            guard results.allSatisfy(\.isSound) else { throw FolderError(.refused, "") }
        } catch {
            bar.clear()
            if !error.message.isEmpty { Terminal.note(Escaping.visible(error.message)) }
            throw ExitCode(error.exitStatus)
        }
    }

    private func verify(_ bar: ProgressBar) async throws(FolderError) -> [Verification] {
        var isFolder = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw FolderError(.notFound, "There is nothing at \(path).")
        }
        if !isFolder { return [try Self.archive(path, bar)] }
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
        if names.contains(where: ["published.jsonl", "responses", "definitions"].contains) {
            let folder = try DataFolder.open(path, as: .reading)
            defer { folder.close() }
            return [try await folder.verify { bar.show($0) }]
        }
        let archives = names.filter { $0.hasSuffix(".xml") && !$0.hasPrefix(".") }
        if archives.isEmpty {
            throw FolderError(.notFound, "\(path) is no data folder, and there are no archives in it.")
        }
        var results: [Verification] = []
        for name in archives {
            results.append(try Self.archive(path.hasSuffix("/") ? path + name : "\(path)/\(name)", bar))
        }
        return results
    }

    private static func archive(_ path: String, _ bar: ProgressBar) throws(FolderError) -> Verification {
        do { return try ArchiveVerification.verify(path) { bar.show($0) } } catch { throw FolderError(error) }
    }

    private static func show(_ result: Verification) {
        try? Terminal.print("\(result.path): \(result.isSound ? "sound" : "NOT SOUND")")
        for problem in result.problems { try? Terminal.print("  wrong: \(Escaping.visible(problem))") }
        for sentence in result.proven { try? Terminal.print("  proven: \(sentence)") }
        for sentence in result.notProven { try? Terminal.print("  not proven: \(sentence)") }
    }
}
