internal import AccountReports
internal import Analysis
internal import ArgumentParser
internal import Feedback
internal import FoundationEssentials

/// `heed results`: what one survey's answers say, question by question.
struct ResultsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "results",
        abstract:
            "Adds up one survey's answers: NPS, satisfaction and effort with intervals, counts and the latest words.")

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, html, json, csv
    }

    @ParentCommand var heed: Heed

    @Argument(help: "The survey's id.")
    var survey: String

    @Option(help: ArgumentHelp("Only answers sent on a date or later.", valueName: "date"))
    var since: LocalDate?

    @Option(help: ArgumentHelp("Only answers sent before a date.", valueName: "date"))
    var until: LocalDate?

    @Option(help: ArgumentHelp("Only what was known by the end of a date (default: now).", valueName: "date"))
    var asOf: LocalDate?

    @Option(help: "Split the answers by role, tier, language or manager.")
    var by: Breakdown?

    @Option(help: "How to write the results.")
    var format: Format = .text

    func validate() throws {
        if let since, let until, since >= until {
            throw ValidationError("--since takes a date before --until; until is exclusive.")
        }
    }

    func run() async throws {
        let moment = asOf.map { Timestamp(endOf: $0) } ?? SystemTime().now()
        let folder = try ReadFolder(heed.folders.data, asOf: moment)
        if asOf == nil { for remark in folder.files.aheadOfClock(moment) { Terminal.note(remark) } }
        guard let id = SurveyID(survey) else {
            Terminal.note("\"\(survey)\" cannot be a survey's id: those are lower-case letters, digits and dashes.")
            throw ExitStatus.noInput
        }
        let selection = SurveyAnalyzer.Selection(
            since: since.map { Timestamp(startOf: $0) }, until: until.map { Timestamp(startOf: $0) }, breakdown: by)
        let results: SurveyResults
        do throws(AnalysisError) {
            let analyzer = SurveyAnalyzer(folder.files, definitions: folder.definitions, settings: folder.settings)
            results = try analyzer.results(of: id, live: folder.live[id], asOf: moment, selection: selection)
        } catch {
            throw error.told()
        }
        ReadFolder.note(results.unreadable, count: results.unreadableCount)
        switch format {
        case .text: try Terminal.write(Array(ResultsText.text(results, columns: Terminal.columns).utf8))
        case .html: try Terminal.write(ResultsHTML.bytes(results))
        case .csv: try Terminal.write(ResultsCSV.bytes(results))
        case .json: try Terminal.write(ResultsJSON.bytes(results))
        }
    }
}

extension Breakdown: ExpressibleByArgument {}
