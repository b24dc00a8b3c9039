package import Feedback

extension JSONWriter {
    /// Writes answers (or an invitation's fields) as an object, in stored order.
    package mutating func answers(_ answers: Answers) {
        object { writer in
            for entry in answers.entries {
                writer.key(entry.key)
                writer.answer(entry.answer)
            }
        }
    }

    /// Writes one answer in its stored shape.
    package mutating func answer(_ answer: Answer) {
        switch answer {
        case .integer(let number): integer(number)
        case .number(let number): raw(number.text)
        case .text(let text): string(text)
        case .list(let codes): array { writer in codes.forEach { writer.string($0) } }
        case .consent(let given, let text):
            object { writer in
                writer.member("given", boolean: given)
                writer.member("text", text)
            }
        case .grid(let rows):
            object { writer in
                for row in rows {
                    writer.key(row.item)
                    writer.answer(row.answer)
                }
            }
        }
    }
}

extension Answer {
    /// The answer that a stored value stands for, or nil when no answer looks like it.
    package init?(_ value: JSONValue) {
        switch value {
        case .number(let text):
            if let number = Int(text) {
                self = .integer(number)
            } else if let number = DecimalNumber(text) {
                self = .number(number)
            } else {
                return nil
            }
        case .string(let text): self = .text(text)
        case .array(let elements):
            let codes = elements.compactMap(\.string)
            if codes.count != elements.count { return nil }
            self = .list(codes)
        case .object(let members):
            if let given = value["given"]?.boolean {
                self = .consent(given: given, text: value["text"]?.string ?? "")
                return
            }
            let rows = members.compactMap { member in Answer(member.value).map { GridRow(item: member.key, answer: $0) }
            }
            if rows.count != members.count { return nil }
            self = .grid(rows)
        case .null, .boolean: return nil
        }
    }
}

extension Answers {
    /// The answers of a stored object, or nil when a value is none.
    package init?(_ value: JSONValue) {
        guard let members = value.members else { return nil }
        let entries = members.compactMap { member in Answer(member.value).map { Entry(key: member.key, answer: $0) } }
        if entries.count != members.count { return nil }
        self.init(entries)
    }
}
