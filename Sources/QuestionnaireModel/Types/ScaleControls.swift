internal import Feedback
internal import Markup

/// What all questions on a whole-number scale share: large targets in a row, with labelled ends.
///
/// Digits are Latin in every language and the order follows the reading direction, low end first.
package struct ScaleControls: Sendable {
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
        guard text.utf8.count < 8, let number = Int(text), String(number) == text, range.contains(number) else {
            return .problem(.notOnScale(range))
        }
        return .answers([Answers.Entry(key: id.rawValue, answer: .integer(number))])
    }

    func formFields(for answers: Answers, id: QuestionID) -> [FormFields.Field] {
        guard case .integer(let number) = answers[id.rawValue] else { return [] }
        return [FormFields.Field(name: id.rawValue, value: String(number))]
    }

    func value(of answer: Answer) -> Value {
        if case .integer(let number) = answer { .number(Double(number)) } else { .unknown }
    }

    func words(for answer: Answer) -> String {
        if case .integer(let number) = answer { String(number) } else { "" }
    }

    func draw(
        _ drawing: QuestionDrawing, lowPhrase: Phrase? = nil, highPhrase: Phrase? = nil, into html: inout HTMLWriter
    ) {
        let chosen = drawing.fields.values(drawing.name)
        html.open("div", ["class": "scale n\(range.count)"])
        for number in range {
            let value = String(number)
            html.open("label")
            html.open(
                "input",
                [
                    "type": "radio", "name": drawing.name, "value": value,
                    "checked": chosen.contains(value) ? "" : nil,
                ])
            html.element("span", text: value)
            // The words of an end belong to its number for those who hear the page; for the others they stand below.
            let isEnd = number == range.lowerBound || number == range.upperBound
            if isEnd, hasWords(atLow: number == range.lowerBound, lowPhrase, highPhrase) {
                html.element("span", ["class": "vh"]) { html in
                    html.markup(", ")
                    write(atLow: number == range.lowerBound, drawing, lowPhrase, highPhrase, into: &html)
                }
            }
            html.close("label")
        }
        html.close("div")
        guard hasWords(atLow: true, lowPhrase, highPhrase) || hasWords(atLow: false, lowPhrase, highPhrase) else {
            return
        }
        html.element("div", ["class": "ends", "aria-hidden": "true"]) { html in
            for isLow in [true, false] {
                html.element("span") { html in
                    guard hasWords(atLow: isLow, lowPhrase, highPhrase) else { return }
                    html.text("\(isLow ? range.lowerBound : range.upperBound) · ")
                    write(atLow: isLow, drawing, lowPhrase, highPhrase, into: &html)
                }
            }
        }
    }

    private func hasWords(atLow isLow: Bool, _ lowPhrase: Phrase?, _ highPhrase: Phrase?) -> Bool {
        isLow ? low != nil || lowPhrase != nil : high != nil || highPhrase != nil
    }

    private func write(
        atLow isLow: Bool, _ drawing: QuestionDrawing, _ lowPhrase: Phrase?, _ highPhrase: Phrase?,
        into html: inout HTMLWriter
    ) {
        if let text = isLow ? low : high {
            drawing.write(text, into: &html)
        } else if let phrase = isLow ? lowPhrase : highPhrase {
            drawing.write(phrase, into: &html)
        }
    }
}
