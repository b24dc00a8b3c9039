package import Feedback

/// A typed expression over answers and fields, as written in `show-if` and `when`.
package indirect enum Expression: Sendable, Equatable {
    /// A constant.
    case literal(Value)
    /// The value of a question or field.
    case reference(Reference)
    /// Logical negation; unknown stays unknown.
    case not(Expression)
    /// Kleene's conjunction.
    case and(Expression, Expression)
    /// Kleene's disjunction.
    case or(Expression, Expression)
    /// A comparison; unknown when either side is.
    case compare(Comparison, Expression, Expression)
    /// Whether a value is one of some constants.
    case isIn(Expression, [Value])
    /// Arithmetic; unknown when either side is, or when dividing by zero.
    case arithmetic(Arithmetic, Expression, Expression)
    /// The number with its sign turned.
    case negative(Expression)
    /// A function of the registry.
    case call(ConditionFunction, [Expression])

    /// A comparison operator.
    package enum Comparison: String, Sendable, CaseIterable {
        case eq, ne, lt, le, gt, ge
    }

    /// An arithmetic operator, as written.
    package enum Arithmetic: String, Sendable, CaseIterable {
        case add = "+"
        case subtract = "-"
        case multiply = "*"
        case divide = "div"
        case remainder = "mod"
    }
}

/// What a name in a condition or pipe stands for.
package enum Reference: Sendable, Hashable {
    /// A question's answer.
    case question(QuestionID)
    /// The answer to one row of a question.
    case item(QuestionID, String)
    /// A declared field.
    case field(String)

    /// The name as written.
    package var name: String {
        switch self {
        case .question(let id): id.rawValue
        case .item(let id, let item): "\(id).\(item)"
        case .field(let name): name
        }
    }

    /// The question whose answer it reads, if it reads one.
    package var question: QuestionID? {
        switch self {
        case .question(let id), .item(let id, _): id
        case .field: nil
        }
    }
}

/// A condition of a survey file: what must be known to be true.
package struct Condition: Sendable, Equatable {
    /// The typed expression.
    package let expression: Expression
    /// The text as written.
    package let source: String

    /// A condition with the text it was read from.
    package init(expression: Expression, source: String) {
        self.expression = expression
        self.source = source
    }

    /// Whether the condition is known to be true; unknown counts as no.
    package func holds(_ lookup: (Reference) -> Value) -> Bool {
        expression.value(lookup) == .boolean(true)
    }

    /// Every question and field it reads, each once, in the order first read.
    package var references: [Reference] { expression.references }
}

extension Expression {
    /// Every question and field it reads, each once, in the order first read.
    package var references: [Reference] {
        var found: [Reference] = []
        var seen: Set<Reference> = []
        func visit(_ expression: Expression) {
            switch expression {
            case .literal: break
            case .reference(let reference): if seen.insert(reference).inserted { found.append(reference) }
            case .not(let inner), .negative(let inner), .isIn(let inner, _): visit(inner)
            case .and(let left, let right), .or(let left, let right), .compare(_, let left, let right),
                .arithmetic(_, let left, let right):
                visit(left)
                visit(right)
            case .call(_, let arguments): arguments.forEach(visit)
            }
        }
        visit(self)
        return found
    }
}
