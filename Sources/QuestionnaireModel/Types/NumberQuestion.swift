package import Feedback
package import Markup

/// A number, typed; stored as the shortest decimal.
package struct NumberQuestion: QuestionType {
    package static let shape = ElementShape(
        "number", "A number, typed as people write it and stored as the shortest decimal.",
        attributes: [
            AttributeShape("least", .decimal, "The least number taken."),
            AttributeShape("most", .decimal, "The greatest number taken."),
            AttributeShape("whole", .boolean, "Takes whole numbers only."),
        ],
        children: [
            .text("unit", "The unit, shown after the field, such as \"kg\"."), OwnMessage.range.shape,
            OwnMessage.format.shape,
        ],
        examples: [
            """
            <number id="weight" least="0.5" most="30">
              <prompt>How heavy was the parcel?</prompt>
              <unit>kg</unit>
              <range-message>We send parcels of 0.5 to 30 kg.</range-message>
              <format-message>Please write a number, such as 2.5.</format-message>
            </number>
            """,
            """
            <number id="visits" least="0" most="99" whole="true">
              <prompt>How often were you here this year?</prompt>
            </number>
            """,
        ])

    private let least: DecimalNumber?
    private let most: DecimalNumber?
    private let isWhole: Bool
    private let unit: LocalizedText?

    package init?(_ element: MarkupElement, _ source: inout SurveySource) {
        least = element["least"].flatMap { DecimalNumber($0) }
        most = element["most"].flatMap { DecimalNumber($0) }
        isWhole = element["whole"] == "true"
        unit = source.localized("unit", in: element)
        if let least, let most, least.value > most.value {
            source.report(
                .impossibleBounds, at: element.attribute("most")?.valueRange ?? element.nameRange,
                "No number is at least \(least.text) and at most \(most.text).",
                help: "Give least=\"…\" the lower number and most=\"…\" the higher one.")
        }
    }

    package var valueType: ValueType { .number }
    package var domain: AnswerDomain { .numbers(low: least?.value, high: most?.value) }
    package var measure: Measure? { .number }
    package var texts: [LocalizedText] { [unit].compactMap(\.self) }
    package var isGroup: Bool { false }

    package func decode(_ fields: FormFields, id: QuestionID) -> DecodedAnswer {
        let values = fields.values(id.rawValue).filter { !$0.allSatisfy(\.isWhitespace) }
        guard let text = values.first else { return .none }
        if values.count > 1 { return .problem(.moreThanOne) }
        guard let number = TypedNumber.read(text) else { return .problem(.notANumber) }
        let whole = Int(number.text)
        if isWhole, whole == nil { return .problem(.notWhole) }
        if let least, number.value < least.value { return .problem(.tooLow(least)) }
        if let most, number.value > most.value { return .problem(.tooHigh(most)) }
        // A whole number is an integer, as it is when a stored line is read back.
        return .answers([Answers.Entry(key: id.rawValue, answer: whole.map { .integer($0) } ?? .number(number))])
    }

    package func formFields(for answers: Answers, id: QuestionID) -> [FormFields.Field] {
        guard let answer = answers[id.rawValue], let text = Self.text(answer) else { return [] }
        return [FormFields.Field(name: id.rawValue, value: text)]
    }

    package func value(of answer: Answer) -> Value {
        switch answer {
        case .integer(let number): .number(Double(number))
        case .number(let number): .number(number.value)
        default: .unknown
        }
    }

    package func words(for answer: Answer, in language: LanguageTag) -> String { Self.text(answer) ?? "" }

    private static func text(_ answer: Answer) -> String? {
        switch answer {
        case .integer(let number): String(number)
        case .number(let number): number.text
        default: nil
        }
    }

    package func draw(_ drawing: QuestionDrawing, into html: inout HTMLWriter) {
        html.open("div", ["class": "number"])
        html.open(
            "input",
            [
                "type": "text", "inputmode": isWhole ? "numeric" : "decimal", "autocomplete": "off", "dir": "ltr",
                "name": drawing.name, "id": drawing.name, "value": drawing.fields[drawing.name] ?? "",
                "aria-required": drawing.isRequired ? "true" : nil, "aria-describedby": drawing.describedBy,
                "aria-invalid": drawing.isInvalid ? "true" : nil,
            ])
        if let unit {
            html.open("span")
            drawing.write(unit, into: &html)
            html.close("span")
        }
        html.close("div")
    }
}
