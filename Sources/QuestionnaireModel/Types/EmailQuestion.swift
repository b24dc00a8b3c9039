package import Feedback
package import Markup

/// An e-mail address, by the grammar that browsers keep (HTML Living Standard, "valid email address").
///
/// White space around it is dropped, as the standard's value sanitization does in every browser; nothing else is
/// changed.
/// It measures nothing: addresses are neither counted nor quoted in results.
package struct EmailQuestion: WrittenQuestion {
    package static let shape = ElementShape(
        "email", "An e-mail address, stored as typed without the space around it.",
        children: [OwnMessage.format.shape],
        examples: [
            """
            <email id="address">
              <prompt>Where may we write to?</prompt>
              <format-message>Please write an address with an @, such as maria@example.com.</format-message>
            </email>
            """
        ])

    private static let mostBytes = 254
    private let input = LineInput(type: "email", autocomplete: "email", direction: "ltr")

    package init?(_ element: MarkupElement, _ source: inout SurveySource) {}

    package var measure: Measure? { nil }

    package func decode(_ fields: FormFields, id: QuestionID) -> DecodedAnswer {
        let values = LineInput.typed(fields, id) { $0.properties.isWhitespace }
        guard let text = values.first else { return .none }
        if values.count > 1 { return .problem(.moreThanOne) }
        return Self.isAddress(text)
            ? .answers([Answers.Entry(key: id.rawValue, answer: .text(text))]) : .problem(.notEmail)
    }

    /// The standard's expression, and at most 254 bytes (RFC 5321 section 4.5.3.1.3, less the angle brackets).
    static func isAddress(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count <= mostBytes, let at = bytes.firstIndex(of: UInt8(ascii: "@")), at > 0 else { return false }
        let signs = Set(".!#$%&'*+/=?^_`{|}~-".utf8)
        guard bytes[..<at].allSatisfy({ isAlphanumeric($0) || signs.contains($0) }) else { return false }
        let labels = bytes[(at + 1)...].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return labels.allSatisfy { label in
            guard let first = label.first, let last = label.last, label.count <= 63 else { return false }
            return isAlphanumeric(first) && isAlphanumeric(last)
                && label.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
        }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
    }

    package func draw(_ drawing: QuestionDrawing, into html: inout HTMLWriter) { input.draw(drawing, into: &html) }
}
