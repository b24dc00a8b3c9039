package import Feedback

/// Form fields in the order they were sent, decoded and checked to be text.
package struct FormFields: Sendable, Equatable {
    /// One field.
    package struct Field: Sendable, Equatable {
        /// The field's name.
        package let name: String
        /// The field's value, with line ends as LF.
        package let value: String

        /// One field.
        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The fields, in order.
    package var fields: [Field]

    /// Fields in the order sent.
    package init(_ fields: [Field] = []) { self.fields = fields }

    /// The first value of a name, if it was sent.
    package subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

    /// Every value of a name, in order.
    package func values(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

    /// The fields without those that choose one of some options, or answer one of some rows, of a question.
    func dropping(_ codes: [String], of question: Question) -> FormFields {
        if codes.isEmpty { return self }
        // A matrix and a ranking have a field for each; elsewhere `id.other` is the free text of whichever takes it.
        let hasFieldEach =
            switch question.type.domain {
            case .rows, .orders: true
            default: false
            }
        return FormFields(
            fields.filter { field in
                if field.name == question.id.rawValue { return !codes.contains(field.value) }
                guard hasFieldEach, let part = question.id.part(of: field.name) else { return true }
                return !codes.contains(part)
            })
    }

    /// Appends a field.
    package mutating func append(_ name: String, _ value: String) { fields.append(Field(name: name, value: value)) }
}

extension QuestionID {
    /// The part of a question that a field's name means, such as `speed` of `aspects.speed`; nil for other names.
    package func part(of name: String) -> String? {
        let (own, name) = (rawValue.utf8, name.utf8)
        guard name.count > own.count + 1, name.starts(with: own), name.dropFirst(own.count).first == UInt8(ascii: ".")
        else { return nil }
        return String(name.dropFirst(own.count + 1))
    }
}
