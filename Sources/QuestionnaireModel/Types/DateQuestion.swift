package import Feedback
package import Markup

/// A calendar date, picked or typed; stored as `YYYY-MM-DD`.
package struct DateQuestion: QuestionType {
    package static let shape = ElementShape(
        "date", "A date, chosen with the platform's own picker and stored as 2026-01-31.",
        attributes: [
            AttributeShape("from", .day, "The first date taken."),
            AttributeShape("to", .day, "The last date taken."),
        ], children: [OwnMessage.range.shape, OwnMessage.format.shape],
        examples: [
            """
            <date id="bought" from="today-2y" to="today">
              <prompt>When did you buy it?</prompt>
              <range-message>Please choose a day in the last two years.</range-message>
              <format-message>Please write the day as 2026-01-31.</format-message>
            </date>
            """
        ])

    private let first: DateBound?
    private let last: DateBound?

    package init?(_ element: MarkupElement, _ source: inout SurveySource) {
        first = element["from"].flatMap { DateBound($0) }
        last = element["to"].flatMap { DateBound($0) }
        if let from = element["from"], let to = element["to"], isNeverOpen {
            source.report(
                .impossibleBounds, at: element.attribute("to")?.valueRange ?? element.nameRange,
                "No date is from \(from) to \(to).",
                help: "Give from=\"…\" the earlier date and to=\"…\" the later one.")
        }
    }

    /// Whether no date lies between the bounds, on any day that matters: both are fixed, or both counted from today.
    private var isNeverOpen: Bool {
        guard let first, let last, (first.fixed == nil) == (last.fixed == nil) else { return false }
        // Months differ in length, so a whole leap cycle's worth of days is looked at, a few apart.
        let days = stride(from: 20_000, to: 21_500, by: 5).map { LocalDate(dayNumber: $0) }
        return days.allSatisfy { first.date(on: $0) > last.date(on: $0) }
    }

    package var valueType: ValueType { .date }
    package var domain: AnswerDomain { .dates(low: first?.fixed, high: last?.fixed) }
    package var measure: Measure? { nil }
    package var isGroup: Bool { false }

    package func decode(_ fields: FormFields, id: QuestionID) -> DecodedAnswer {
        let values = LineInput.typed(fields, id) { $0.properties.isWhitespace || $0.properties.isBidiControl }
        guard let text = values.first else { return .none }
        if values.count > 1 { return .problem(.moreThanOne) }
        guard let date = Self.date(text) else { return .problem(.notADate) }
        if let first = first?.fixed, date < first { return .problem(.tooEarly(first)) }
        if let last = last?.fixed, date > last { return .problem(.tooLate(last)) }
        return .answers([Answers.Entry(key: id.rawValue, answer: .text(date.description))])
    }

    /// Bounds that are counted from today hold on the day of answering only.
    package func problem(with answer: Answer, on today: AnsweringDay) -> AnswerProblem.Kind? {
        guard case .text(let text) = answer, let date = LocalDate(text) else { return nil }
        if let first = first?.date(on: today.earliest), date < first { return .tooEarly(first) }
        if let last = last?.date(on: today.latest), date > last { return .tooLate(last) }
        return nil
    }

    /// Whether a bound is counted from the day of answering.
    package var dependsOnToday: Bool { [first, last].contains { $0 != nil && $0?.fixed == nil } }

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
        let least = first.flatMap { bound in drawing.today.map { bound.date(on: $0.earliest) } ?? bound.fixed }
        let most = last.flatMap { bound in drawing.today.map { bound.date(on: $0.latest) } ?? bound.fixed }
        LineInput(type: "date", least: least?.description, most: most?.description).draw(drawing, into: &html)
    }
}
