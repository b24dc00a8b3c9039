package import Feedback

/// A question type whose answer is text as it was written, in one field; a type of this kind says what it takes.
///
/// An implementer guarantees that `decode` yields only text answers under the question's own key.
package protocol WrittenQuestion: QuestionType {}

extension WrittenQuestion {
    package var valueType: ValueType { .text }
    package var domain: AnswerDomain { .open }
    package var isGroup: Bool { false }

    package func formFields(for answers: Answers, id: QuestionID) -> [FormFields.Field] {
        guard case .text(let text) = answers[id.rawValue] else { return [] }
        return [FormFields.Field(name: id.rawValue, value: text)]
    }

    package func value(of answer: Answer) -> Value {
        if case .text(let text) = answer { .text(text) } else { .unknown }
    }

    package func words(for answer: Answer, in language: LanguageTag) -> String {
        if case .text(let text) = answer { text } else { "" }
    }
}
