package import Feedback
package import Markup

/// Options in an order of the customer's own, without dragging: each has a menu for its place.
///
/// Fields are `id.code` with a place from 1 on. Places left out between others close up, for the order is what counts.
package struct RankingQuestion: QuestionType {
    package static let shape = ElementShape(
        "ranking",
        "Options put in order, the first place first; in tables their codes stand in one cell, parted by semicolons.",
        attributes: [
            AttributeShape(
                "least", .integer(1...20), "The fewest options to rank, when any are; as many as most when not given."),
            AttributeShape("most", .integer(1...20), "How many places there are; one for each option when not given."),
            OptionShapes.order,
        ],
        children: [.element(OptionShapes.rankedOption, least: 2, most: 20), OwnMessage.count.shape],
        examples: [
            """
            <ranking id="first" least="1" most="2" order="random">
              <prompt>What matters most to you?</prompt>
              <count-message>Please give at least one a place.</count-message>
              <option code="price">Price</option>
              <option code="speed"><label>Speed</label></option>
              <option code="care" show-if="satisfaction le 3">Care</option>
            </ranking>
            """
        ])

    package private(set) var options: [Choice]
    private var least: Int
    private var most: Int

    package init?(_ element: MarkupElement, _ source: inout SurveySource) {
        options = source.choices(in: element)
        if options.isEmpty { return nil }
        most = element["most"].flatMap { Int($0) } ?? options.count
        least = element["least"].flatMap { Int($0) } ?? most
        if least > most || most > options.count || least < 1 {
            source.report(
                .impossibleBounds,
                at: (element.attribute("most") ?? element.attribute("least"))?.valueRange ?? element.nameRange,
                "At least \(least) and at most \(most) of \(options.count) options cannot be ranked.",
                help:
                    "Give least=\"…\" a number no greater than most=\"…\", and most=\"…\" none greater than the number of options."
            )
        }
    }

    package func offering(_ codes: [String]) -> RankingQuestion {
        var copy = self
        copy.options = options.offering(codes)
        copy.most = min(most, copy.options.count)
        copy.least = min(least, copy.options.count)
        return copy
    }

    private var codes: [String] { options.map(\.code) }
    package var valueType: ValueType { .set(codes) }
    package var domain: AnswerDomain { .orders(codes) }
    package var measure: Measure? { nil }

    package func decode(_ fields: FormFields, id: QuestionID) -> DecodedAnswer {
        var ranked: [(place: Int, code: String)] = []
        for field in fields.fields where !field.value.isEmpty {
            if field.name == id.rawValue { return .problem(.notAnOption) }
            guard let code = id.part(of: field.name) else { continue }
            guard codes.contains(code) else { return .problem(.notAnOption) }
            guard field.value.utf8.count < 8, let place = Int(field.value), String(place) == field.value,
                (1...most).contains(place)
            else { return .problem(.notOnScale(1...most)) }
            if ranked.contains(where: { $0.code == code }) { return .problem(.moreThanOne) }
            ranked.append((place, code))
        }
        if ranked.isEmpty { return .none }
        ranked.sort { $0.place < $1.place }
        for (one, next) in zip(ranked, ranked.dropFirst()) where one.place == next.place {
            return .problem(.samePlace(one.place))
        }
        if ranked.count < least { return .problem(.tooFewPlaces(least)) }
        return .answers([Answers.Entry(key: id.rawValue, answer: .list(ranked.map(\.code)))])
    }

    package func formFields(for answers: Answers, id: QuestionID) -> [FormFields.Field] {
        guard case .list(let codes) = answers[id.rawValue] else { return [] }
        return Self.fields(codes, id)
    }

    package func formFields(cell: String, id: QuestionID) -> [FormFields.Field] {
        Self.fields(OptionList.codes(cell: cell), id)
    }

    private static func fields(_ codes: [String], _ id: QuestionID) -> [FormFields.Field] {
        codes.enumerated().map { FormFields.Field(name: "\(id).\($0.element)", value: String($0.offset + 1)) }
    }

    package func value(of answer: Answer) -> Value {
        if case .list(let codes) = answer { .set(codes) } else { .unknown }
    }

    package func words(for answer: Answer, in language: LanguageTag) -> String {
        guard case .list(let codes) = answer else { return "" }
        return codes.enumerated().map { place, code in
            let label = options.first { $0.code == code }?.label.filled(in: language) { _ in nil }
            return "\(place + 1). \(label ?? code)"
        }
        .joined(separator: ", ")
    }

    package func draw(_ drawing: QuestionDrawing, into html: inout HTMLWriter) {
        let chosen = options.map { drawing.row($0.code) }.map { drawing.fields[$0.name] ?? "" }
        let isShort = chosen.filter { !$0.isEmpty }.count < least
        html.open("p", ["class": "hint"])
        drawing.write(.placesUpTo, String(most), into: &html)
        html.close("p")
        html.open("div", ["class": "ranks"])
        for (option, place) in zip(options, chosen) {
            let isWrong = place.isEmpty ? isShort : chosen.filter { $0 == place }.count > 1
            html.open("label", ["id": drawing.place(of: option.code)])
            html.open("span")
            drawing.write(option.label, into: &html)
            html.close("span")
            html.open(
                "select",
                [
                    "name": drawing.row(option.code).name, "autocomplete": "off",
                    "aria-invalid": drawing.isInvalid && isWrong ? "true" : "false",
                ])
            html.element("option", ["value": ""], text: "–")
            for number in 1...max(1, most) {
                html.element("option", ["selected": place == String(number) ? "" : nil], text: String(number))
            }
            html.close("select")
            html.close("label")
        }
        html.close("div")
    }
}
