/// A JSON value as read from a line, with object keys in the order written and numbers as written.
package indirect enum JSONValue: Sendable, Equatable {
    /// `null`
    case null
    /// `true` or `false`
    case boolean(Bool)
    /// A number's own text, so that nothing is lost by reading it.
    case number(String)
    /// A string, escapes resolved.
    case string(String)
    /// An array.
    case array([JSONValue])
    /// An object; keys are unique.
    case object([Member])

    /// One key of an object with its value.
    package struct Member: Sendable, Equatable {
        /// The key.
        package let key: String
        /// Its value.
        package let value: JSONValue

        /// One key of an object with its value.
        package init(_ key: String, _ value: JSONValue) {
            self.key = key
            self.value = value
        }
    }

    /// The value of a key, if this is an object that has it.
    package subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }

    /// The text, if this is a string.
    package var string: String? { if case .string(let text) = self { text } else { nil } }

    /// The whole number, if this is one.
    package var integer: Int? { if case .number(let text) = self { Int(text) } else { nil } }

    /// The number, if this is one.
    package var double: Double? { if case .number(let text) = self { Double(text) } else { nil } }

    /// The truth, if this is a boolean.
    package var boolean: Bool? { if case .boolean(let truth) = self { truth } else { nil } }

    /// The elements, if this is an array.
    package var array: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }

    /// The members, if this is an object.
    package var members: [Member]? { if case .object(let members) = self { members } else { nil } }
}
