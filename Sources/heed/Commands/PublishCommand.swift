internal import ArgumentParser
internal import DataFolder
internal import Diagnostics
internal import FoundationEssentials
internal import LibXML
internal import SurveyCompiler

/// `heed publish`: makes compiled definitions the ones being asked.
struct PublishCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Compiles surveys and makes them the ones being asked.",
        discussion:
            "A published version never changes: other bytes under it are refused. A survey with errors stops nothing else."
    )

    @ParentCommand var heed: Heed

    @Argument(help: "Ids of surveys in the folder of surveys, or survey files (default: every file of the folder).")
    var surveys: [String] = []

    func run() async throws {
        let files = try files()
        let compiler = SurveyCompiler()
        var failure: ExitCode?
        try await withFolder(heed.folders.data, as: .command) { folder in
            for file in files {
                let source: SourceText
                do throws(SourceFile.Failure) { source = try SourceFile.read(file) } catch {
                    Terminal.note(error.diagnostic.text)
                    failure = failure ?? (error.isMissing ? ExitStatus.noInput : ExitStatus.dataError)
                    continue
                }
                let compiled = compiler.compile(source)
                for diagnostic in compiled.diagnostics { Terminal.note(diagnostic.text) }
                guard let questionnaire = compiled.questionnaire else {
                    Terminal.note("\(file) has errors and was not published.")
                    failure = ExitStatus.dataError
                    continue
                }
                do throws(FolderError) {
                    switch try await folder.publish(source, questionnaire, by: operatorName) {
                    case .published(let survey, let version):
                        try? Terminal.print("\(survey) version \(version) is live.")
                    case .unchanged(let survey, let version):
                        try? Terminal.print("\(survey) version \(version) was live already.")
                    }
                } catch {
                    if error.kind != .refused { throw error }
                    Terminal.note(error.message)
                    failure = ExitCode(error.exitStatus)
                }
            }
        }
        if let failure { throw failure }
    }

    /// The files that the arguments name: an id is looked up in the folder of surveys.
    private func files() throws -> [String] {
        let folder = heed.folders.surveys
        if surveys.isEmpty {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            let files = names.filter { $0.hasSuffix(".xml") && !$0.hasPrefix(".") }.sorted().map { "\(folder)/\($0)" }
            if files.isEmpty {
                Terminal.note("There is no survey file in \(folder). Name files, or a folder with --surveys.")
                throw ExitStatus.noInput
            }
            return files
        }
        return surveys.map { $0.hasSuffix(".xml") ? $0 : "\(folder)/\($0).xml" }
    }
}
