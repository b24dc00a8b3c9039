internal import AccountReports
internal import Analysis
internal import ArgumentParser
internal import Feedback
internal import FoundationEssentials
internal import Markup

/// `heed report`: which accounts are at risk, why, and what would clear it.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Says which accounts are at risk, on what evidence, and what would clear each flag.")

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, html, json, csv
    }

    @ParentCommand var heed: Heed

    @Option(help: ArgumentHelp("Only what was known by the end of a date (default: now).", valueName: "date"))
    var asOf: LocalDate?

    @Option(help: ArgumentHelp("Compare with the end of a date (default: seven days before).", valueName: "date"))
    var compare: LocalDate?

    @Option(help: ArgumentHelp("Only one account.", valueName: "id"))
    var account: String?

    @Option(help: ArgumentHelp("Only the accounts of one manager.", valueName: "name"))
    var manager: String?

    @Option(help: "How to write the report.")
    var format: Format = .text

    func validate() throws {
        if let compare, compare >= asOf ?? SystemTime().now().date {
            throw ValidationError("--compare takes a date before the report's own.")
        }
    }

    func run() async throws {
        let moment = asOf.map { Timestamp(endOf: $0) } ?? SystemTime().now()
        let folder = try ReadFolder(heed.folders.data, asOf: moment)
        if asOf == nil { for remark in folder.files.aheadOfClock(moment) { Terminal.note(remark) } }
        let analysis: PortfolioAnalysis
        do throws(AnalysisError) {
            let analyzer = PortfolioAnalyzer(folder.files, definitions: folder.definitions, settings: folder.settings)
            analysis = try analyzer.analyze(asOf: moment, comparedWith: compare.map { Timestamp(endOf: $0) })
        } catch { throw error.told() }
        let frame = analysis.frame
        ReadFolder.note(frame.unreadable, count: frame.unreadableCount)
        do {
            // The largest form, and the one that other programs ask for: written as it is made.
            if format == .json, account == nil, manager == nil {
                return try ReportJSON.write(analysis) { try Terminal.write($0) }
            }
            try write(try chosen(analysis.report()))
        } catch let error as AnalysisError { throw error.told() }
    }

    private func chosen(_ whole: PortfolioReport) throws -> PortfolioReport {
        var report = whole
        if let account {
            report.accounts.removeAll { $0.id.rawValue != account }
            if report.accounts.isEmpty {
                Terminal.note("There is no account \"\(Escaping.visible(account))\" in this folder.")
                throw ExitStatus.noInput
            }
        }
        if let manager {
            report.accounts.removeAll { $0.manager != manager }
            if report.accounts.isEmpty {
                Terminal.note("No account in this folder has the manager \"\(Escaping.visible(manager))\".")
                throw ExitStatus.noInput
            }
        }
        return report
    }

    private func write(_ report: PortfolioReport) throws {
        switch format {
        case .text:
            try Terminal.write(Array(ReportText.text(report, columns: Terminal.columns, isPart: account != nil).utf8))
        case .html: try Terminal.write(ReportHTML.bytes(report))
        case .csv: try Terminal.write(ReportCSV.bytes(report))
        case .json: try Terminal.write(ReportJSON.bytes(report))
        }
    }
}
