package import Feedback

/// A question type that asks for a whole number on a labelled scale; a type of this kind says its range and its words.
///
/// An implementer guarantees what `QuestionType` asks for by handing its `scale` to the controls here.
package protocol ScaleQuestion: QuestionType {
    /// The scale with the words of its ends.
    var scale: ScaleControls { get }
}

extension ScaleQuestion {
    package var valueType: ValueType { .number }
    package var domain: AnswerDomain { .integers(scale.range) }
    package var texts: [LocalizedText] { scale.texts }

    package func decode(_ fields: FormFields, id: QuestionID) -> DecodedAnswer { scale.decode(fields, id: id) }

    package func formFields(for answers: Answers, id: QuestionID) -> [FormFields.Field] {
        scale.formFields(for: answers, id: id)
    }

    package func value(of answer: Answer) -> Value { scale.value(of: answer) }
    package func words(for answer: Answer, in language: LanguageTag) -> String { scale.words(for: answer) }
}
