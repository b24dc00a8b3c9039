package import Feedback
package import Markup

/// Satisfaction on 1 to 5; satisfied is 4 or 5.
package struct CSATQuestion: QuestionType {
    package static let shape = ElementShape(
        "csat", "Satisfaction on 1 to 5: 4 and 5 count as satisfied.", children: ScaleControls.endShapes)

    private let scale: ScaleControls

    package init?(_ element: MarkupElement, _ source: inout SurveySource) {
        scale = ScaleControls(1...5, element, &source)
    }

    package var valueType: ValueType { .number }
    package var domain: AnswerDomain { .integers(scale.range) }
    package var measure: Measure? { .csat }
    package var texts: [LocalizedText] { scale.texts }

    package func decode(_ fields: FormFields, id: QuestionID) -> DecodedAnswer { scale.decode(fields, id: id) }

    package func formFields(for answers: Answers, id: QuestionID) -> [FormFields.Field] {
        scale.formFields(for: answers, id: id)
    }

    package func value(of answer: Answer) -> Value { scale.value(of: answer) }
    package func words(for answer: Answer, in language: LanguageTag) -> String { scale.words(for: answer) }

    package func draw(_ drawing: QuestionDrawing, into html: inout HTMLWriter) {
        scale.draw(drawing, lowPhrase: .veryDissatisfied, highPhrase: .verySatisfied, into: &html)
    }
}
