internal import AccountReports
internal import Analysis
internal import DataFolder
internal import Feedback
internal import QuestionnaireModel
internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Makes reports from the data folder and keeps them until one of its files has changed.
///
/// Reading takes its time: call it on a thread of `BlockingWork`. While one report is made, others wait for it.
final class ReportDesk: Sendable {
    /// What the workspace's first pages are drawn from.
    struct Portfolio: Sendable {
        let analysis: PortfolioAnalysis
        let report: PortfolioReport
    }

    private struct State {
        var stamp: [FileStamp] = []
        var made = Timestamp(milliseconds: 0)
        var portfolio: Portfolio?
        var results: [SurveyID: SurveyResults] = [:]
    }

    /// A report older than this is made anew even where nothing was written: what it says rests on the date.
    private static let lasts: Int64 = 600_000
    private let folder: DataFolder
    private let time: any TimeSource
    private let state = Mutex(State())

    init(folder: DataFolder, time: any TimeSource) {
        self.folder = folder
        self.time = time
    }

    /// The churn-risk report as of now.
    func portfolio() throws(AnalysisError) -> Portfolio {
        let files = try DataFiles(folder: folder.path)
        return try state.withLock { (state) throws(AnalysisError) in
            renew(&state, files)
            if let portfolio = state.portfolio { return portfolio }
            let analysis = try PortfolioAnalyzer(files, definitions: definitions, settings: settings).analyze(
                asOf: time.now())
            let portfolio = Portfolio(analysis: analysis, report: try analysis.report())
            state.portfolio = portfolio
            return portfolio
        }
    }

    /// The results of a survey as of now.
    func results(of survey: SurveyID) throws(AnalysisError) -> SurveyResults {
        let files = try DataFiles(folder: folder.path)
        let live = folder.catalog.live(survey)?.questionnaire.version
        return try state.withLock { (state) throws(AnalysisError) in
            renew(&state, files)
            if let results = state.results[survey] { return results }
            let results = try SurveyAnalyzer(files, definitions: definitions, settings: settings).results(
                of: survey, live: live, asOf: time.now())
            state.results[survey] = results
            return results
        }
    }

    /// Forgets what was made before the files changed.
    private func renew(_ state: inout State, _ files: DataFiles) {
        let stamp = ([files.accounts, files.contacts].compactMap(\.self) + files.events + files.segments.map(\.path))
            .map(FileStamp.init)
        let now = time.now()
        guard stamp != state.stamp || now.milliseconds - state.made.milliseconds > Self.lasts else { return }
        state = State(stamp: stamp, made: now)
    }

    private var definitions: SurveyDefinitions {
        let catalog = folder.catalog
        return SurveyDefinitions { catalog.questionnaire($0, $1) }
    }

    private var settings: AnalysisSettings {
        var settings = AnalysisSettings()
        settings.level = folder.settings.confidence
        settings.minimumGroup = folder.settings.minimumGroup
        return settings
    }
}

/// What tells that a file has changed.
private struct FileStamp: Equatable {
    let path: String
    private let inode: UInt64
    private let size: Int64
    private let seconds: Int
    private let nanoseconds: Int

    init(_ path: String) {
        var status = stat()
        let isThere = stat(path, &status) == 0
        self.path = path
        inode = isThere ? UInt64(status.st_ino) : 0
        size = isThere ? Int64(status.st_size) : -1
        seconds = isThere ? status.st_mtim.tv_sec : 0
        nanoseconds = isThere ? status.st_mtim.tv_nsec : 0
    }
}
