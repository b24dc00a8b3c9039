package import Diagnostics

extension DiagnosticCode {
    /// Bounds of a question of which the lower is above the upper, or that no answer could meet.
    package static let impossibleBounds = DiagnosticCode(
        "S040", title: "bounds that no answer can meet", why: "Nobody could answer this question and go on.")
    /// A scale with more steps than a phone can show.
    package static let scaleTooLong = DiagnosticCode(
        "S041", title: "scale too long",
        why: "More than 21 targets cannot be told apart on a phone; ask for a number instead.")
    /// More than one option of a question that opens a text field.
    package static let severalOtherTexts = DiagnosticCode(
        "S042", title: "several options with text",
        why:
            "The free text of a question is stored once, under its id and \".other\"; it would not say which option it belongs to."
    )

    /// The codes that question types can give while they read their elements.
    package static let ofQuestionTypes = [impossibleBounds, scaleTooLong, severalOtherTexts]
}
