internal import ArgumentParser
internal import DataFolder
internal import Diagnostics
internal import FoundationEssentials
internal import LibXML
internal import QuestionnaireModel
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
        var failure: ExitCode?
        let surveys = try compiled(&failure)
        // Nothing to publish makes no folder.
        if surveys.isEmpty, let failure { throw failure }
        try await withFolder(heed.folders.data, as: .command) { folder in
            for survey in surveys {
                do throws(FolderError) {
                    let changes = try await folder.changes(survey.source, survey.questionnaire)
                    switch try await folder.publish(survey.source, survey.questionnaire, by: operatorName) {
                    case .published(let survey, let version):
                        try? Terminal.print("\(survey) version \(version) is live.")
                        Self.tell(changes)
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

    /// Says what a new version breaks, so that nobody finds out from the numbers: against the last one everything,
    /// against older ones what was taken out then and comes back now as something else.
    private static func tell(_ changes: [SurveyDiff]) {
        guard let latest = changes.first else { return }
        let answers = "stored answers; those given before are read by the version they were given to"
        tell(latest.lines(.breaksAnswers), latest, answers)
        tell(latest.lines(.breaksTrend), latest, "the trend; these are not compared with what was given before")
        var told = Set(latest.reuses)
        for older in changes.dropFirst() {
            tell(older.reuses.filter { told.insert($0).inserted }, older, answers)
        }
    }

    private static func tell(_ lines: [String], _ changes: SurveyDiff, _ words: String) {
        if lines.isEmpty { return }
        Terminal.note("Against version \(changes.oldVersion) it breaks \(words):")
        for line in lines { Terminal.note("  " + line.visible) }
    }

    /// What compiles of the files that the arguments name; what does not is told.
    private func compiled(
        _ failure: inout ExitCode?
    ) throws -> [(source: SourceText, questionnaire: Questionnaire)] {
        let compiler = SurveyCompiler()
        var surveys: [(source: SourceText, questionnaire: Questionnaire)] = []
        for file in try files() {
            let source: SourceText
            do throws(SourceFile.Failure) { source = try SourceFile.read(file) } catch {
                Terminal.note(error.diagnostic.text)
                failure = failure ?? error.exitStatus
                continue
            }
            let compiled = compiler.compile(source)
            for diagnostic in compiled.diagnostics { Terminal.note(diagnostic.text) }
            guard let questionnaire = compiled.questionnaire else {
                Terminal.note("\(file) has errors and was not published.")
                failure = ExitStatus.dataError
                continue
            }
            surveys.append((source, questionnaire))
        }
        return surveys
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
