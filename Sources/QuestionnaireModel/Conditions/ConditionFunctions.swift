internal import Feedback

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
        /// Any expression that is a yes or no.
        case condition
        /// Any expression that is a number.
        case number
        /// Any expression that is a date.
        case date
        /// Any expression; all such arguments of a call have one type, which is the result's.
        case value
    }

    /// The name, as written.
    package let name: String
    /// What it says, in one sentence.
    package let summary: String
    /// What its arguments must be.
    package let parameters: [Parameter]
    /// The type of its value; nil for the type of its `value` arguments.
    package let result: ValueType?
    /// A condition or value that uses it, over the questions of the manual.
    package let example: String
    /// Its value; an unanswered argument comes as unknown.
    package let evaluate: @Sendable ([Value]) -> Value

    package static func == (left: ConditionFunction, right: ConditionFunction) -> Bool { left.name == right.name }

    /// Every function there is; a new one is one entry.
    package static let all: [ConditionFunction] = [
        ConditionFunction(
            name: "answered", summary: "Whether a question was asked and answered.", parameters: [.question],
            result: .boolean, example: "answered(recommend)"
        ) { .boolean($0[0] != .unknown) },
        ConditionFunction(
            name: "selected", summary: "Whether an option was chosen; unknown when the question was not answered.",
            parameters: [.choices, .code], result: .boolean, example: "selected(topics, 'price')"
        ) { arguments in
            guard case .set(let codes) = arguments[0], case .text(let code) = arguments[1] else { return .unknown }
            return .boolean(codes.contains(code))
        },
        ConditionFunction(
            name: "count", summary: "How many options were chosen; unknown when the question was not answered.",
            parameters: [.choices], result: .number, example: "count(topics) ge 2"
        ) { arguments in
            guard case .set(let codes) = arguments[0] else { return .unknown }
            return .number(Double(codes.count))
        },
        ConditionFunction(
            name: "length", summary: "How many characters a text has; unknown when the question was not answered.",
            parameters: [.text], result: .number, example: "length(reason) ge 20"
        ) { arguments in
            guard case .text(let text) = arguments[0] else { return .unknown }
            return .number(Double(text.unicodeScalars.count))
        },
        ConditionFunction(
            name: "if", summary: "The second where the first holds, the third where it does not; unknown between them.",
            parameters: [.condition, .value, .value], result: nil,
            example: "if(recommend ge 9, 'fan', 'other') eq 'fan'"
        ) { arguments in
            switch arguments[0] {
            case .boolean(true): arguments[1]
            case .boolean(false): arguments[2]
            default: arguments[1] == arguments[2] ? arguments[1] : .unknown
            }
        },
        ConditionFunction(
            name: "default", summary: "The first, or the second where the first is unknown.",
            parameters: [.value, .value], result: nil, example: "default(satisfaction, 3) le 2"
        ) { $0[0] == .unknown ? $0[1] : $0[0] },
        ConditionFunction(
            name: "min", summary: "The lesser of two numbers.", parameters: [.number, .number], result: .number,
            example: "min(recommend, satisfaction) le 2"
        ) { numbers($0, { Swift.min($0, $1) }) },
        ConditionFunction(
            name: "max", summary: "The greater of two numbers.", parameters: [.number, .number], result: .number,
            example: "max(recommend, satisfaction) le 2"
        ) { numbers($0, { Swift.max($0, $1) }) },
        ConditionFunction(
            name: "round", summary: "The nearest whole number; halves go away from zero.", parameters: [.number],
            result: .number, example: "round(satisfaction div 2) eq 2"
        ) { arguments in
            guard case .number(let number) = arguments[0] else { return .unknown }
            return .number(number.rounded())
        },
        ConditionFunction(
            name: "days", summary: "How many days the second date is after the first; negative when it is before.",
            parameters: [.date, .date], result: .number, example: "days(order.date, delivered) gt 7"
        ) { arguments in
            guard case .date(let first) = arguments[0], case .date(let second) = arguments[1] else { return .unknown }
            return .number(Double(second.dayNumber - first.dayNumber))
        },
    ]

    private static func numbers(_ arguments: [Value], _ combine: (Double, Double) -> Double) -> Value {
        guard case .number(let first) = arguments[0], case .number(let second) = arguments[1] else { return .unknown }
        return .number(combine(first, second))
    }

    /// The function of a name, if there is one.
    package static func named(_ name: String) -> ConditionFunction? { all.first { $0.name == name } }
}
