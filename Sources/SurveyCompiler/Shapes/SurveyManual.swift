internal import Diagnostics
internal import QuestionnaireModel

/// The parts of the manual that are made from the registries, so that they cannot lie.
package enum SurveyManual {
    /// The generated parts by the name between their marks in `docs/survey-language.md`, as Markdown.
    package static let parts: [(name: String, markdown: String)] = [
        ("elements", elements), ("common", common), ("questions", questions), ("functions", functions),
        ("words", words), ("surroundings", "```xml part\n\(SurveyExample.surroundings)\n```\n"),
        ("diagnostics", diagnostics),
    ]

    // MARK: Elements

    private static var elements: String {
        var shapes: [ElementShape] = []
        func collect(_ shape: ElementShape) {
            // A page stands in a block too.
            if shapes.contains(where: { $0.name == shape.name && $0.summary == shape.summary }) { return }
            shapes.append(shape)
            for case .element(let inner) in shape.children.map(\.content) { collect(inner) }
        }
        collect(SurveyLanguage.survey)
        return shapes.map { section($0, level: "###") }.joined(separator: "\n")
    }

    private static var common: String {
        attributeTable(SurveyLanguage.commonAttributes) + "\n" + childTable(SurveyLanguage.commonChildren)
    }

    private static var questions: String {
        QuestionTypeRegistry.standard.map { type in
            var text = section(type.shape, level: "###")
            for case .element(let inner) in type.shape.children.map(\.content) {
                text += "\n" + section(inner, level: "####")
            }
            return text
        }.joined(separator: "\n")
    }

    private static func section(_ shape: ElementShape, level: String) -> String {
        var text = "\(level) `<\(shape.name)>`\n\n\(shape.summary)\n"
        if !shape.attributes.isEmpty { text += "\n" + attributeTable(shape.attributes) }
        if !shape.children.isEmpty { text += "\n" + childTable(shape.children) }
        for example in shape.examples {
            // A whole survey stands by itself; the rest is compiled in the surroundings.
            text += "\n```xml\(example.hasPrefix("<survey") ? "" : " part")\n\(example)\n```\n"
        }
        return text
    }

    private static func attributeTable(_ attributes: [AttributeShape]) -> String {
        attributes.reduce(into: "| attribute | value | |\n|---|---|---|\n") { text, attribute in
            let need = attribute.isRequired ? " **Required.**" : ""
            text += "| `\(attribute.name)` | \(value(attribute.kind)) | \(cell(attribute.summary))\(need) |\n"
        }
    }

    private static func childTable(_ children: [ChildShape]) -> String {
        children.reduce(into: "| holds | how many | |\n|---|---|---|\n") { text, child in
            let name = if case .question = child.content { "a question" } else { "`<\(child.name)>`" }
            text += "| \(name) | \(count(child)) | \(cell(child.summary)) |\n"
        }
    }

    private static func count(_ child: ChildShape) -> String {
        if case .text = child.content { return child.least > 0 ? "1 a language" : "0 or 1 a language" }
        switch (child.least, child.most) {
        case (let least, nil): return "\(least) or more"
        case (let least, let most?): return least == most ? "\(least)" : "\(least) to \(most)"
        }
    }

    private static func value(_ kind: AttributeShape.Kind) -> String {
        switch kind {
        case .name: "id"
        case .dottedName: "ids joined by dots"
        case .boolean: "`true` or `false`"
        case .integer(let range): "whole number, \(range.lowerBound) to \(range.upperBound)"
        case .decimal: "number"
        case .date: "date: `2026-01-31`"
        case .day: "date, or `today`, `today+30d`, `today-18y` (`d` `w` `m` `y`)"
        case .pattern: "[pattern](#patterns)"
        case .duration: "span of time: `30m`, `24h`, `3d`, `1w`"
        case .oneOf(let words): words.map { "`\($0)`" }.joined(separator: ", ")
        case .languages: "language tags, parted by spaces"
        case .condition: "[condition](#conditions)"
        case .value: "[value](#conditions)"
        case .version: "letters, digits, `.` and `-`; 32 at most"
        case .address: "https address"
        case .text: "text"
        }
    }

    private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|").replacing("<", with: "&lt;") }

    // MARK: Functions, words, diagnostics

    private static var functions: String {
        ConditionFunction.all.reduce(into: "| function | gives | | for example |\n|---|---|---|---|\n") {
            text, function in
            text +=
                "| `\(function.signature)` | \(function.result?.words ?? "what its values are") | \(cell(function.summary)) | `\(function.example)` |\n"
        }
    }

    private static var words: String {
        "heed has its own words (buttons, problems, notices) in "
            + Words.all.map { "`\($0.language)`" }.sorted().joined(separator: ", ") + ".\n"
    }

    private static var diagnostics: String {
        SurveyCompiler.codes.map { code in
            // Marked, so that nobody takes it for an example to follow.
            let example = code.example.isEmpty ? "" : "\n```xml wrong\n\(code.example)\n```\n"
            return "### \(code.id): \(code.title)\n\nAn \(code.severity.rawValue). \(code.why)\n\(example)"
                .replacing("An warning", with: "A warning").replacing("An note", with: "A note")
        }
        .joined(separator: "\n")
    }
}
