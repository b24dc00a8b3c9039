package import Diagnostics

extension DiagnosticCode {
    /// Bounds of a question of which the lower is above the upper, or that no answer could meet.
    package static let impossibleBounds = DiagnosticCode(
        "S040", title: "bounds that no answer can meet", why: "Nobody could answer this question and go on.",
        example: "<rating id=\"quality\" from=\"5\" to=\"1\"><prompt>How good?</prompt></rating>")
    /// A scale with more steps than a phone can show.
    package static let scaleTooLong = DiagnosticCode(
        "S041", title: "scale too long",
        why: "More than 21 targets cannot be told apart on a phone; ask for a number instead.",
        example: "<rating id=\"quality\" from=\"0\" to=\"100\"><prompt>How good?</prompt></rating>")
    /// More than one option of a question that opens a text field.
    package static let severalOtherTexts = DiagnosticCode(
        "S042", title: "several options with text",
        why:
            "The free text of a question is stored once, under its id and \".other\"; it would not say which option it belongs to.",
        example:
            "<choice id=\"place\"><prompt>Where?</prompt><option code=\"a\" other=\"true\">One</option><option code=\"b\" other=\"true\">Two</option></choice>"
    )
    /// A matrix whose rows are answered by options and on a scale, or by a single option.
    package static let unclearColumns = DiagnosticCode(
        "S043", title: "matrix without clear columns",
        why: "Every row is answered in the same way: by one of several options, or on one scale.",
        example:
            "<matrix id=\"quality\" to=\"5\"><prompt>How good?</prompt><item id=\"web\">The web shop</item><option code=\"good\">Good</option><option code=\"bad\">Bad</option></matrix>"
    )

    /// The codes that question types can give while they read their elements.
    package static let ofQuestionTypes = [impossibleBounds, scaleTooLong, severalOtherTexts, unclearColumns]
}
