internal import Feedback
internal import Markup

/// What all questions on a whole-number scale share: one row of large targets with labelled ends.
struct ScaleControls: Sendable {
    /// The numbers of the scale.
    let range: ClosedRange<Int>
    /// Words for the low end.
    let low: LocalizedText?
    /// Words for the high end.
    let high: LocalizedText?

    /// The children that words for the ends are written in.
    static let endShapes: [ChildShape] = [
        .text("low", "Words for the low end of the scale."), .text("high", "Words for the high end of the scale."),
    ]

    init(_ range: ClosedRange<Int>, _ element: MarkupElement, _ source: inout SurveySource) {
        self.range = range
        low = source.localized("low", in: element)
        high = source.localized("high", in: element)
    }

    var texts: [LocalizedText] { [low, high].compactMap(\.self) }

    func decode(_ fields: FormFields, id: QuestionID) -> DecodedAnswer {
        let values = fields.values(id.rawValue).filter { !$0.isEmpty }
        guard let text = values.first else { return .none }
        if values.count > 1 { return .problem(.moreThanOne) }
        // Digits only, in their plain form: "07", "+7", "７" and "7.0" are not what the page sends.
        guard let number = Int(text), String(number) == text, range.contains(number) else {
            return .problem(.notOnScale(range))
        }
        return .answers([Answers.Entry(key: id.rawValue, answer: .integer(number))])
    }

    func formFields(for answers: Answers, id: QuestionID) -> [FormFields.Field] {
        guard case .integer(let number) = answers[id.rawValue] else { return [] }
        return [FormFields.Field(name: id.rawValue, value: String(number))]
    }

    func draw(_ drawing: QuestionDrawing, lowPhrase: Phrase?, highPhrase: Phrase?, into html: inout HTMLWriter) {
        let chosen = drawing.fields.values(drawing.name)
        html.open("div", ["class": "scale n\(range.count)"])
        for number in range {
            let value = String(number)
            html.element("label") { html in
                html.open(
                    "input",
                    [
                        "type": "radio", "name": drawing.name, "id": "\(drawing.name)-\(value)", "value": value,
                        "checked": chosen.contains(value) ? "" : nil, "required": drawing.isRequired ? "" : nil,
                        "aria-describedby": drawing.describedBy,
                    ])
                html.text(value)
            }
        }
        html.close("div")
        let lowWords = low.map(drawing.fill) ?? lowPhrase.map { drawing.words($0) }
        let highWords = high.map(drawing.fill) ?? highPhrase.map { drawing.words($0) }
        guard lowWords != nil || highWords != nil else { return }
        html.element("div", ["class": "ends"]) { html in
            html.element("span", text: lowWords.map { "\(range.lowerBound) · \($0)" } ?? "")
            html.element("span", text: highWords.map { "\(range.upperBound) · \($0)" } ?? "")
        }
    }
}
