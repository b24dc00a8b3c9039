internal import Crypto
package import Diagnostics
internal import Feedback
internal import LibXML
internal import Markup
internal import QuestionnaireModel

/// Turns survey files into questionnaires, or into everything that is wrong with them.
///
/// One compiler serves any number of files, from any thread; it keeps the compiled schema.
package struct SurveyCompiler: Sendable {
    private let schema: XMLSchema?

    /// A compiler with the schema inside the binary.
    package init() { schema = XMLSchema(Asset.surveySchema.bytes) }

    /// The checks that run over every survey, in order; a new one is one file and one line.
    static let checks: [any SurveyCheck.Type] = [
        IdentityCheck.self,
        ReservedNameCheck.self,
        ReadingOrderCheck.self,
        CycleCheck.self,
        DecidedConditionCheck.self,
        PipeCheck.self,
        EndingCheck.self,
        ProfileCheck.self,
    ]

    /// Compiles one file; the questionnaire is nil when there is any error.
    package func compile(_ text: SourceText) -> CompiledSurvey {
        let document = XMLReader.read(text, schema: schema)
        guard let root = document.root, document.diagnostics.isEmpty else {
            return CompiledSurvey(file: text.file, questionnaire: nil, diagnostics: document.diagnostics)
        }
        let declared = root["languages"].map(AttributeValue.languages) ?? []
        var source = SurveySource(text: text, languages: declared.isEmpty ? [.english] : declared)
        guard root.name == "survey", root.namespace == SurveyLanguage.namespace else {
            source.report(
                .notASurvey, at: root.nameRange, "The root is <\(root.name)>, not a heed survey.",
                help: "Begin with <survey xmlns=\"\(SurveyLanguage.namespace)\" …>.")
            return CompiledSurvey(file: text.file, questionnaire: nil, diagnostics: source.diagnostics)
        }
        ShapeCheck.check(root, &source)
        let draft = Lowering.lower(root, &source)
        for check in Self.checks { check.check(draft, &source) }
        // The schema is a net below our own checks; it speaks only where they found nothing.
        if !source.diagnostics.contains(where: { $0.severity == .error }) { source.diagnostics += document.violations }
        if source.isFull {
            source.diagnostics.append(
                Diagnostic(
                    .tooMuch, file: text.file,
                    message: "Only the first \(SurveySource.mostDiagnostics) problems of this file are shown."))
        }
        let isSound = !source.diagnostics.contains { $0.severity == .error }
        let questionnaire = isSound ? draft.questionnaire(digest: Self.digest(of: text.bytes)) : nil
        return CompiledSurvey(
            file: text.file, questionnaire: questionnaire, diagnostics: source.diagnostics.inFileOrder)
    }

    /// SHA-256 of a definition's bytes, in lower-case hexadecimal.
    package static func digest(of bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: SHA256.hash(data: bytes).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}

extension [Diagnostic] {
    /// By place, errors first at the same place, each once.
    var inFileOrder: [Diagnostic] {
        guard count > 1 else { return self }
        var seen: [Diagnostic] = []
        for diagnostic in enumerated().sorted(by: {
            ($0.element.position, $0.element.severity, $0.offset) < (
                $1.element.position, $1.element.severity, $1.offset
            )
        }).map(\.element) where seen.last != diagnostic {
            seen.append(diagnostic)
        }
        return seen
    }
}
