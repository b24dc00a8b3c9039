package import Feedback
package import Markup

/// Words between questions: its prompt is shown, nothing is asked.
package struct StatementQuestion: QuestionType {
    package static let shape = ElementShape(
        "statement", "Words between questions; its prompt is shown and nothing is asked.",
        examples: [
            """
            <statement id="note">
              <prompt>Two short questions are left.</prompt>
            </statement>
            """
        ])

    package init?(_ element: MarkupElement, _ source: inout SurveySource) {}

    package var valueType: ValueType { .none }
    package var domain: AnswerDomain { .none }
    package var measure: Measure? { nil }
    package var isGroup: Bool { false }

    package func decode(_ fields: FormFields, id: QuestionID) -> DecodedAnswer { .none }
    package func formFields(for answers: Answers, id: QuestionID) -> [FormFields.Field] { [] }
    package func value(of answer: Answer) -> Value { .unknown }
    package func words(for answer: Answer, in language: LanguageTag) -> String { "" }
    package func draw(_ drawing: QuestionDrawing, into html: inout HTMLWriter) {}
}
