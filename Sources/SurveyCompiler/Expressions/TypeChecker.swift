internal import Diagnostics
internal import Feedback
internal import Markup
internal import QuestionnaireModel

/// Gives every part of a condition its type, and says where parts do not fit together.
struct TypeChecker {
    private let names: Names
    private var references: [LocatedReference] = []

    /// Parses and types a condition; it must be a yes or no.
    static func check(_ attribute: MarkupAttribute, _ names: Names, _ source: inout SurveySource) -> LocatedCondition {
        guard let node = ConditionParser.parse(attribute, &source) else {
            return LocatedCondition(attribute: attribute, typed: nil, references: [])
        }
        return check(node, attribute, names, &source)
    }

    /// Types the value of a computed value; it may be of any type but rows.
    static func value(
        _ node: SyntaxNode, _ attribute: MarkupAttribute, _ names: Names, _ source: inout SurveySource
    ) -> LocatedCondition {
        var checker = TypeChecker(names: names)
        var typed = checker.type(node, &source)
        if let whole = typed, whole.type == .rows {
            source.report(
                .typeMismatch, at: whole.range, "\"\(whole.name)\" is answered row by row and has no value of its own.",
                help: "Name one of its rows: \(whole.name).row.")
            typed = nil
        }
        return LocatedCondition(attribute: attribute, typed: typed, references: checker.references)
    }

    private static func check(
        _ node: SyntaxNode, _ attribute: MarkupAttribute, _ names: Names, _ source: inout SurveySource
    ) -> LocatedCondition {
        var checker = TypeChecker(names: names)
        var typed = checker.type(node, &source)
        if let whole = typed, whole.type != .boolean {
            source.report(
                .typeMismatch, at: whole.range, "A condition must be a yes or no; this is \(whole.type.words).",
                help: checker.conditionAdvice(whole))
            typed = nil
        }
        return LocatedCondition(attribute: attribute, typed: typed, references: checker.references)
    }

    private init(names: Names) { self.names = names }

    private func conditionAdvice(_ whole: TypedExpression) -> String? {
        let name = whole.name
        if name == "…" { return "Compare it with something, such as ge 9." }
        switch whole.type {
        case .number: return "Compare it, such as \(name) ge 9, or write answered(\(name))."
        case .choice(let codes): return "Compare it, such as \(name) eq '\(codes.first ?? "yes")'."
        case .set(let codes): return "Write selected(\(name), '\(codes.first ?? "price")')."
        default: return "Write answered(\(name))."
        }
    }

    // MARK: Parts

    private mutating func type(_ node: SyntaxNode, _ source: inout SurveySource) -> TypedExpression? {
        switch node.kind {
        case .number(let number):
            return TypedExpression(expression: .literal(.number(number)), type: .number, range: node.range)
        case .text(let text):
            return TypedExpression(expression: .literal(.text(text)), type: .text, range: node.range)
        case .name(let name):
            return reference(name, at: node.range, &source)
        case .not(let inner):
            return operand(inner, .boolean, of: "not", &source).map {
                TypedExpression(expression: .not($0.expression), type: .boolean, range: node.range, operands: [$0])
            }
        case .negative(let inner):
            return operand(inner, .number, of: "-", &source).map {
                TypedExpression(expression: .negative($0.expression), type: .number, range: node.range, operands: [$0])
            }
        case .or(let left, let right):
            return pair(left, right, .boolean, of: "or", gives: .boolean, node, &source) { .or($0, $1) }
        case .and(let left, let right):
            return pair(left, right, .boolean, of: "and", gives: .boolean, node, &source) { .and($0, $1) }
        case .arithmetic(let operation, let left, let right):
            return pair(left, right, .number, of: operation.rawValue, gives: .number, node, &source) {
                .arithmetic(operation, $0, $1)
            }
        case .compare(let comparison, let left, let right):
            let left = type(left, &source)
            let right = type(right, &source)
            guard let left, let right else { return nil }
            return compare(comparison, left, right, node.range, &source)
        case .isIn(let inner, let members):
            guard let inner = type(inner, &source) else { return nil }
            return isIn(inner, members, node.range, &source)
        case .call(let name, let nameRange, let arguments):
            return call(name, nameRange, arguments, node.range, &source)
        }
    }

    private mutating func reference(_ name: String, at range: Range<Int>, _ source: inout SurveySource)
        -> TypedExpression?
    {
        if let computed = names.computed[name] {
            references += computed.references.map { LocatedReference(reference: $0, range: range) }
            return computed.typed.map {
                TypedExpression(expression: $0.expression, type: $0.type, range: range, computedName: name)
            }
        }
        guard let symbol = names[name] else {
            if !names.spoiled.contains(name) {
                source.report(
                    .unknownName, at: range, "No question, field or computed value is named \"\(name)\".",
                    help: unknownNameAdvice(name))
            }
            return nil
        }
        references.append(LocatedReference(reference: symbol.reference, range: range))
        guard let type = symbol.type else { return nil }
        if type == .none {
            source.report(
                .typeMismatch, at: range, "\"\(name)\" is a statement and has no answer.", help: "Name a question.")
            return nil
        }
        return TypedExpression(expression: .reference(symbol.reference), type: type, range: range)
    }

    private func unknownNameAdvice(_ name: String) -> String {
        if name == "contact.name" { return "contact.name can be piped into texts, not compared." }
        if name == "true" || name == "false" { return "Write the condition itself, or not(…)." }
        return names.nearest(to: name).map { "Did you mean \"\($0)\"?" }
            ?? "Name a question's id or a declared field; codes and texts stand in quotes: '\(name)'."
    }

    private mutating func operand(
        _ node: SyntaxNode, _ wanted: ValueType, of word: String, _ source: inout SurveySource
    ) -> TypedExpression? {
        guard let typed = type(node, &source) else { return nil }
        if typed.type == wanted { return typed }
        source.report(
            .typeMismatch, at: typed.range, "\"\(word)\" takes \(wanted.words); this is \(typed.type.words).",
            help: wanted == .boolean ? conditionAdvice(typed) : nil)
        return nil
    }

    private mutating func pair(
        _ left: SyntaxNode, _ right: SyntaxNode, _ wanted: ValueType, of word: String, gives result: ValueType,
        _ node: SyntaxNode, _ source: inout SurveySource, _ make: (Expression, Expression) -> Expression
    ) -> TypedExpression? {
        let left = operand(left, wanted, of: word, &source)
        let right = operand(right, wanted, of: word, &source)
        guard let left, let right else { return nil }
        return TypedExpression(
            expression: make(left.expression, right.expression), type: result, range: node.range,
            operands: [left, right])
    }

    // MARK: Functions

    private mutating func call(
        _ name: String, _ nameRange: Range<Int>, _ arguments: [SyntaxNode], _ range: Range<Int>,
        _ source: inout SurveySource
    ) -> TypedExpression? {
        guard let function = ConditionFunction.named(name) else {
            source.report(
                .unknownFunction, at: nameRange, "There is no function \"\(name)\".",
                help: nearestName(name, among: ConditionFunction.all.map(\.name)).map { "Did you mean \($0)(…)?" }
                    ?? "There are \(ConditionFunction.all.map { $0.signature }.joined(separator: ", ")).")
            return nil
        }
        guard arguments.count == function.parameters.count else {
            source.report(
                .wrongArguments, at: range,
                "\(name)(…) takes \(function.parameters.count == 1 ? "one argument" : "\(function.parameters.count) arguments"); here are \(arguments.count).",
                help: "Write \(function.signature).")
            return nil
        }
        var typed: [TypedExpression] = []
        for (parameter, argument) in zip(function.parameters, arguments) {
            guard let value = self.argument(argument, parameter, of: function, after: typed.last, &source) else {
                return nil
            }
            typed.append(value)
        }
        guard let result = function.result ?? unify(&typed, function, &source) else { return nil }
        return TypedExpression(
            expression: .call(function, typed.map(\.expression)), type: result, range: range, operands: typed)
    }

    /// The one type of the `value` arguments of a call; quoted texts are codes beside codes, and dates beside dates.
    private func unify(
        _ typed: inout [TypedExpression], _ function: ConditionFunction, _ source: inout SurveySource
    ) -> ValueType? {
        let places = function.parameters.indices.filter { function.parameters[$0] == .value }
        if places.contains(where: { typed[$0].type == .date }) {
            for place in places where typed[place].quoted != nil {
                guard let other = places.first(where: { typed[$0].type == .date }),
                    let date = date(typed[place], besides: typed[other], &source)
                else { return nil }
                typed[place] = date
            }
        }
        guard var result = typed[places[0]].codesOrType else { return nil }
        for place in places.dropFirst() {
            guard let joined = typed[place].codesOrType.flatMap({ Self.join(result, $0) }) else {
                source.report(
                    .typeMismatch, at: typed[place].range,
                    "The values of \(function.name)(…) must be of one type; these are \(result.words) and \(typed[place].type.words).",
                    help: "Let them all be numbers, all be codes and texts, or all be dates.")
                return nil
            }
            result = joined
        }
        return result
    }

    private static func join(_ one: ValueType, _ other: ValueType) -> ValueType? {
        switch (one, other) {
        case (.choice(let codes), .choice(let more)): .choice(codes + more.filter { !codes.contains($0) })
        case (.set(let codes), .set(let more)): .set(codes + more.filter { !codes.contains($0) })
        case (.choice, .text), (.text, .choice): .text
        default: one == other ? one : nil
        }
    }

    private mutating func argument(
        _ node: SyntaxNode, _ parameter: ConditionFunction.Parameter, of function: ConditionFunction,
        after previous: TypedExpression?, _ source: inout SurveySource
    ) -> TypedExpression? {
        if parameter == .code {
            guard case .text(let code) = node.kind else {
                source.report(
                    .wrongArguments, at: node.range, "\(function.name)(…) needs a code in quotes here.",
                    help: "Write \(function.signature).")
                return nil
            }
            guard case .set(let codes) = previous?.type, isCode(code, of: codes, previous, at: node.range, &source)
            else { return nil }
            return TypedExpression(expression: .literal(.text(code)), type: .text, range: node.range)
        }
        let wanted: ValueType? =
            switch parameter {
            case .condition: .boolean
            case .number: .number
            case .date: .date
            default: nil
            }
        if let wanted { return operand(node, wanted, of: function.name, &source) }
        if parameter == .value {
            guard let typed = type(node, &source) else { return nil }
            if typed.type != .rows { return typed }
            source.report(
                .typeMismatch, at: typed.range, "\"\(typed.name)\" is answered row by row and has no value of its own.",
                help: "Name one of its rows: \(typed.name).row.")
            return nil
        }
        guard case .name = node.kind else {
            source.report(
                .wrongArguments, at: node.range, "\(function.name)(…) needs the name of a question here.",
                help: "Write \(function.signature).")
            return nil
        }
        guard let typed = type(node, &source) else { return nil }
        switch (parameter, typed.type) {
        case (.question, _), (.choices, .set), (.text, .text): return typed
        case (.choices, .choice(let codes)):
            source.report(
                .wrongArguments, at: node.range,
                "\(function.name)(…) is for questions with several choices; this one has one.",
                help: "Write \(typed.name) eq '\(codes.first ?? "yes")'.")
        case (.choices, _):
            source.report(
                .wrongArguments, at: node.range,
                "\(function.name)(…) is for questions with several choices; this is \(typed.type.words).")
        default:
            source.report(
                .wrongArguments, at: node.range, "\(function.name)(…) is for text; this is \(typed.type.words).")
        }
        return nil
    }

    /// Whether a code is among a question's options; reports it otherwise.
    func isCode(
        _ code: String, of codes: [String], _ question: TypedExpression?, at range: Range<Int>,
        _ source: inout SurveySource
    ) -> Bool {
        if names.has(code, in: codes, of: question?.name ?? "") { return true }
        source.report(
            .unknownOption, at: range, "\"\(question?.name ?? "")\" has no option with the code \"\(code)\".",
            help: nearestName(code, among: codes).map { "Did you mean '\($0)'?" }
                ?? "Its codes are \(codes.prefix(12).map { "'\($0)'" }.joined(separator: ", ")).")
        return false
    }
}

extension TypedExpression {
    /// The name it reads, when it is just a name.
    var name: String {
        if let computedName { return computedName }
        return if case .reference(let reference) = expression { reference.name } else { "…" }
    }

    /// The type, where a text in quotes is the one code that it is.
    fileprivate var codesOrType: ValueType? { quoted.map { .choice([$0]) } ?? type }
}

extension ConditionFunction {
    /// How it is written, with names for its arguments.
    package var signature: String {
        let words = parameters.map { parameter in
            switch parameter {
            case .question: "question"
            case .choices: "choices"
            case .text: "text"
            case .code: "'code'"
            case .condition: "condition"
            case .number: "number"
            case .date: "date"
            case .value: "value"
            }
        }
        return "\(name)(\(words.joined(separator: ", ")))"
    }
}
