internal import Diagnostics
internal import Markup
internal import QuestionnaireModel

/// Questions and fields have none of the names that conditions and imported tables use themselves.
enum ReservedNameCheck: SurveyCheck {
    static let reservedName = DiagnosticCode(
        "S050", title: "reserved name",
        why: "Conditions read the operator words as operators, and tables to be imported have columns of their own.",
        example:
            "<choice id=\"language\"><prompt>Which?</prompt><option code=\"a\">One</option><option code=\"b\">Two</option></choice>"
    )

    static let codes = [reservedName]

    /// The columns of an imported table that say whose answers a row holds (DESIGN section 6).
    package static let importColumns = ["id", "submitted", "account", "contact", "role", "language", "wave"]

    static func check(_ draft: SurveyDraft, _ source: inout SurveySource) {
        let attributes =
            draft.fields.compactMap { $0.element.attribute("name") }
            + draft.questions.compactMap { $0.element.attribute("id") }
            + draft.computed.compactMap { $0.element.attribute("name") }
        for attribute in attributes {
            let why: String
            if OperatorWords.all.contains(attribute.value) {
                why = "a word of the condition language"
            } else if importColumns.contains(attribute.value) {
                why = "a column that every imported table may have"
            } else if attribute.value == "contact.name" {
                why = "the name of the person asked"
            } else {
                continue
            }
            source.report(
                reservedName, at: attribute.markedRange, "\"\(attribute.value)\" is \(why).",
                help: "Write a longer name, such as \"\(attribute.value.replacing(".", with: "-"))-asked\".")
        }
    }
}
