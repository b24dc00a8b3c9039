package import Feedback
package import Markup

/// A telephone number as people write it: 5 to 15 digits (ITU-T E.164 allows 15), and the usual signs between them.
///
/// Stored as typed, in the digits that were typed. Only white space and invisible direction marks around it are
/// dropped,
/// which address books put there. It measures nothing: numbers are neither counted nor quoted in results.
package struct PhoneQuestion: WrittenQuestion {
    package static let shape = ElementShape(
        "phone", "A telephone number, 5 to 15 digits with spaces, + ( ) - . and / between them, stored as typed.",
        children: [OwnMessage.format.shape],
        examples: [
            """
            <phone id="mobile">
              <prompt>Where may we call you?</prompt>
              <format-message>Please write the number with its area code.</format-message>
            </phone>
            """
        ])

    private static let digits = 5...15
    private static let mostCharacters = 40
    private let input = LineInput(type: "tel", autocomplete: "tel", direction: "ltr")

    package init?(_ element: MarkupElement, _ source: inout SurveySource) {}

    package var measure: Measure? { nil }

    package func decode(_ fields: FormFields, id: QuestionID) -> DecodedAnswer {
        let values = LineInput.typed(fields, id) { scalar in
            scalar.properties.isWhitespace || scalar.properties.isBidiControl
        }
        guard let text = values.first else { return .none }
        if values.count > 1 { return .problem(.moreThanOne) }
        return Self.isNumber(text)
            ? .answers([Answers.Entry(key: id.rawValue, answer: .text(text))]) : .problem(.notPhone)
    }

    /// Digits of the languages that heed speaks; one plus, before any digit; hyphens and spaces also as word
    /// processors write them.
    static func isNumber(_ text: String) -> Bool {
        let scalars = text.unicodeScalars
        guard scalars.count <= mostCharacters else { return false }
        var count = 0
        var hasPlus = false
        for scalar in scalars {
            if TypedNumber.digit(scalar) != nil {
                count += 1
            } else if scalar == "+" {
                if hasPlus || count > 0 { return false }
                hasPlus = true
            } else if !" ()-./\u{A0}\u{202F}\u{2010}\u{2011}\u{2013}".unicodeScalars.contains(scalar) {
                return false
            }
        }
        return digits.contains(count)
    }

    package func draw(_ drawing: QuestionDrawing, into html: inout HTMLWriter) { input.draw(drawing, into: &html) }
}
