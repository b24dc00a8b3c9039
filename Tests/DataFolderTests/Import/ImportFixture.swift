import DataFolder
import Diagnostics
import Feedback
import FeedbackTestSupport
import FoundationEssentials
import QuestionnaireModel
import Records
import SurveyCompiler
import Testing

/// A data folder with the shipped surveys published, and files to import into it.
struct ImportFixture {
    let files: TemporaryFolder
    let folder: DataFolder
    let time: SettableTime

    init(publishing surveys: [String] = []) async throws {
        files = try TemporaryFolder()
        time = SettableTime(try #require(Timestamp("2026-11-22T10:00:00Z")))
        folder = try DataFolder.open(files.file("data"), as: .command, time: time)
        for survey in surveys {
            let bytes = try #require(Checkout.bytes(of: "surveys/\(survey).xml"))
            try await publish(bytes)
        }
    }

    func publish(_ bytes: [UInt8]) async throws {
        let source = SourceText(file: "survey.xml", bytes: bytes)
        let compiled = SurveyCompiler().compile(source)
        let questionnaire = try #require(compiled.questionnaire, "\(compiled.diagnostics)")
        _ = try await folder.publish(source, questionnaire, by: "test")
    }

    func file(_ name: String, _ text: String) throws -> String {
        let path = files.file(name)
        try Data(text.utf8).write(to: URL(filePath: path))
        return path
    }

    /// What an import came to, with its rejects in words.
    struct Outcome {
        var summary: ImportSummary
        var rejects: [String]
    }

    func run(
        dry: Bool = false, _ work: (ImportRun) async throws -> ImportSummary
    ) async throws -> Outcome {
        let rejects = Rejects()
        let summary = try await work(ImportRun(isDry: dry, reject: { rejects.all.append($0.description) }))
        return Outcome(summary: summary, rejects: rejects.all)
    }

    private final class Rejects {
        var all: [String] = []
    }

    func responses(
        _ name: String, _ text: String, survey: String, map: [(column: String, name: String)] = [], dry: Bool = false
    ) async throws -> Outcome {
        let path = try file(name, text)
        let survey = try #require(SurveyID(survey))
        return try await run(dry: dry) { try await folder.importResponses(path, survey: survey, map: map, $0) }
    }

    /// Every line of a survey's segments.
    func lines(_ survey: String) throws -> [ResponseLine] {
        let id = try #require(SurveyID(survey))
        return try folder.responseSegments(of: id).flatMap { path in
            try Data(contentsOf: URL(filePath: path)).split(separator: UInt8(ascii: "\n")).map { try ResponseLine($0) }
        }
    }
}
