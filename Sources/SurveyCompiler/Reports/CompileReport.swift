package import Diagnostics
internal import Feedback
internal import QuestionnaireModel
internal import Records

/// What a compile run found, in the forms that people and programs read.
package struct CompileReport: Sendable {
    /// What is told of one sound survey; the questionnaire itself need not be kept for it.
    package struct Survey: Sendable {
        let file: String
        let id: SurveyID
        let version: SurveyVersion
        let digest: String
        let pages: Int
        let questions: Int
        let seconds: Int
        let languages: [Language]
        let paths: PathStatistics?

        /// What is told of one of its languages.
        struct Language: Sendable {
            let tag: LanguageTag
            let texts: Int
            let of: Int
            let reading: ReadingGrade?
        }

        /// What is told of a survey; nil when it has errors.
        package init?(_ compiled: CompiledSurvey) {
            guard let questionnaire = compiled.questionnaire else { return nil }
            file = compiled.file
            id = questionnaire.id
            version = questionnaire.version
            digest = questionnaire.digest
            pages = questionnaire.pages.count
            questions = questionnaire.questions.count
            seconds = SurveyEffort(questionnaire).seconds
            paths = compiled.facts?.paths
            let texts = compiled.facts?.texts ?? 0
            languages = questionnaire.profile.languages.map { tag in
                Language(
                    tag: tag, texts: texts - (compiled.facts?.missing[tag] ?? 0), of: texts,
                    reading: ReadingGrade(questionnaire, in: tag))
            }
        }
    }

    /// The sound surveys, in the order of the files.
    package let surveys: [Survey]
    /// Everything found, in the order of the files.
    package let diagnostics: [Diagnostic]
    /// How many files were looked at.
    package let files: Int

    /// What a compile run found in a number of files.
    package init(surveys: [Survey], diagnostics: [Diagnostic], files: Int) {
        self.surveys = surveys
        self.diagnostics = diagnostics
        self.files = files
    }

    /// What compiling some files gave.
    package init(_ compiled: [CompiledSurvey]) {
        self.init(
            surveys: compiled.compactMap { Survey($0) }, diagnostics: compiled.flatMap(\.diagnostics),
            files: compiled.count)
    }

    /// How many problems there are in how many files.
    package var summary: DiagnosticSummary { DiagnosticSummary(diagnostics, files: files) }

    /// Every problem in full, then a line for each sound survey.
    package var text: String {
        var text = diagnostics.reduce(into: "") { $0 += $1.text + "\n" }
        for survey in surveys {
            text += "\(survey.id) \(survey.version): "
            text += "\(Self.count(survey.pages, "page")), \(Self.count(survey.questions, "question")), "
            if let paths = survey.paths { text += paths.text + ", " }
            text += "about \(survey.seconds) s\n"
            for language in survey.languages {
                text += "  \(language.tag): \(language.texts) of \(Self.count(language.of, "text")), "
                text += "\(language.reading?.text ?? "no rule for reading")\n"
            }
        }
        return text
    }

    private static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

    /// The object of DESIGN section 6: surveys and diagnostics.
    package var json: [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.key("surveys")
            writer.array { writer in
                for survey in surveys { Self.write(survey, to: &writer) }
            }
            writer.key("diagnostics")
            writer.array { writer in
                for diagnostic in diagnostics { Self.write(diagnostic, to: &writer) }
            }
        }
        writer.endLine()
        return writer.bytes
    }

    private static func write(_ survey: Survey, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", survey.id.rawValue)
            writer.member("version", survey.version.rawValue)
            writer.member("file", survey.file)
            writer.member("digest", survey.digest)
            writer.member("pages", integer: survey.pages)
            writer.member("questions", integer: survey.questions)
            writer.member("seconds", integer: survey.seconds)
            writer.key("languages")
            writer.array { writer in
                for language in survey.languages { writer.string(language.tag.rawValue) }
            }
            writer.key("paths")
            if let paths = survey.paths {
                writer.object { writer in
                    writer.member("count", integer: paths.count)
                    writer.member("exact", boolean: paths.isExact)
                    writer.member("shortest", integer: paths.shortest)
                    writer.member("longest", integer: paths.longest)
                }
            } else {
                writer.null()
            }
            writer.key("texts")
            writer.array { writer in
                for language in survey.languages { write(language, to: &writer) }
            }
        }
    }

    private static func write(_ language: Survey.Language, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("language", language.tag.rawValue)
            writer.member("present", integer: language.texts)
            writer.member("of", integer: language.of)
            writer.key("reading")
            guard let reading = language.reading else { return writer.null() }
            writer.object { writer in
                writer.member("rule", reading.rule)
                writer.key(reading.isGrade ? "grade" : "ease")
                writer.number(reading.value)
            }
        }
    }

    private static func write(_ diagnostic: Diagnostic, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("code", diagnostic.code.id)
            writer.member("severity", diagnostic.severity.rawValue)
            writer.member("file", diagnostic.file)
            writer.member("line", integer: diagnostic.position.line)
            writer.member("column", integer: diagnostic.position.column)
            writer.member("width", integer: diagnostic.width)
            writer.member("message", diagnostic.message)
            writer.key("help")
            if let help = diagnostic.help { writer.string(help) } else { writer.null() }
            if let witness = diagnostic.witness { writer.member("witness", witness) }
        }
    }
}
