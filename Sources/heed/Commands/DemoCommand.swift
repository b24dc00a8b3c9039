internal import ArgumentParser
internal import DataFolder
internal import Diagnostics
internal import LibXML
internal import Markup
internal import SurveyCompiler

/// `heed demo`: a data folder with a believable company in it.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Lays a believable company out in an empty data folder: customers, people, two years of feedback.",
        discussion: "Everything in it is invented, also the password. The same seed and day give the same company.")

    @ParentCommand var heed: Heed

    @Option(help: "Another number makes another company.")
    var seed: UInt64 = 7

    func run() async throws {
        let sources = try DemoCompany.surveys.map(source)
        try await withFolder(heed.folders.data, as: .command) { folder in
            let summary = try await DemoCompany.layOut(in: folder, surveys: sources, seed: seed)
            try Terminal.print(
                "\(folder.path): Kettle & Co with \(summary.accounts) customers, \(summary.contacts) people, \(summary.events) events "
                    + "and \(summary.responses) responses.")
            try Terminal.print("Sign in as \(DemoCompany.userName) with the password \(DemoCompany.password).")
            if let link = try await DemoCompany.personalLink(in: folder) {
                try Terminal.print("\(link.name)'s survey is at \(link.path)")
            }
        }
    }

    /// A survey of the folder of surveys, where the author may have changed it; else the one inside the binary.
    private func source(_ survey: DemoCompany.Survey) throws -> SourceText {
        let file = "\(heed.folders.surveys)/\(survey.id).xml"
        do throws(SourceFile.Failure) { return try SourceFile.read(file) } catch {
            if error.kind == .missing { return SourceText(file: "\(survey.id).xml", bytes: survey.asset.bytes) }
            Terminal.note(error.diagnostic.text)
            throw ExitStatus.dataError
        }
    }
}
