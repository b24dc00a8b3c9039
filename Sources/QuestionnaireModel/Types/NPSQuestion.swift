package import Feedback
package import Markup

/// Likelihood to recommend, always 0 to 10 and never recoded (Reichheld 2003).
package struct NPSQuestion: QuestionType {
    package static let shape = ElementShape(
        "nps", "Likelihood to recommend on 0 to 10: 0–6 detractor, 7–8 passive, 9–10 promoter.",
        children: ScaleControls.endShapes)

    private let scale: ScaleControls

    package init?(_ element: MarkupElement, _ source: inout SurveySource) {
        scale = ScaleControls(0...10, element, &source)
    }

    package var valueType: ValueType { .number }
    package var domain: AnswerDomain { .integers(scale.range) }
    package var measure: Measure? { .nps }
    package var texts: [LocalizedText] { scale.texts }

    package func decode(_ fields: FormFields, id: QuestionID) -> DecodedAnswer { scale.decode(fields, id: id) }

    package func formFields(for answers: Answers, id: QuestionID) -> [FormFields.Field] {
        scale.formFields(for: answers, id: id)
    }

    package func value(of answer: Answer) -> Value { scale.value(of: answer) }
    package func words(for answer: Answer, in language: LanguageTag) -> String { scale.words(for: answer) }

    package func draw(_ drawing: QuestionDrawing, into html: inout HTMLWriter) {
        scale.draw(drawing, lowPhrase: .notAtAllLikely, highPhrase: .extremelyLikely, into: &html)
    }
}
