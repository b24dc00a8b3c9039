package import Feedback
package import Markup

/// One answer out of a list.
package struct ChoiceQuestion: QuestionType {
    package static let shape = ElementShape(
        "choice", "One answer out of a list.", children: [.element(OptionShapes.option, least: 2)])

    package let options: [Choice]

    package init?(_ element: MarkupElement, _ source: inout SurveySource) {
        options = source.choices(in: element)
        if options.isEmpty { return nil }
    }

    package var valueType: ValueType { .choice(options.map(\.code)) }
    package var domain: AnswerDomain { .oneOf(options.map(\.code)) }
    package var measure: Measure? { .choice(options.map(\.code)) }

    package func decode(_ fields: FormFields, id: QuestionID) -> DecodedAnswer {
        let values = fields.values(id.rawValue).filter { !$0.isEmpty }
        guard let code = values.first else { return .none }
        if values.count > 1 { return .problem(.moreThanOne) }
        guard let option = options.first(where: { $0.code == code }) else { return .problem(.notAnOption) }
        var entries = [Answers.Entry(key: id.rawValue, answer: .text(code))]
        if option.takesText {
            switch OtherText.decode(fields, id: id) {
            case .none: break
            case .answers(let other): entries += other
            case .problem(let problem): return .problem(problem)
            }
        }
        return .answers(entries)
    }

    package func formFields(for answers: Answers, id: QuestionID) -> [FormFields.Field] {
        guard case .text(let code) = answers[id.rawValue] else { return [] }
        return [FormFields.Field(name: id.rawValue, value: code)] + OtherText.formFields(for: answers, id: id)
    }

    package func value(of answer: Answer) -> Value {
        if case .text(let code) = answer { .text(code) } else { .unknown }
    }

    package func words(for answer: Answer, in language: LanguageTag) -> String {
        guard case .text(let code) = answer else { return "" }
        return options.first { $0.code == code }?.label.filled(in: language) { _ in nil } ?? code
    }

    package func draw(_ drawing: QuestionDrawing, into html: inout HTMLWriter) {
        OptionList(options: options, control: "radio").draw(drawing, into: &html)
    }
}
