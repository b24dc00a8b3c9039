/// A value worked out of answers and fields: `<let name="segment" value="…"/>`.
///
/// Conditions that name it hold its expression in place of the name, and its expression holds those of others that it
/// names; so only pipes, archives and people look it up by name.
package struct ComputedValue: Sendable {
    /// The name, unique among questions, fields and computed values.
    package let name: String
    /// The type of its values.
    package let type: ValueType
    /// How it is worked out, over questions and fields only.
    package let expression: Expression
    /// The text as written.
    package let source: String
    /// Words for its codes, where the author gave any.
    package let options: [Choice]
    /// The bytes of its start tag in the survey file.
    package let place: Range<Int>

    /// A value worked out of answers and fields.
    package init(
        name: String, type: ValueType, expression: Expression, source: String, options: [Choice], place: Range<Int>
    ) {
        self.name = name
        self.type = type
        self.expression = expression
        self.source = source
        self.options = options
        self.place = place
    }

    /// The value under some answers.
    package func value(_ lookup: (Reference) -> Value) -> Value { expression.value(lookup) }
}
