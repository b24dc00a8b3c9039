internal import Feedback
internal import Markup

/// A field of one line whose keyboard or picker the browser chooses by its type.
struct LineInput {
    /// The `type` attribute: `email`, `tel` or `date`.
    let type: String
    /// The `autocomplete` attribute, so that a browser can fill in what it knows (WCAG 2.2, 1.3.5).
    var autocomplete: String?
    /// The direction of what is typed; nil where the browser's own picker decides.
    var direction: String?
    /// The first value a picker offers.
    var least: String?
    /// The last value a picker offers.
    var most: String?

    func draw(_ drawing: QuestionDrawing, into html: inout HTMLWriter) {
        html.open(
            "input",
            [
                "type": type, "autocomplete": autocomplete, "dir": direction, "min": least, "max": most,
                "name": drawing.name, "id": drawing.name, "value": drawing.fields[drawing.name] ?? "",
                "aria-required": drawing.isRequired ? "true" : nil, "aria-describedby": drawing.describedBy,
                "aria-invalid": drawing.isInvalid ? "true" : nil,
            ])
    }

    /// A text without the white space around it.
    static func trimmed(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(scalars[first...last])
    }

    /// Every value typed, without the characters that are dropped from its ends; values of nothing else are left out.
    static func typed(
        _ fields: FormFields, _ id: QuestionID, dropping isDropped: (Unicode.Scalar) -> Bool
    ) -> [String] {
        fields.values(id.rawValue).compactMap { value in
            let scalars = value.unicodeScalars
            guard let first = scalars.firstIndex(where: { !isDropped($0) }),
                let last = scalars.lastIndex(where: { !isDropped($0) })
            else { return nil }
            return String(scalars[first...last])
        }
    }
}
