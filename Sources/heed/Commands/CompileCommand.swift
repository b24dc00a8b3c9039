internal import ArgumentParser
internal import Diagnostics
internal import FoundationEssentials
internal import LibXML
internal import SurveyCompiler

/// `heed compile`: everything that is wrong with survey files, before a customer sees them.
struct CompileCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compile",
        abstract: "Compiles survey files and shows every problem with its place, its reason and what to write instead.")

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json, sarif
    }

    @ParentCommand var heed: Heed

    @Argument(help: "Survey files, or folders of them (default: the folder of surveys).")
    var paths: [String] = []

    @Flag(help: "Take warnings as errors.")
    var strict = false

    @Option(help: ArgumentHelp("Explain a code, such as S014.", valueName: "code"))
    var explain: String?

    @Option(
        help: ArgumentHelp(
            "Print the fewest answers that lead to a part: page:ID, question:ID, option:ID.CODE, ending:N or case:ID.",
            valueName: "part"))
    var witness: String?

    @Option(help: "How to write what was found.")
    var format: Format = .text

    func run() async throws {
        if let explain { return try Self.explain(explain) }
        var files: [String] = []
        for path in paths.isEmpty ? [heed.folders.surveys] : paths {
            let found = Self.files(at: path)
            if paths.isEmpty, found.isEmpty {
                Terminal.note("There is no survey file in \(path). Name files, or a folder with --surveys.")
                throw ExitStatus.noInput
            }
            files += found
        }
        if let witness { return try witnesses(of: witness, in: files) }
        let outcomes = await Self.compile(files, strict: strict)
        let surveys = outcomes.compactMap(\.survey)
        let report = CompileReport(
            surveys: surveys,
            diagnostics: outcomes.flatMap(\.diagnostics)
                + SameVersion.diagnostics(surveys) { try? SourceFile.read($0) },
            files: files.count)
        switch format {
        case .text:
            try Terminal.write(Array(report.text.utf8))
            Terminal.note(report.summary.text)
        case .json: try Terminal.write(report.json)
        case .sarif: try Terminal.write(report.sarif)
        }
        if let failure = outcomes.compactMap(\.failure).first { throw failure }
        if report.summary.errors > 0 { throw ExitStatus.dataError }
    }

    // MARK: Files

    /// The survey files of a folder by name, or the path itself.
    private static func files(at path: String) -> [String] {
        var isFolder = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder else { return [path] }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        let folder = path.hasSuffix("/") ? path : path + "/"
        return names.filter { $0.hasSuffix(".xml") && !$0.hasPrefix(".") }.sorted().map { folder + $0 }
    }

    /// What became of one path; the questionnaire itself is let go at once.
    private struct Outcome: Sendable {
        var survey: CompileReport.Survey?
        var diagnostics: [Diagnostic]
        /// Why the file could not be read, where it could not.
        var failure: ExitCode?
    }

    /// Compiles files on as many threads as there are processors; the outcomes stand in the files' order.
    private static func compile(_ files: [String], strict: Bool) async -> [Outcome] {
        let compiler = SurveyCompiler()
        let shares = min(max(1, ProcessInfo.processInfo.activeProcessorCount), 8, max(1, files.count / 8))
        let size = max(1, (files.count + shares - 1) / shares)
        return await withTaskGroup(of: (Int, [Outcome]).self) { group in
            for start in stride(from: 0, to: files.count, by: size) {
                let share = files[start..<min(start + size, files.count)]
                group.addTask { (start, share.map { outcome(of: $0, compiler, strict: strict) }) }
            }
            var parts: [(start: Int, outcomes: [Outcome])] = []
            for await part in group { parts.append((start: part.0, outcomes: part.1)) }
            return parts.sorted { $0.start < $1.start }.flatMap(\.outcomes)
        }
    }

    private static func outcome(of path: String, _ compiler: SurveyCompiler, strict: Bool) -> Outcome {
        do throws(SourceFile.Failure) {
            let compiled = compiler.compile(try SourceFile.read(path))
            let judged = strict ? compiled.strict : compiled
            return Outcome(survey: CompileReport.Survey(judged), diagnostics: judged.diagnostics)
        } catch {
            return Outcome(diagnostics: [error.diagnostic], failure: error.exitStatus)
        }
    }

    // MARK: Witnesses

    /// Prints the answers that lead to a part, for every one of the surveys that has it.
    private func witnesses(of name: String, in files: [String]) throws {
        if format == .sarif { throw ValidationError("A witness is written as text or json.") }
        let compiler = SurveyCompiler()
        var isKnown = false
        var isReached = true
        for file in files {
            guard let questionnaire = try compiler.unproven(SurveyFile.read(file)) else {
                Terminal.note("\(file) has other errors; heed compile \(file) shows them.")
                isReached = false
                continue
            }
            guard let target = ProofTarget(name, of: questionnaire) else { continue }
            isKnown = true
            var proof = SurveyProof(questionnaire)
            guard let witness = proof.witness(of: target) else {
                let isProven = proof.verdict(target) == .unreachable
                Terminal.note(
                    isProven
                        ? "\(file): no answers lead to \(name)."
                        : "\(file): no answers were found that lead to \(name), and that there are none is not proven.")
                isReached = false
                continue
            }
            switch format {
            case .text:
                if files.count > 1 { try Terminal.print(file) }
                try Terminal.write(Array(WitnessReport.text(witness, questionnaire).utf8))
            case .json, .sarif: try Terminal.write(WitnessReport.json(witness, of: name, questionnaire))
            }
        }
        if !isReached { throw ExitStatus.dataError }
        if !isKnown {
            throw ValidationError(
                "No survey here has \(name). Write page:ID, question:ID, option:ID.CODE, ending:N or case:ID.")
        }
    }

    // MARK: Explanations

    private static func explain(_ id: String) throws {
        guard let code = SurveyCompiler.codes.first(where: { $0.id == id.uppercased() }) else {
            throw ValidationError(
                "There is no code \(id). There are \(SurveyCompiler.codes.map(\.id).joined(separator: ", ")).")
        }
        try Terminal.write(Array(code.explanation.utf8))
    }
}
