internal import Crypto
package import Diagnostics
internal import Feedback
internal import LibXML
internal import Markup
package import QuestionnaireModel

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
        PatternCheck.self,
        SamePageCheck.self,
        OfferCheck.self,
        EndingCheck.self,
        ProfileCheck.self,
    ]

    /// Compiles one file; the questionnaire is nil when there is any error.
    package func compile(_ text: SourceText) -> CompiledSurvey {
        let document = XMLReader.read(text, schema: schema)
        guard let root = document.root, document.diagnostics.isEmpty else {
            return CompiledSurvey(file: text.file, questionnaire: nil, diagnostics: document.diagnostics)
        }
        var source = Self.source(text, root)
        guard let draft = Self.draft(root, &source) else {
            return CompiledSurvey(file: text.file, questionnaire: nil, diagnostics: source.diagnostics)
        }
        for check in Self.checks { check.check(draft, &source) }
        var questionnaire: Questionnaire?
        var paths: PathStatistics?
        if Proof.canBegin(after: source.diagnostics) {
            questionnaire = draft.questionnaire(digest: Self.digest(of: text.bytes))
            if let questionnaire { paths = Proof.check(questionnaire, draft, &source) }
        } else {
            EndingCheck.checkUnproven(draft, &source)
        }
        source.countMissingTranslations()
        // The schema is a net below our own checks; it speaks only where they found nothing.
        if !source.diagnostics.contains(where: { $0.severity == .error }) { source.diagnostics += document.violations }
        if source.isFull {
            source.diagnostics.append(
                Diagnostic(
                    .tooMuch, file: text.file,
                    message: "Only the first \(SurveySource.mostDiagnostics) problems of this file are shown."))
        }
        let isSound = !source.diagnostics.contains { $0.severity == .error }
        return CompiledSurvey(
            file: text.file, questionnaire: isSound ? questionnaire : nil, diagnostics: source.diagnostics.inFileOrder,
            facts: isSound ? SurveyFacts(paths: paths, texts: source.textCount, missing: source.missingTexts) : nil)
    }

    /// Compiles a definition that was published once: what only a proof holds against it comes too late, for its
    /// customers have links and its answers are read by it. A later heed that proves more must not take them away.
    package func published(_ text: SourceText) -> CompiledSurvey {
        let compiled = compile(text)
        let verdicts = Proof.codes + DecidedConditionCheck.codes + EndingCheck.codes
        let isOnlyUnproven = compiled.diagnostics.allSatisfy { $0.severity != .error || verdicts.contains($0.code) }
        guard compiled.questionnaire == nil, isOnlyUnproven, let questionnaire = unproven(text) else { return compiled }
        return CompiledSurvey(file: text.file, questionnaire: questionnaire, diagnostics: compiled.diagnostics)
    }

    /// The questionnaire of a file whose conditions may lead nowhere, so that it can be asked where they lead; nil when
    /// anything else is wrong with it.
    package func unproven(_ text: SourceText) -> Questionnaire? {
        let document = XMLReader.read(text, schema: schema)
        guard let root = document.root, document.diagnostics.isEmpty else { return nil }
        var source = Self.source(text, root)
        guard let draft = Self.draft(root, &source) else { return nil }
        for check in Self.checks where check != DecidedConditionCheck.self { check.check(draft, &source) }
        guard Proof.canBegin(after: source.diagnostics) else { return nil }
        return draft.questionnaire(digest: Self.digest(of: text.bytes))
    }

    private static func source(_ text: SourceText, _ root: MarkupElement) -> SurveySource {
        let declared = root["languages"].map(AttributeValue.languages) ?? []
        return SurveySource(text: text, languages: declared.isEmpty ? [.english] : declared)
    }

    /// What a document says; nil when it is no survey at all, which is reported.
    private static func draft(_ root: MarkupElement, _ source: inout SurveySource) -> SurveyDraft? {
        guard root.name == "survey", root.namespace == SurveyLanguage.namespace else {
            source.report(
                .notASurvey, at: root.nameRange, "The root is <\(root.name)>, not a heed survey.",
                help: "Begin with <survey xmlns=\"\(SurveyLanguage.namespace)\" …>.")
            return nil
        }
        ShapeCheck.check(root, &source)
        return Lowering.lower(root, &source)
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
