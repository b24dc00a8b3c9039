internal import Feedback
internal import Markup

/// The options of a choice question as large targets, with a text field where an option takes text.
struct OptionList: Sendable {
    let options: [Choice]
    /// `radio` or `checkbox`.
    let control: String

    /// Reads the options of an element; nil when there are none to choose from.
    init?(_ element: MarkupElement, control: String, _ source: inout SurveySource) {
        options = source.choices(in: element)
        self.control = control
        if options.isEmpty { return nil }
        let opening = element.elements(named: "option").filter { $0["other"] == "true" }
        if opening.count > 1 {
            source.report(
                .severalOtherTexts, at: opening[1].attribute("other")?.nameRange ?? opening[1].nameRange,
                "This is the second option of the question that opens a text field.",
                help: "Keep other=\"true\" on one option; ask for more text in a <text> question with show-if.")
        }
    }

    private init(options: [Choice], control: String) {
        self.options = options
        self.control = control
    }

    /// The same with some of the options only, in the order given.
    func offering(_ codes: [String]) -> OptionList {
        OptionList(options: options.offering(codes), control: control)
    }

    var codes: [String] { options.map(\.code) }

    /// The codes of a table cell, parted by semicolons.
    static func codes(cell: String) -> [String] {
        cell.split(separator: ";").map { part in
            let start = part.drop(while: \.isWhitespace)
            return String(start[..<(start.lastIndex { !$0.isWhitespace }.map(start.index(after:)) ?? start.startIndex)])
        }
    }

    /// The label of a code, else the code itself.
    func words(for code: String, in language: LanguageTag) -> String {
        options.first { $0.code == code }?.label.filled(in: language) { _ in nil } ?? code
    }

    func draw(_ drawing: QuestionDrawing, into html: inout HTMLWriter) {
        let chosen = drawing.fields.values(drawing.name)
        let columns = options.count == 2 ? " two" : ""
        let look = (control == "radio" ? "pick one" : "pick") + columns
        var groups: [(heading: LocalizedText?, options: [Choice])] = []
        for option in options {
            if let last = groups.last, last.heading == option.group {
                groups[groups.count - 1].options.append(option)
            } else {
                groups.append((option.group, [option]))
            }
        }
        for (index, group) in groups.enumerated() {
            guard let heading = group.heading else {
                draw(group.options, look, chosen, drawing, into: &html)
                continue
            }
            let isStyled = group.options.allSatisfy { drawing.styled.contains($0.code) }
            html.open(
                "fieldset",
                ["class": "group", "id": isStyled ? QuestionDrawing.place(ofGroup: index, in: drawing.id) : nil])
            html.open("legend")
            drawing.write(heading, into: &html)
            html.close("legend")
            draw(group.options, look, chosen, drawing, into: &html)
            html.close("fieldset")
        }
        if let other = options.first(where: \.takesText) { OtherText.draw(other, drawing, into: &html) }
    }

    private func draw(
        _ options: [Choice], _ look: String, _ chosen: [String], _ drawing: QuestionDrawing, into html: inout HTMLWriter
    ) {
        html.open("div", ["class": look])
        for option in options {
            html.open("label", ["id": drawing.place(of: option.code)])
            html.open(
                "input",
                [
                    // The page's style shows the text field while an option of the class "opens" is chosen.
                    "type": control, "name": drawing.name, "value": option.code,
                    "class": option.takesText ? "opens" : nil, "checked": chosen.contains(option.code) ? "" : nil,
                ])
            html.open("span")
            drawing.write(option.label, into: &html)
            html.close("span")
            html.close("label")
        }
        html.close("div")
    }
}

extension [Choice] {
    /// Those of some codes, in the order of the codes.
    func offering(_ codes: [String]) -> [Choice] { codes.compactMap { code in first { $0.code == code } } }
}
