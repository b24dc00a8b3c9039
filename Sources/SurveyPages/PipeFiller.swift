internal import Feedback
internal import QuestionnaireModel

/// Fills names into texts: `contact.name`, declared fields and earlier answers.
struct PipeFiller: Sendable {
    let questionnaire: Questionnaire
    let language: LanguageTag
    let routing: Routing
    let contactName: String?

    /// The words for a name, or nil when it has none.
    func lookup(_ name: String) -> String? {
        guard let words = words(for: name), !words.isEmpty else { return nil }
        return Self.isolated(words, on: language)
    }

    private func words(for name: String) -> String? {
        if name == "contact.name" { return contactName }
        if let id = QuestionID(name), let question = questionnaire.question(id) {
            return routing.answers[name].map { question.type.words(for: $0, in: language) }
        }
        if let words = rowWords(for: name) { return words }
        switch routing.lookup(.field(name)) {
        case .text(let text): return text
        case .number(let number): return Int(exactly: number).map { String($0) } ?? String(number)
        case .date(let date): return date.description
        case .boolean, .set, .unknown: return nil
        }
    }

    /// The words for `question.item`: the answer to one row.
    private func rowWords(for name: String) -> String? {
        guard let id = QuestionID(String(name.prefix { $0 != "." })), let item = id.part(of: name),
            case .grid(let rows)? = routing.answers[id.rawValue], let row = rows.first(where: { $0.item == item })
        else { return nil }
        return questionnaire.question(id)?.type.row?.words(for: row.answer, in: language)
    }

    /// Text from outside that cannot turn the direction of the words around it (Unicode UAX 9, isolates).
    static func isolated(_ text: String, on language: LanguageTag) -> String {
        let isPlain = !language.isRightToLeft && text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
        if isPlain { return text }
        var kept = "\u{2068}"
        for scalar in text.unicodeScalars {
            let turnsDirection = (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
            // C0 controls are no text; U+0001 and U+0002 are also the marks of our own templates.
            if !turnsDirection, scalar.value >= 0x20 || scalar == "\n" { kept.unicodeScalars.append(scalar) }
        }
        return kept + "\u{2069}"
    }
}
