internal import Feedback
internal import Markup

/// The free text of an option that takes text, stored under `id.other`.
enum OtherText {
    static let mostCharacters = 500

    static func decode(_ fields: FormFields, id: QuestionID) -> DecodedAnswer {
        let key = id.rawValue + ".other"
        let values = fields.values(key).filter { !$0.allSatisfy(\.isWhitespace) }
        guard let text = values.first else { return .none }
        if values.count > 1 { return .problem(.moreThanOne) }
        if let problem = TextQuestion.problem(in: text, mostCharacters: mostCharacters) { return .problem(problem) }
        return .answers([Answers.Entry(key: key, answer: .text(text))])
    }

    static func formFields(for answers: Answers, id: QuestionID) -> [FormFields.Field] {
        let key = id.rawValue + ".other"
        guard case .text(let text) = answers[key] else { return [] }
        return [FormFields.Field(name: key, value: text)]
    }

    static func draw(_ option: Choice, _ drawing: QuestionDrawing, into html: inout HTMLWriter) {
        let name = drawing.name + ".other"
        html.open("label", ["class": "other"])
        html.open("span")
        drawing.write(option.label, into: &html)
        html.markup(": ")
        drawing.write(.otherText, into: &html)
        html.close("span")
        html.open("input", ["type": "text", "name": name, "dir": "auto", "value": drawing.fields[name] ?? ""])
        html.close("label")
    }
}
