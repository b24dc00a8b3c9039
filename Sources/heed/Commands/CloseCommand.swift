internal import ArgumentParser
internal import DataFolder
internal import Feedback

/// `heed close`: ends a survey.
struct CloseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "close", abstract: "Ends a survey: its links say so kindly and take no more answers.",
        discussion: "heed publish opens it again.")

    @ParentCommand var heed: Heed

    @Argument(help: ArgumentHelp("The survey's id.", valueName: "survey"))
    var survey: String

    func run() async throws {
        try await withFolder(heed.folders.data, as: .existing) { folder in
            guard let id = SurveyID(survey) else { throw FolderError(.notFound, "\"\(survey)\" is not a survey's id.") }
            let isNew = try await folder.close(id, by: operatorName)
            try Terminal.print(isNew ? "\(id) is closed." : "\(id) was closed already.")
        }
    }
}
