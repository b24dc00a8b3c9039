package import Diagnostics
internal import Feedback
internal import QuestionnaireModel
internal import Records

/// What a compile run found, in the forms that people and programs read.
package struct CompileReport: Sendable {
    /// The files, in the order to be shown.
    package let surveys: [CompiledSurvey]
    /// Problems of paths that could not be read at all.
    package let unreadable: [Diagnostic]

    /// What a compile run found.
    package init(_ surveys: [CompiledSurvey], unreadable: [Diagnostic] = []) {
        self.surveys = surveys
        self.unreadable = unreadable
    }

    /// Everything found, unreadable files first, then by file.
    package var diagnostics: [Diagnostic] { unreadable + surveys.flatMap(\.diagnostics) }

    /// How many problems there are in how many files.
    package var summary: DiagnosticSummary {
        DiagnosticSummary(diagnostics, files: surveys.count + unreadable.count)
    }

    /// Every problem in full, then a line for each sound survey.
    package var text: String {
        var text = diagnostics.reduce(into: "") { $0 += $1.text + "\n" }
        for survey in surveys {
            guard let questionnaire = survey.questionnaire else { continue }
            let languages = questionnaire.profile.languages.map(\.rawValue).joined(separator: " ")
            text += "\(questionnaire.id) \(questionnaire.version): "
            text += "\(Self.count(questionnaire.pages.count, "page")), "
            text += "\(Self.count(questionnaire.questions.count, "question")), "
            text += "about \(SurveyEffort(questionnaire).seconds) s, \(languages)\n"
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

    private static func write(_ survey: CompiledSurvey, to writer: inout JSONWriter) {
        guard let questionnaire = survey.questionnaire else { return }
        writer.object { writer in
            writer.member("id", questionnaire.id.rawValue)
            writer.member("version", questionnaire.version.rawValue)
            writer.member("file", survey.file)
            writer.member("digest", questionnaire.digest)
            writer.member("pages", integer: questionnaire.pages.count)
            writer.member("questions", integer: questionnaire.questions.count)
            writer.member("seconds", integer: SurveyEffort(questionnaire).seconds)
            writer.key("languages")
            writer.array { writer in
                for language in questionnaire.profile.languages { writer.string(language.rawValue) }
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
        }
    }
}
