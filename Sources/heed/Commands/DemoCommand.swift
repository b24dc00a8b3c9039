internal import ArgumentParser
internal import DataFolder
internal import Diagnostics
internal import LibXML
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
        var sources: [SourceText] = []
        for survey in DemoCompany.surveys {
            do throws(SourceFile.Failure) {
                sources.append(try SourceFile.read("\(heed.folders.surveys)/\(survey).xml"))
            } catch {
                Terminal.note(error.diagnostic.text)
                throw error.isMissing ? ExitStatus.noInput : ExitStatus.dataError
            }
        }
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
}
