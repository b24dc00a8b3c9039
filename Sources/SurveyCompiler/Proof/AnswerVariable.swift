internal import Feedback
internal import QuestionnaireModel

/// What a question, a part of one, or a field can hold, as far as the survey's conditions tell it apart.
struct AnswerVariable {
    enum Part {
        /// The whole answer; `values` holds one of each kind, the first for silence.
        case whole
        /// One row of a matrix, likewise.
        case row(String)
        /// Whether any of the rows is answered that no condition reads.
        case otherRows
        /// Whether one of several options is chosen.
        case option(String)
        /// How many of the options are chosen that no condition reads; last, where there are such, an exclusive one.
        case otherOptions
        /// What a condition comes to that is not understood exactly: unknown, true or false.
        case opaque
    }

    /// The question it belongs to; nil for fields, and for what is not understood.
    let question: Int?
    /// The name of the field, for fields.
    var field: String?
    let part: Part
    var values: [Value] = []
    /// Whether conditions take every value it can hold like one of these.
    var isComplete = true

    var isOpaque: Bool { if case .opaque = part { true } else { false } }
}

extension Value {
    /// What a customer would type or choose for it; nil for what cannot be written down in one field.
    var typed: String? {
        switch self {
        case .number(let number):
            let isWhole = number.rounded() == number && abs(number) < 1e15
            let text = isWhole ? String(Int64(number)) : "\(number)"
            return DecimalNumber(text).flatMap { $0.value == number ? $0.text : nil }
        case .text(let text): return text
        case .boolean(let truth): return truth ? "yes" : "no"
        case .date(let date): return LocalDate(date.description).map(\.description)
        case .set, .unknown: return nil
        }
    }
}

extension QuestionType {
    /// Whether it takes an answer of a value, typed into its one field.
    func takes(_ value: Value, _ id: QuestionID) -> Bool {
        guard let typed = value.typed else { return false }
        let form = FormFields([FormFields.Field(name: id.rawValue, value: typed)])
        guard case .answers(let entries) = decode(form, id: id), let answer = entries.first?.answer else {
            return false
        }
        return self.value(of: answer) == value
    }

    /// How many of the options that do not exclude each other may be chosen together, of some codes.
    func takenCounts(of codes: [String], _ id: QuestionID) -> Set<Int> {
        let type = offering(codes)
        var taken: Set<Int> = []
        for count in codes.isEmpty ? 0..<0 : 1..<codes.count + 1 {
            let form = FormFields(choosing(Array(codes.prefix(count)), id))
            if case .answers = type.decode(form, id: id) { taken.insert(count) }
        }
        return taken
    }

    /// The form fields that choose some options, or rank them in this order.
    func choosing(_ codes: [String], _ id: QuestionID) -> [FormFields.Field] {
        if case .orders = domain {
            return codes.enumerated().map { FormFields.Field(name: "\(id).\($1)", value: String($0 + 1)) }
        }
        return codes.map { FormFields.Field(name: id.rawValue, value: $0) }
    }
}
