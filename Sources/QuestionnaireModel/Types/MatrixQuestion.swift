package import Feedback
package import Markup

/// Several rows answered alike, each on a scale or by one option; stored as an object by row.
///
/// Every row is a rating or a choice of its own, in the field `id.item`. Where the question is required every row must
/// be
/// answered; rows left open are otherwise not stored.
package struct MatrixQuestion: QuestionType {
    package static let shape = ElementShape(
        "matrix",
        "Rows answered alike: on a scale, 1 to 10 unless from and to say otherwise, or by one of some options.",
        attributes: RatingQuestion.shape.attributes + [OptionShapes.order],
        children: [.element(OptionShapes.item, least: 1), .element(OptionShapes.plainOption)] + ScaleControls.endShapes,
        examples: [
            """
            <matrix id="parts" from="1" to="5" order="random">
              <prompt>How good was each part?</prompt>
              <item id="advice">The advice</item>
              <item id="delivery" show-if="selected(topics, 'speed')"><label>The delivery</label></item>
              <low>Poor</low> <high>Excellent</high>
            </matrix>
            """,
            """
            <matrix id="again">
              <prompt>Which would you use again?</prompt>
              <item id="web">The web shop</item> <item id="phone">The telephone</item>
              <option code="yes">Yes</option> <option code="no"><label>No</label></option>
            </matrix>
            """,
        ])

    /// The most answers that stand in columns beside the row's words, where there is room.
    private static let mostColumns = 7

    package private(set) var items: [Choice]
    private let kind: any QuestionType

    package init?(_ element: MarkupElement, _ source: inout SurveySource) {
        items = source.choices(in: element, named: "item", by: "id")
        let columns = element.elements(named: "option")
        let scale = element.attribute("from") ?? element.attribute("to")
        if let first = columns.first,
            scale != nil || columns.count < 2 || element.elements(named: "low").count > 0
                || element.elements(named: "high").count > 0
        {
            source.report(
                .unclearColumns, at: columns.count < 2 ? first.nameRange : scale?.nameRange ?? first.nameRange,
                "The rows of this matrix are answered neither by options alone nor on a scale alone.",
                help: "Write two <option> or more, or from=\"…\", to=\"…\", <low> and <high>.")
        }
        let kind: (any QuestionType)? =
            columns.isEmpty ? RatingQuestion(element, &source) : ChoiceQuestion(element, &source)
        guard let kind, !items.isEmpty else { return nil }
        self.kind = kind
    }

    package func offering(_ codes: [String]) -> MatrixQuestion {
        var copy = self
        copy.items = items.offering(codes)
        return copy
    }

    package var row: (any QuestionType)? { kind }
    package var options: [Choice] { kind.options }
    package var valueType: ValueType { .rows }
    package var domain: AnswerDomain { .rows(items.map(\.code)) }
    package var measure: Measure? { nil }
    package var texts: [LocalizedText] { items.map(\.label) + kind.texts }

    package func decode(_ fields: FormFields, id: QuestionID) -> DecodedAnswer {
        var given: [String: FormFields] = [:]
        for field in fields.fields where !field.value.isEmpty {
            if field.name == id.rawValue { return .problem(.notAnOption) }
            guard let item = id.part(of: field.name) else { continue }
            guard items.contains(where: { $0.code == item }) else { return .problem(.notAnOption) }
            // The row's own type reads its field as if it were a question of that name.
            given[item, default: FormFields()].append(id.rawValue, field.value)
        }
        var rows: [GridRow] = []
        for item in items {
            guard let fields = given[item.code] else { continue }
            switch kind.decode(fields, id: id) {
            case .none: break
            case .answers(let entries): rows += entries.map { GridRow(item: item.code, answer: $0.answer) }
            case .problem(let problem): return .problem(problem)
            }
        }
        return rows.isEmpty ? .none : .answers([Answers.Entry(key: id.rawValue, answer: .grid(rows))])
    }

    package func formFields(for answers: Answers, id: QuestionID) -> [FormFields.Field] {
        guard case .grid(let rows) = answers[id.rawValue] else { return [] }
        return rows.flatMap { row in
            let alone = Answers([Answers.Entry(key: id.rawValue, answer: row.answer)])
            return kind.formFields(for: alone, id: id).map {
                FormFields.Field(name: "\(id).\(row.item)", value: $0.value)
            }
        }
    }

    package func gap(in answer: Answer) -> AnswerProblem.Kind? {
        guard case .grid(let rows) = answer else { return .missing }
        return items.allSatisfy { item in rows.contains { $0.item == item.code } } ? nil : .rowsOpen
    }

    package func value(of answer: Answer) -> Value {
        if case .grid(let rows) = answer { .set(rows.map(\.item)) } else { .unknown }
    }

    package func words(for answer: Answer, in language: LanguageTag) -> String {
        guard case .grid(let rows) = answer else { return "" }
        return rows.map { row in
            let label = items.first { $0.code == row.item }?.label.filled(in: language) { _ in nil }
            return "\(label ?? row.item): \(kind.words(for: row.answer, in: language))"
        }
        .joined(separator: "; ")
    }

    package func draw(_ drawing: QuestionDrawing, into html: inout HTMLWriter) {
        let columns = if case .integers(let range) = kind.domain { range.count } else { options.count }
        let isTable = columns <= Self.mostColumns
        html.open("div", ["class": isTable ? "grid cols" : "grid"])
        if isTable, !options.isEmpty { drawHeads(drawing, into: &html) }
        for item in items {
            let row = drawing.row(item.code)
            let isOpen = drawing.isInvalid && drawing.isRequired && (drawing.fields[row.name] ?? "").isEmpty
            html.open(
                "div",
                [
                    "class": isOpen ? "row open" : "row", "id": drawing.place(of: item.code), "role": "radiogroup",
                    "aria-labelledby": row.name,
                    "aria-invalid": isOpen ? "true" : "false",
                ])
            html.open("div", ["id": row.name, "class": "item"])
            drawing.write(item.label, into: &html)
            html.close("div")
            html.open("div")
            kind.draw(row, into: &html)
            html.close("div")
            html.close("div")
        }
        html.close("div")
    }

    /// The options once more above the columns, for the eye only: each control keeps its own words.
    private func drawHeads(_ drawing: QuestionDrawing, into html: inout HTMLWriter) {
        html.open("div", ["class": "heads", "aria-hidden": "true"])
        html.open("div")
        for option in options {
            html.open("span")
            drawing.write(option.label, into: &html)
            html.close("span")
        }
        html.close("div")
        html.close("div")
    }
}
