import Feedback
import FeedbackTestSupport
import QuestionnaireModel

/// Random well-typed conditions over the questions of `ConditionSelectorTests`.
enum RandomCondition {
    /// A condition over the first questions of the page, the question before it and the field.
    static func make(over count: Int, depth: Int, using generator: inout SeededGenerator) -> Expression {
        if depth > 0, Int.random(in: 0...2, using: &generator) > 0 {
            let left = make(over: count, depth: depth - 1, using: &generator)
            switch Int.random(in: 0...2, using: &generator) {
            case 0: return .not(left)
            case 1: return .and(left, make(over: count, depth: depth - 1, using: &generator))
            default: return .or(left, make(over: count, depth: depth - 1, using: &generator))
            }
        }
        switch Int.random(in: 0...count + 1, using: &generator) {
        case 0: return number(reference("early"), 1...5, &generator)
        case 1: return number(.reference(.field("size")), 1...3, &generator)
        case 2:
            // Two questions in one comparison, where there are two with numbers.
            if Bool.random(using: &generator), count > 2 {
                return .compare(comparison(&generator), reference("a"), countOf("c"))
            }
            return number(.arithmetic(.add, reference("a"), .literal(.number(1))), 0...2, &generator)
        case 3:
            if Bool.random(using: &generator) { return .isIn(reference("b"), [.text("x"), .text("nothing")]) }
            return .compare(Bool.random(using: &generator) ? .eq : .ne, reference("b"), .literal(.text("y")))
        case 4:
            switch Int.random(in: 0...2, using: &generator) {
            case 0:
                return call(
                    "selected",
                    [reference("c"), .literal(.text(["x", "y", "z"].randomElement(using: &generator) ?? "x"))])
            case 1: return call("answered", [reference("c")])
            default: return number(countOf("c"), 0...4, &generator)
            }
        default: return count > 3 ? reference("d") : call("answered", [reference("a")])
        }
    }

    private static func reference(_ name: String) -> Expression {
        QuestionID(name).map { .reference(.question($0)) } ?? .literal(.unknown)
    }

    private static func countOf(_ name: String) -> Expression { call("count", [reference(name)]) }

    private static func call(_ name: String, _ arguments: [Expression]) -> Expression {
        ConditionFunction.named(name).map { .call($0, arguments) } ?? .literal(.unknown)
    }

    private static func comparison(_ generator: inout SeededGenerator) -> Expression.Comparison {
        Expression.Comparison.allCases.randomElement(using: &generator) ?? .eq
    }

    private static func number(_ left: Expression, _ range: ClosedRange<Int>, _ generator: inout SeededGenerator)
        -> Expression
    {
        .compare(comparison(&generator), left, .literal(.number(Double(Int.random(in: range, using: &generator)))))
    }
}
