internal import ArchiveExport
internal import ArgumentParser
internal import DataFolder
internal import Feedback
internal import FoundationEssentials
internal import Markup

/// `heed export`: a survey's responses as an archive, a table or lines.
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes a survey's responses into the folder of exports: an XML archive, CSV or JSON Lines.",
        discussion: ExportFormatRegistry.names.map { "\($0.name): \($0.summary)" }.joined(separator: "\n"))

    @ParentCommand var heed: Heed

    @Argument(help: ArgumentHelp("The survey's id.", valueName: "survey"))
    var survey: String

    @Option(help: "The format: \(ExportFormatRegistry.names.map(\.name).joined(separator: ", ")).")
    var format = "archive"

    @Option(help: ArgumentHelp("Only responses submitted on that date or later (UTC).", valueName: "date"))
    var since: String?

    @Option(help: ArgumentHelp("Only responses submitted before that date (UTC).", valueName: "date"))
    var until: String?

    @Option(help: ArgumentHelp("The file to write instead of exports/SURVEY; - is standard output.", valueName: "file"))
    var output: String?

    func validate() throws {
        if ExportFormatRegistry.fileExtension(of: format) == nil {
            let names = ExportFormatRegistry.names.map(\.name).joined(separator: ", ")
            throw ValidationError("There is no format \"\(format)\". There are \(names).")
        }
        for date in [since, until].compactMap(\.self) where Self.moment(date) == nil {
            throw ValidationError("\"\(date)\" is not a date such as 2026-11-21.")
        }
        if let since = since.flatMap(Self.moment), let until = until.flatMap(Self.moment), since >= until {
            throw ValidationError("--since takes a date before --until; until is exclusive.")
        }
    }

    func run() async throws {
        let bar = ProgressBar("Exporting")
        do throws(FolderError) {
            let summary = try await export(bar)
            bar.clear()
            report(summary)
        } catch {
            bar.clear()
            Terminal.note(Escaping.visible(error.message))
            throw ExitCode(error.exitStatus)
        }
        if output != "-" { try Terminal.print(path) }
    }

    private var path: String {
        output ?? "\(heed.folders.exports)/\(survey).\(ExportFormatRegistry.fileExtension(of: format) ?? format)"
    }

    private func export(_ bar: ProgressBar) async throws(FolderError) -> ExportSummary {
        guard let id = SurveyID(survey) else { throw FolderError(.notFound, "\"\(survey)\" is not a survey's id.") }
        let folder = try DataFolder.open(heed.folders.data, as: .reading)
        defer { folder.close() }
        let (job, segments) = try folder.exportJob(
            id, since: since.flatMap(Self.moment), until: until.flatMap(Self.moment),
            generator: "heed \(Heed.configuration.version)")
        guard let exporter = Exporter(job, format: format, segments: segments) else {
            throw FolderError(.refused, "There is no format \"\(format)\".")
        }
        do throws(ExportError) {
            if output == "-" { return try await exporter.run(to: DescriptorSink(1)) { bar.show($0) } }
            if output == nil { makeFolder(heed.folders.exports) }
            let sink = try FileSink(path) { exporter.isOwn($0) }
            let summary = try await exporter.run(to: sink) { bar.show($0) }
            try sink.finish()
            return summary
        } catch { throw FolderError(error) }
    }

    /// Makes the folder of exports; if that fails, creating the file will say why.
    private func makeFolder(_ path: String) {
        try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    private func report(_ summary: ExportSummary) {
        let partial = summary.responses - summary.complete
        Terminal.note(
            "\(summary.responses) responses (\(partial) of them partial) with \(summary.answers) answers"
                + (format == "archive" ? ", \(summary.accounts) accounts and \(summary.contacts) contacts." : "."))
        for problem in summary.unreadable { Terminal.note("left out: \(Escaping.visible(problem))") }
        if summary.unreadableCount > 0 {
            Terminal.note("\(summary.unreadableCount) lines could not be read and are not in it.")
        }
        if summary.undefined > 0 {
            Terminal.note("\(summary.undefined) responses are to a version whose definition is not in the data folder.")
        }
        if summary.replaced > 0 {
            Terminal.note("\(summary.replaced) characters that XML cannot hold were written as U+FFFD.")
        }
    }

    private static func moment(_ text: String) -> Timestamp? {
        Timestamp(text) ?? LocalDate(text).map { Timestamp(startOf: $0) }
    }
}
