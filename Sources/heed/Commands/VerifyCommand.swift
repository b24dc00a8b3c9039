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

    @Option(help: "The head of a data folder's seals as it was kept elsewhere, in 64 hexadecimal digits.")
    var head: String?

    func validate() throws {
        guard let head else { return }
        guard head.utf8.count == 64, head.allSatisfy({ $0.isASCII && $0.isHexDigit }) else {
            throw ValidationError("A head has 64 hexadecimal digits, as heed verify and heed backup print it.")
        }
    }

    func run() async throws {
        let bar = ProgressBar("Verifying")
        let begun = ContinuousClock.now
        do throws(FolderError) {
            let results = try await verify(bar)
            bar.clear()
            for result in results { Self.show(result) }
            Self.note(results.reduce(0) { $0 + $1.bytes }, in: ContinuousClock.now - begun)
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
        if !isFolder {
            if head != nil { throw FolderError(.refused, "Only a data folder has seals, and so a head.") }
            return [try Self.archive(path, bar)]
        }
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
        if names.contains(where: Self.folderNames.contains) {
            let folder = try DataFolder.open(path, as: .reading)
            defer { folder.close() }
            return [try await folder.verify(head: head) { bar.show($0) }]
        }
        if head != nil { throw FolderError(.refused, "Only a data folder has seals, and so a head.") }
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

    /// What tells a data folder from a folder of archives.
    private static let folderNames: Set<String> = [
        "published.jsonl", "responses", "definitions", "accounts.jsonl", "contacts.jsonl", "audit", "secret",
        "seals.jsonl",
    ]

    private static func note(_ bytes: Int, in time: Duration) {
        let seconds = max(0.001, time / .seconds(1))
        let rate = Double(bytes) / 1e6 / seconds
        Terminal.note("\(bytes) bytes in \((seconds * 10).rounded() / 10) s: \(Int(rate.rounded())) MB a second.")
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
