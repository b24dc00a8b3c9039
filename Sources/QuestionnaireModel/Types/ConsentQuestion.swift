internal import Crypto
package import Feedback
internal import FoundationEssentials
package import Markup

/// Consent, given or refused with equal ease; the answer carries the digest of what was agreed to.
///
/// The digest is the first 32 hexadecimal digits of SHA-256 over the prompt, and the terms after a line feed where
/// there are
/// any, as written in the survey's first language. With the response's survey, version and language it proves the
/// words.
package struct ConsentQuestion: QuestionType {
    package static let shape = ElementShape(
        "consent", "Consent, given or refused; the answer keeps the digest of the words agreed to.",
        children: [.text("terms", "The full text that is agreed to, where the prompt does not say it all.")],
        examples: [
            """
            <consent id="quote">
              <prompt>May we quote you?</prompt>
              <terms>Your words may stand on our pages with your first name.</terms>
            </consent>
            """
        ])

    private let terms: LocalizedText?
    private let digest: String

    package init?(_ element: MarkupElement, _ source: inout SurveySource) {
        terms = source.localized("terms", in: element)
        // The prompt is read for its digest only; what is wrong with it is reported where every prompt is read.
        var silent = source
        let prompt = silent.localized("prompt", in: element)
        let texts = [prompt, terms].compactMap { $0?.versions[source.languages[0]]?.written }
        let bytes = SHA256.hash(data: Array(texts.joined(separator: "\n").utf8)).prefix(16)
        digest = bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    package var valueType: ValueType { .boolean }
    package var domain: AnswerDomain { .consent }
    package var measure: Measure? { .consent }
    package var texts: [LocalizedText] { [terms].compactMap(\.self) }

    package func decode(_ fields: FormFields, id: QuestionID) -> DecodedAnswer {
        let values = fields.values(id.rawValue).filter { !$0.isEmpty }
        guard let text = values.first else { return .none }
        if values.count > 1 { return .problem(.moreThanOne) }
        guard text == "yes" || text == "no" else { return .problem(.notAnOption) }
        return .answers([Answers.Entry(key: id.rawValue, answer: .consent(given: text == "yes", text: digest))])
    }

    package func formFields(for answers: Answers, id: QuestionID) -> [FormFields.Field] {
        guard case .consent(let given, _) = answers[id.rawValue] else { return [] }
        return [FormFields.Field(name: id.rawValue, value: given ? "yes" : "no")]
    }

    package func formFields(cell: String, id: QuestionID) -> [FormFields.Field] {
        let value = ["true": "yes", "false": "no"][cell] ?? cell
        return [FormFields.Field(name: id.rawValue, value: value)]
    }

    package func value(of answer: Answer) -> Value {
        if case .consent(let given, _) = answer { .boolean(given) } else { .unknown }
    }

    package func words(for answer: Answer, in language: LanguageTag) -> String {
        guard case .consent(let given, _) = answer else { return "" }
        return Words.speaking(language.primary)(given ? .agree : .disagree)
    }

    package func draw(_ drawing: QuestionDrawing, into html: inout HTMLWriter) {
        if let terms {
            html.open("p", ["class": "terms"])
            drawing.write(terms, into: &html)
            html.close("p")
        }
        html.open("div", ["class": "pick one two"])
        for (value, phrase) in [("yes", Phrase.agree), ("no", Phrase.disagree)] {
            html.open("label")
            html.open(
                "input",
                [
                    "type": "radio", "name": drawing.name, "value": value,
                    "checked": drawing.fields.values(drawing.name).contains(value) ? "" : nil,
                ])
            html.open("span")
            drawing.write(phrase, into: &html)
            html.close("span")
            html.close("label")
        }
        html.close("div")
    }
}
