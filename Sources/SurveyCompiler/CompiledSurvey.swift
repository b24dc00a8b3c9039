package import Diagnostics
package import QuestionnaireModel

/// What became of one survey file.
package struct CompiledSurvey: Sendable {
    /// The path as the user wrote it.
    package let file: String
    /// The questionnaire; nil when there is any error.
    package let questionnaire: Questionnaire?
    /// Everything found, in file order.
    package let diagnostics: [Diagnostic]

    /// What is known of a sound survey besides; nil when there is any error.
    package let facts: SurveyFacts?

    /// What became of one survey file.
    package init(
        file: String, questionnaire: Questionnaire?, diagnostics: [Diagnostic], facts: SurveyFacts? = nil
    ) {
        self.facts = facts
        self.file = file
        self.questionnaire = questionnaire
        self.diagnostics = diagnostics
    }

    /// Whether anything stops it from being published.
    package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

    /// The same file where warnings count as errors.
    package var strict: CompiledSurvey {
        let strict = diagnostics.map { diagnostic in
            var diagnostic = diagnostic
            if diagnostic.severity == .warning { diagnostic.severity = .error }
            return diagnostic
        }
        let isSound = strict.allSatisfy { $0.severity != .error }
        return CompiledSurvey(
            file: file, questionnaire: isSound ? questionnaire : nil, diagnostics: strict, facts: isSound ? facts : nil)
    }
}
