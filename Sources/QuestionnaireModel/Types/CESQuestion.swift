package import Feedback
package import Markup

/// Effort on 1 to 7, where 7 is the easiest; easy is 6 or 7.
package struct CESQuestion: QuestionType {
    package static let shape = ElementShape(
        "ces", "Effort on 1 to 7, 7 the easiest: 6 and 7 count as easy.", children: ScaleControls.endShapes)

    private let scale: ScaleControls

    package init?(_ element: MarkupElement, _ source: inout SurveySource) {
        scale = ScaleControls(1...7, element, &source)
    }

    package var valueType: ValueType { .number }
    package var domain: AnswerDomain { .integers(scale.range) }
    package var measure: Measure? { .ces }
    package var texts: [LocalizedText] { scale.texts }

    package func decode(_ fields: FormFields, id: QuestionID) -> DecodedAnswer { scale.decode(fields, id: id) }

    package func formFields(for answers: Answers, id: QuestionID) -> [FormFields.Field] {
        scale.formFields(for: answers, id: id)
    }

    package func value(of answer: Answer) -> Value { scale.value(of: answer) }
    package func words(for answer: Answer, in language: LanguageTag) -> String { scale.words(for: answer) }

    package func draw(_ drawing: QuestionDrawing, into html: inout HTMLWriter) {
        scale.draw(drawing, lowPhrase: .veryDifficult, highPhrase: .veryEasy, into: &html)
    }
}
