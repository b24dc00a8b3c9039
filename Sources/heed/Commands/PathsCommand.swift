internal import ArgumentParser
internal import Diagnostics
internal import FoundationEssentials
internal import LibXML
internal import SurveyCompiler

/// `heed paths`: few sets of answers that bring every condition of a survey about both ways.
struct PathsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "paths",
        abstract: "Writes few sets of answers that together meet and fail every condition of a survey.")

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @ParentCommand var heed: Heed

    @Argument(help: "A survey file, or the id of a survey in the folder of surveys.")
    var survey: String

    @Option(help: "How to write the answers.")
    var format: Format = .text

    func run() throws {
        let inFolder = "\(heed.folders.surveys)/\(survey).xml"
        let file = FileManager.default.fileExists(atPath: survey) ? survey : inFolder
        let compiled = SurveyCompiler().compile(try SurveyFile.read(file))
        guard let questionnaire = compiled.questionnaire else {
            Terminal.note(CompileReport([compiled]).text)
            throw ExitStatus.dataError
        }
        var proof = SurveyProof(questionnaire)
        guard let covering = proof.coveringAnswers() else {
            Terminal.note("The conditions of \(file) are too large for this.")
            throw ExitStatus.dataError
        }
        switch format {
        case .text: try Terminal.write(Array(WitnessReport.text(covering, questionnaire).utf8))
        case .json: try Terminal.write(WitnessReport.json(covering, questionnaire))
        }
    }
}

/// Reading one survey file for a command that has no use for several.
enum SurveyFile {
    /// The file's bytes; what stops it is said, and the command ends.
    static func read(_ path: String) throws -> SourceText {
        do throws(SourceFile.Failure) {
            return try SourceFile.read(path)
        } catch {
            Terminal.note(error.diagnostic.text)
            throw error.exitStatus
        }
    }
}

extension SourceFile.Failure {
    /// The exit status of DESIGN section 6.
    var exitStatus: ExitCode {
        switch kind {
        case .missing: ExitStatus.noInput
        case .notPermitted: ExitStatus.notPermitted
        case .inputOutput: ExitStatus.inputOutput
        case .refused: ExitStatus.dataError
        }
    }
}
