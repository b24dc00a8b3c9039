package import Feedback
package import Markup

/// A calendar date, picked or typed; stored as `YYYY-MM-DD`.
package struct DateQuestion: QuestionType {
    package static let shape = ElementShape(
        "date", "A date, chosen with the platform's own picker and stored as 2026-01-31.",
        attributes: [
            AttributeShape("from", .date, "The first date taken."),
            AttributeShape("to", .date, "The last date taken."),
        ])

    private let first: LocalDate?
    private let last: LocalDate?

    package init?(_ element: MarkupElement, _ source: inout SurveySource) {
        first = element["from"].flatMap { LocalDate($0) }
        last = element["to"].flatMap { LocalDate($0) }
        if let first, let last, first > last {
            source.report(
                .impossibleBounds, at: element.attribute("to")?.valueRange ?? element.nameRange,
                "No date is from \(first) to \(last).",
                help: "Give from=\"…\" the earlier date and to=\"…\" the later one.")
        }
    }

    package var valueType: ValueType { .date }
    package var domain: AnswerDomain { .dates(low: first, high: last) }
    package var measure: Measure? { nil }
    package var isGroup: Bool { false }

    package func decode(_ fields: FormFields, id: QuestionID) -> DecodedAnswer {
        let values = LineInput.typed(fields, id) { $0.properties.isWhitespace || $0.properties.isBidiControl }
        guard let text = values.first else { return .none }
        if values.count > 1 { return .problem(.moreThanOne) }
        guard let date = Self.date(text) else { return .problem(.notADate) }
        if let first, date < first { return .problem(.tooEarly(first)) }
        if let last, date > last { return .problem(.tooLate(last)) }
        return .answers([Answers.Entry(key: id.rawValue, answer: .text(date.description))])
    }

    /// Pickers send `YYYY-MM-DD`; where there is none the same is typed, perhaps in the digits of another script.
    private static func date(_ text: String) -> LocalDate? {
        guard text.utf8.count <= 40 else { return nil }
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            if let digit = TypedNumber.digit(scalar) {
                bytes.append(UInt8(ascii: "0") + digit)
            } else if scalar == "-" {
                bytes.append(UInt8(ascii: "-"))
            } else {
                return nil
            }
        }
        return LocalDate(ascii: bytes[...])
    }

    package func formFields(for answers: Answers, id: QuestionID) -> [FormFields.Field] {
        guard case .text(let text) = answers[id.rawValue] else { return [] }
        return [FormFields.Field(name: id.rawValue, value: text)]
    }

    package func value(of answer: Answer) -> Value {
        guard case .text(let text) = answer, let date = LocalDate(text) else { return .unknown }
        return .date(date)
    }

    package func words(for answer: Answer, in language: LanguageTag) -> String {
        if case .text(let text) = answer { text } else { "" }
    }

    package func draw(_ drawing: QuestionDrawing, into html: inout HTMLWriter) {
        LineInput(type: "date", least: first?.description, most: last?.description).draw(drawing, into: &html)
    }
}
