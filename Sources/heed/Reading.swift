internal import Analysis
internal import ArgumentParser
internal import DataFolder
internal import Diagnostics
internal import Feedback
internal import FoundationEssentials
internal import QuestionnaireModel
internal import Records
internal import SurveyCompiler

/// A data folder as reports read it: files and definitions, no lock, nothing written.
struct ReadFolder {
    let files: DataFiles
    let settings: AnalysisSettings
    let definitions: SurveyDefinitions
    /// The live version of every survey.
    let live: [SurveyID: SurveyVersion]

    /// The journals of a folder as they were known by a moment.
    init(_ path: String, asOf: Timestamp) throws {
        do throws(AnalysisError) { files = try DataFiles(folder: path) } catch { throw error.told() }
        var settings = AnalysisSettings()
        var remarks: [String] = []
        Self.eachLine(path + "/settings.jsonl") { line in
            if let recorded = line["recorded"]?.string.flatMap({ Timestamp($0) }), recorded > asOf { return }
            let chosen = Settings(line)
            settings.level = chosen.confidence
            settings.minimumGroup = chosen.minimumGroup
            remarks = chosen.remarks
        }
        for remark in remarks { Terminal.note(remark) }
        self.settings = settings
        var live: [SurveyID: SurveyVersion] = [:]
        var digests: [String: String] = [:]
        Self.eachLine(path + "/published.jsonl") { line in
            guard let survey = line["survey"]?.string.flatMap(SurveyID.init),
                let version = line["version"]?.string.flatMap(SurveyVersion.init)
            else { return }
            live[survey] = version
            digests["\(survey)/\(version)"] = line["digest"]?.string
        }
        self.live = live
        definitions = SurveyDefinitions { [digests] survey, version in
            let file = "\(path)/definitions/\(survey)/\(version).xml"
            guard let bytes = FileManager.default.contents(atPath: file) else { return nil }
            let questionnaire = SurveyCompiler().published(SourceText(file: file, bytes: Array(bytes))).questionnaire
            if let questionnaire, let digest = digests["\(survey)/\(version)"], digest != questionnaire.digest {
                Terminal.note("\(file) was changed after it was published; answers are read by what it says now.")
            }
            return questionnaire
        }
    }

    private static func eachLine(_ path: String, _ body: (JSONValue) -> Void) {
        guard let bytes = FileManager.default.contents(atPath: path) else { return }
        for line in Array(bytes).split(separator: UInt8(ascii: "\n")) {
            if let value = try? JSONParser.parse(line) { body(value) }
        }
    }

    /// Says beside the result which lines could not be read.
    static func note(_ unreadable: [UnreadableLine], count: Int) {
        for line in unreadable.prefix(10) {
            Terminal.note("\(line.file):\(line.line): \(line.reason); left out of every number.")
        }
        if count > min(10, unreadable.count) {
            Terminal.note("\(count) lines could not be read in all; heed verify lists every one.")
        }
    }
}

extension AnalysisError {
    /// Says what went wrong and gives the exit status for it.
    func told() -> ExitCode {
        switch self {
        case .noFolder(let path):
            Terminal.note("There is no data folder at \(path). Name one with --data, or make one with heed demo.")
            return ExitStatus.noInput
        case .noSurvey(let survey):
            Terminal.note("There is no survey \"\(survey)\" in this folder: nothing published, nothing answered.")
            return ExitStatus.noInput
        case .newerLine(let file, let line, let reason):
            Terminal.note("\(file):\(line): \(reason). Use a newer heed to read this folder.")
            return ExitStatus.dataError
        case .unreadable(let path, let code):
            Terminal.note(
                "\(path) cannot be read (error \(code) of the system). Check that it is there and may be read.")
            return ExitStatus.inputOutput
        }
    }
}

extension LocalDate: ExpressibleByArgument {
    /// A date given as `YYYY-MM-DD`.
    public init?(argument: String) { self.init(argument) }
}

extension Timestamp {
    /// The last moment of a date, in UTC.
    init(endOf date: LocalDate) { self = Timestamp(startOf: date.adding(days: 1)).adding(milliseconds: -1) }
}
