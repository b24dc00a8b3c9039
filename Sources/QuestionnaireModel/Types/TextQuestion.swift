package import Feedback
package import Markup

/// Free text, stored as it was typed.
package struct TextQuestion: WrittenQuestion {
    package static let shape = ElementShape(
        "text", "Free text, stored exactly as typed.",
        attributes: [
            AttributeShape("min-length", .integer(1...10_000), "The fewest characters of an answer."),
            AttributeShape("max-length", .integer(1...10_000), "The most characters, 2,000 when not given."),
            AttributeShape("pattern", .pattern, "The form the whole text must have, without the space around it."),
            AttributeShape("lines", .integer(1...20), "How many lines the field shows, 4 when not given."),
        ],
        children: [OwnMessage.length.shape, OwnMessage.pattern.shape],
        examples: [
            """
            <text id="story" show-if="recommend le 6" min-length="10" max-length="500" lines="6">
              <prompt>What happened?</prompt>
              <length-message>A sentence or two, please.</length-message>
            </text>
            """,
            """
            <text id="order-number" pattern="[A-Z]{2}-\\d{4,8}" lines="1">
              <prompt>What is the number of your order?</prompt>
              <pattern-message>It begins with two letters and a hyphen, such as KX-2048.</pattern-message>
            </text>
            """,
        ])

    private let fewestCharacters: Int
    private let mostCharacters: Int
    private let pattern: TextPattern?
    private let lines: Int
    /// Whether the author set a bound, so that the page says it.
    private let saysLength: Bool

    package init?(_ element: MarkupElement, _ source: inout SurveySource) {
        mostCharacters = element["max-length"].flatMap { Int($0) }.map { min(max($0, 1), 10_000) } ?? 2000
        lines = element["lines"].flatMap { Int($0) }.map { min(max($0, 1), 20) } ?? 4
        saysLength = element["max-length"] != nil
        fewestCharacters = element["min-length"].flatMap { Int($0) }.map { min(max($0, 1), 10_000) } ?? 0
        pattern = element["pattern"].flatMap { try? TextPattern($0) }
        let fewest = max(fewestCharacters, pattern?.least ?? 0)
        let most = min(mostCharacters, pattern?.most ?? mostCharacters)
        if fewest > most {
            let place =
                element.attribute("pattern") ?? element.attribute("min-length") ?? element.attribute("max-length")
            source.report(
                .impossibleBounds, at: place?.valueRange ?? element.nameRange,
                "No text has at least \(fewest) and at most \(most) characters, as these attributes ask together.",
                help:
                    "Give min-length=\"…\" a number no greater than max-length=\"…\", and a pattern that fits between.")
        }
    }

    package var measure: Measure? { .verbatim }

    package func decode(_ fields: FormFields, id: QuestionID) -> DecodedAnswer {
        let values = fields.values(id.rawValue).filter { !$0.allSatisfy(\.isWhitespace) }
        guard let text = values.first else { return .none }
        if values.count > 1 { return .problem(.moreThanOne) }
        if let problem = Self.problem(in: text, mostCharacters: mostCharacters) { return .problem(problem) }
        let count = text.unicodeScalars.count
        if count < fewestCharacters { return .problem(.tooShort(least: fewestCharacters, count: count)) }
        if let pattern, !pattern.matches(LineInput.trimmed(text)) { return .problem(.unlikePattern) }
        return .answers([Answers.Entry(key: id.rawValue, answer: .text(text))])
    }

    /// Why a text cannot be stored; length counts Unicode scalars, as browsers' users would expect of `maxlength`.
    static func problem(in text: String, mostCharacters: Int) -> AnswerProblem.Kind? {
        let count = text.unicodeScalars.count
        if count > mostCharacters { return .tooLong(most: mostCharacters, count: count) }
        let isStorable = text.unicodeScalars.allSatisfy { scalar in
            // What XML 1.0 (section 2.2) cannot hold could never leave in an archive.
            (scalar.value >= 0x20 || scalar == "\n" || scalar == "\t") && scalar.value != 0xFFFE
                && scalar.value != 0xFFFF
        }
        return isStorable ? nil : .forbiddenCharacter
    }

    package func draw(_ drawing: QuestionDrawing, into html: inout HTMLWriter) {
        html.element(
            "textarea",
            [
                "name": drawing.name, "id": drawing.name, "rows": String(lines), "dir": "auto",
                "aria-required": drawing.isRequired ? "true" : nil, "aria-describedby": drawing.describedBy,
                "aria-invalid": drawing.isInvalid ? "true" : nil,
            ]
        ) { html in
            // HTML drops one line feed right after the start tag.
            html.markup("\n")
            html.text(drawing.fields[drawing.name] ?? "")
        }
        // No `maxlength`: it cuts pasted text without a word, and counts otherwise than we do.
        guard saysLength else { return }
        html.open("p", ["class": "hint"])
        drawing.write(.charactersAtMost, String(mostCharacters), into: &html)
        html.close("p")
    }
}
