internal import Markup
internal import QuestionnaireModel

/// A part of a condition whose type is known, with its place in the file.
struct TypedExpression {
    let expression: Expression
    let type: ValueType
    let range: Range<Int>
    /// The parts it is made of, in order.
    var operands: [TypedExpression] = []
    /// The name of the computed value that it stands for, if it stands for one.
    var computedName: String?

    /// This part and all below it, outermost first.
    func visit(_ body: (TypedExpression) -> Void) {
        body(self)
        for operand in operands { operand.visit(body) }
    }
}

/// A name in a condition, with its place.
struct LocatedReference {
    let reference: Reference
    let range: Range<Int>
}

/// A condition of the file with what is known of it.
struct LocatedCondition {
    /// The attribute it stands in.
    let attribute: MarkupAttribute
    /// The typed condition; nil when something in it is wrong.
    let typed: TypedExpression?
    /// Every name in it that is known, also where something else is wrong, in order.
    let references: [LocatedReference]

    /// The condition for the questionnaire; nil when something in it is wrong.
    var condition: Condition? {
        typed.map { Condition(expression: $0.expression, source: attribute.value) }
    }
}
