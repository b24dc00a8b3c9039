internal import Feedback
internal import Markup
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
        if let computed = questionnaire.computed(name) { return self.words(for: computed) }
        return words(for: routing.lookup(.field(name)))
    }

    private func words(for value: Value) -> String? {
        switch value {
        case .text(let text): text
        case .number(let number): Int(exactly: number).map { String($0) } ?? String(number)
        case .date(let date): date.description
        case .boolean, .set, .unknown: nil
        }
    }

    /// The author's words for its code, else the label of the option that it took over, else the value itself.
    private func words(for computed: ComputedValue) -> String? {
        let value = computed.value(routing.lookup)
        if case .text(let code) = value, let option = computed.options.first(where: { $0.code == code }) {
            return option.label.filled(in: language) { _ in nil }
        }
        return words(for: value, of: computed.expression)
    }

    /// The words of the part that a value came from.
    private func words(for value: Value, of part: Expression) -> String? {
        switch part {
        case .reference(let reference) where reference.question != nil: return words(for: reference.name)
        case .call(let function, let arguments) where function.result == nil:
            // The part whose value it took; of two alike either will do.
            let source = arguments.last { $0.value(routing.lookup) == value }
            return source.flatMap { words(for: value, of: $0) } ?? words(for: value)
        default: return words(for: value)
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
            // C0 controls are no text; U+0001 and U+0002 are also the marks of our own templates.
            if !Escaping.turnsDirection(scalar), scalar.value >= 0x20 || scalar == "\n" {
                kept.unicodeScalars.append(scalar)
            }
        }
        return kept + "\u{2069}"
    }
}
