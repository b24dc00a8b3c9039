internal import Diagnostics
internal import QuestionnaireModel

/// A check over a whole survey; what it finds it reports, and it never stops another from running.
protocol SurveyCheck: Sendable {
    /// The codes it can give.
    static var codes: [DiagnosticCode] { get }
    /// Reports what is wrong with a draft.
    static func check(_ draft: SurveyDraft, _ source: inout SurveySource)
}
