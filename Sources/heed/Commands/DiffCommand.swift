internal import ArgumentParser
internal import Diagnostics
internal import SurveyCompiler

/// `heed diff`: what an edit of a survey means for the answers that are there.
struct DiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Says for every element of two versions whether answers are one series.",
        discussion: """
            Every element is the same series, breaks the trend (a score asked in other words, on another scale, with \
            other labels or at another place), or breaks stored answers (a type changed, a code taken out or given to \
            something else). The exit status is 65 where stored answers break; with --strict also where the trend does.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @Argument(help: "The earlier survey file.")
    var old: String

    @Argument(help: "The later survey file.")
    var new: String

    @Flag(help: "Fail where the trend breaks, too.")
    var strict = false

    @Option(help: "How to write what was found.")
    var format: Format = .text

    func run() throws {
        let compiler = SurveyCompiler()
        let diff = SurveyDiff(from: try Self.version(old, compiler), to: try Self.version(new, compiler))
        switch format {
        case .text:
            try Terminal.write(Array(diff.text.utf8))
            Terminal.note(diff.summary)
        case .json: try Terminal.write(diff.json)
        }
        if diff.verdict > (strict ? .same : .breaksTrend) { throw ExitStatus.dataError }
    }

    private static func version(_ path: String, _ compiler: SurveyCompiler) throws -> SurveyDiff.Version {
        let source = try SurveyFile.read(path)
        let compiled = compiler.compile(source)
        guard let questionnaire = compiled.questionnaire else {
            Terminal.note(CompileReport([compiled]).text)
            Terminal.note("\(path) has errors; only sound surveys are compared.")
            throw ExitStatus.dataError
        }
        return SurveyDiff.Version(questionnaire, source)
    }
}
