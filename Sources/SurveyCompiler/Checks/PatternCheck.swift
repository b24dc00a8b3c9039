internal import Diagnostics
internal import Markup
internal import QuestionnaireModel

/// Every pattern can be read, and runs in time that grows with the text only.
enum PatternCheck: SurveyCheck {
    static let badPattern = DiagnosticCode(
        "S044", title: "pattern not understood",
        why: "heed cannot know which answers to take. Patterns are plain, so that no answer can keep the server busy.",
        example: "<text id=\"order-number\" pattern=\"[A-Z{3}\"><prompt>Which order?</prompt></text>")

    static let codes = [badPattern]

    static func check(_ draft: SurveyDraft, _ source: inout SurveySource) {
        for question in draft.questions {
            guard let shape = SurveyLanguage.question(named: question.element.name) else { continue }
            for known in shape.attributes {
                guard case .pattern = known.kind, let attribute = question.element.attribute(known.name) else {
                    continue
                }
                do throws(TextPattern.Problem) {
                    _ = try TextPattern(attribute.value)
                } catch {
                    let bytes = attribute.value.utf8.count
                    let places = WrittenText(attribute.valueRange, of: source.text.bytes, count: bytes)
                    let range = error.range.isEmpty ? attribute.markedRange : places.place(of: error.range)
                    source.report(badPattern, at: range, error.message, help: error.help)
                }
            }
        }
    }
}
