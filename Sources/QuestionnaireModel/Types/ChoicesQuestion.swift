package import Feedback
package import Markup

/// Any number of answers out of a list, stored in the order of the definition.
package struct ChoicesQuestion: QuestionType {
    package static let shape = ElementShape(
        "choices", "Several answers out of a list; in tables their codes stand in one cell, parted by semicolons.",
        attributes: [
            AttributeShape("least", .integer(1...200), "The fewest options to choose, when any are chosen."),
            AttributeShape("most", .integer(1...200), "The most options to choose."), OptionShapes.order,
        ],
        children: [
            .element(OptionShapes.exclusiveOption, least: 2),
            .element(OptionShapes.group(of: OptionShapes.exclusiveOption)), OwnMessage.count.shape,
        ],
        examples: [
            """
            <choices id="liked" least="1" most="2" order="random">
              <prompt>What did you like?</prompt>
              <help>Choose one or two.</help>
              <count-message>Please choose one or two, or "Nothing".</count-message>
              <group>
                <label>The shop</label>
                <option code="range">Its range</option>
                <option code="price" show-if="selected(topics, 'price')">Its prices</option>
              </group>
              <option code="people"><label>Its people</label></option>
              <option code="else" other="true">Something else</option>
              <option code="nothing" exclusive="true">Nothing</option>
            </choices>
            """
        ])

    private var list: OptionList
    private var least: Int
    private var most: Int

    package init?(_ element: MarkupElement, _ source: inout SurveySource) {
        guard let list = OptionList(element, control: "checkbox", &source) else { return nil }
        self.list = list
        least = element["least"].flatMap { Int($0) } ?? 0
        most = element["most"].flatMap { Int($0) } ?? list.options.count
        if least > most || least > list.options.count || most < 1 {
            source.report(
                .impossibleBounds,
                at: (element.attribute("least") ?? element.attribute("most"))?.valueRange ?? element.nameRange,
                "At least \(least) and at most \(most) of \(list.options.count) options cannot be chosen.",
                help: "Give least=\"…\" a number no greater than most=\"…\" and the number of options.")
        }
    }

    package var options: [Choice] { list.options }

    package func offering(_ codes: [String]) -> ChoicesQuestion {
        var copy = self
        copy.list = list.offering(codes)
        // An exclusive option counts towards no bound.
        copy.least = min(least, copy.list.options.count { !$0.isExclusive })
        return copy
    }

    package var valueType: ValueType { .set(list.codes) }
    package var domain: AnswerDomain { .subsets(list.codes) }
    package var measure: Measure? { .choices(list.codes) }

    package func decode(_ fields: FormFields, id: QuestionID) -> DecodedAnswer {
        let sent = Set(fields.values(id.rawValue).filter { !$0.isEmpty })
        if sent.isEmpty { return .none }
        let chosen = list.options.filter { sent.contains($0.code) }
        if chosen.count < sent.count { return .problem(.notAnOption) }
        if chosen.contains(where: \.isExclusive) {
            if chosen.count > 1 { return .problem(.exclusive) }
        } else if chosen.count < least {
            return .problem(.tooFew(least))
        }
        if chosen.count > most { return .problem(.tooMany(most)) }
        var entries = [Answers.Entry(key: id.rawValue, answer: .list(chosen.map(\.code)))]
        if chosen.contains(where: \.takesText) {
            switch OtherText.decode(fields, id: id) {
            case .none: break
            case .answers(let other): entries += other
            case .problem(let problem): return .problem(problem)
            }
        }
        return .answers(entries)
    }

    package func formFields(for answers: Answers, id: QuestionID) -> [FormFields.Field] {
        guard case .list(let codes) = answers[id.rawValue] else { return [] }
        return codes.map { FormFields.Field(name: id.rawValue, value: $0) } + OtherText.formFields(for: answers, id: id)
    }

    package func formFields(cell: String, id: QuestionID) -> [FormFields.Field] {
        OptionList.codes(cell: cell).map { FormFields.Field(name: id.rawValue, value: $0) }
    }

    package func value(of answer: Answer) -> Value {
        if case .list(let codes) = answer { .set(codes) } else { .unknown }
    }

    package func words(for answer: Answer, in language: LanguageTag) -> String {
        guard case .list(let codes) = answer else { return "" }
        return codes.map { list.words(for: $0, in: language) }.joined(separator: ", ")
    }

    package func draw(_ drawing: QuestionDrawing, into html: inout HTMLWriter) {
        list.draw(drawing, into: &html)
        guard most < list.options.count || least > 1 else { return }
        html.open("p", ["class": "hint"])
        drawing.write(.chooseBetween, String(max(1, least)), String(most), into: &html)
        html.close("p")
    }
}
