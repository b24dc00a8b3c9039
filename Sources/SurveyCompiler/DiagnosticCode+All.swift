package import Diagnostics
internal import LibXML
internal import QuestionnaireModel

extension SurveyCompiler {
    /// Every kind of problem a survey file can have, by id.
    package static let codes: [DiagnosticCode] =
        (DiagnosticCode.ofXML + DiagnosticCode.ofShapes + DiagnosticCode.ofTexts + DiagnosticCode.ofConditions
        + DiagnosticCode.ofComputedValues + DiagnosticCode.ofQuestionTypes + checks.flatMap { $0.codes } + Proof.codes
        + [SameVersion.code]).sorted { $0.id < $1.id }
}
