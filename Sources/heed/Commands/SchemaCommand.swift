internal import ArgumentParser
internal import Markup
internal import SurveyCompiler

/// `heed schema`: the schemas inside the binary, for editors and validators.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Prints a shipped schema: of survey files, of archives, or of a line of settings.jsonl.")

    /// A schema by the name of what it describes.
    enum Name: String, ExpressibleByArgument, CaseIterable {
        case survey, archive, settings

        var asset: Asset {
            switch self {
            case .survey: .surveySchema
            case .archive: .archiveSchema
            case .settings: .settingsSchema
            }
        }
    }

    @Argument(
        help: ArgumentHelp(
            "Which schema: \(Name.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "name"))
    var name: Name

    /// For the makers of heed: what `survey.xsd` has to be after a change to the language.
    @Flag(help: .private)
    var generate = false

    func run() throws {
        try Terminal.write(generate && name == .survey ? SurveySchema.generate() : name.asset.bytes)
    }
}
