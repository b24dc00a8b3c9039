package import Feedback
package import Markup

/// One answer out of a list.
package struct ChoiceQuestion: QuestionType {
    package static let shape = ElementShape(
        "choice", "One answer out of a list.", attributes: [OptionShapes.order],
        children: [
            .element(OptionShapes.option, least: 2), .element(OptionShapes.group(of: OptionShapes.option)),
        ],
        examples: [
            """
            <choice id="place" order="random">
              <prompt>Where did you buy?</prompt>
              <group>
                <label>On the web</label>
                <option code="shop">Our shop</option>
                <option code="market" show-if="recommend le 6">A marketplace</option>
              </group>
              <option code="store"><label>A store</label></option>
              <option code="else" other="true">Elsewhere</option>
            </choice>
            """
        ])

    private var list: OptionList

    package init?(_ element: MarkupElement, _ source: inout SurveySource) {
        guard let list = OptionList(element, control: "radio", &source) else { return nil }
        self.list = list
    }

    package var options: [Choice] { list.options }

    package func offering(_ codes: [String]) -> ChoiceQuestion {
        var copy = self
        copy.list = list.offering(codes)
        return copy
    }

    package var valueType: ValueType { .choice(list.codes) }
    package var domain: AnswerDomain { .oneOf(list.codes) }
    package var measure: Measure? { .choice(list.codes) }

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
        if case .text(let code) = answer { list.words(for: code, in: language) } else { "" }
    }

    package func draw(_ drawing: QuestionDrawing, into html: inout HTMLWriter) {
        list.draw(drawing, into: &html)
    }
}
