/// A function that conditions may call.
package struct ConditionFunction: Sendable, Equatable {
    /// What an argument must be.
    package enum Parameter: Sendable, Equatable {
        /// The name of a question, of any type that has answers.
        case question
        /// The name of a question with several choices.
        case choices
        /// The name of a question with free text.
        case text
        /// A quoted code of the question named before it.
        case code
    }

    /// The name, as written.
    package let name: String
    /// What it says, in one sentence.
    package let summary: String
    /// What its arguments must be.
    package let parameters: [Parameter]
    /// The type of its value.
    package let result: ValueType
    /// Its value; an unanswered argument comes as unknown.
    package let evaluate: @Sendable ([Value]) -> Value

    package static func == (left: ConditionFunction, right: ConditionFunction) -> Bool { left.name == right.name }

    /// Every function there is; a new one is one entry.
    package static let all: [ConditionFunction] = [
        ConditionFunction(
            name: "answered", summary: "Whether a question was asked and answered.", parameters: [.question],
            result: .boolean
        ) { .boolean($0[0] != .unknown) },
        ConditionFunction(
            name: "selected", summary: "Whether an option was chosen; unknown when the question was not answered.",
            parameters: [.choices, .code], result: .boolean
        ) { arguments in
            guard case .set(let codes) = arguments[0], case .text(let code) = arguments[1] else { return .unknown }
            return .boolean(codes.contains(code))
        },
        ConditionFunction(
            name: "count", summary: "How many options were chosen; unknown when the question was not answered.",
            parameters: [.choices], result: .number
        ) { arguments in
            guard case .set(let codes) = arguments[0] else { return .unknown }
            return .number(Double(codes.count))
        },
        ConditionFunction(
            name: "length", summary: "How many characters a text has; unknown when the question was not answered.",
            parameters: [.text], result: .number
        ) { arguments in
            guard case .text(let text) = arguments[0] else { return .unknown }
            return .number(Double(text.unicodeScalars.count))
        },
    ]

    /// The function of a name, if there is one.
    package static func named(_ name: String) -> ConditionFunction? { all.first { $0.name == name } }
}
