internal import Feedback
internal import Markup

/// The options of a choice question as large targets, with a text field where an option takes text.
struct OptionList: Sendable {
    let options: [Choice]
    /// `radio` or `checkbox`.
    let control: String

    func draw(_ drawing: QuestionDrawing, into html: inout HTMLWriter) {
        let chosen = drawing.fields.values(drawing.name)
        html.open("div", ["class": "pick"])
        for option in options {
            html.element("label") { html in
                html.open(
                    "input",
                    [
                        "type": control, "name": drawing.name, "id": "\(drawing.name)-\(option.code)",
                        "value": option.code, "checked": chosen.contains(option.code) ? "" : nil,
                        "required": drawing.isRequired && control == "radio" ? "" : nil,
                        "aria-describedby": drawing.describedBy,
                    ])
                html.text(drawing.fill(option.label))
            }
        }
        html.close("div")
        guard let other = options.first(where: \.takesText) else { return }
        // The page's style shows this field only while its option is chosen.
        html.element("div", ["class": "other"]) { html in
            html.element("label", ["for": drawing.name + ".other"]) { html in
                html.text(drawing.fill(other.label) + ": " + drawing.words(.otherText))
            }
            html.open(
                "input",
                [
                    "type": "text", "name": drawing.name + ".other", "id": drawing.name + ".other",
                    "maxlength": String(OtherText.mostCharacters), "value": drawing.fields[drawing.name + ".other"] ?? "",
                ])
        }
    }
}

/// The free text of an option that takes text, stored under `id.other`.
enum OtherText {
    static let mostCharacters = 500

    static func decode(_ fields: FormFields, id: QuestionID) -> DecodedAnswer {
        let key = id.rawValue + ".other"
        guard let text = fields[key], !text.allSatisfy(\.isWhitespace) else { return .none }
        if let problem = TextQuestion.problem(in: text, mostCharacters: mostCharacters) { return .problem(problem) }
        return .answers([Answers.Entry(key: key, answer: .text(text))])
    }

    static func formFields(for answers: Answers, id: QuestionID) -> [FormFields.Field] {
        let key = id.rawValue + ".other"
        guard case .text(let text) = answers[key] else { return [] }
        return [FormFields.Field(name: key, value: text)]
    }
}
