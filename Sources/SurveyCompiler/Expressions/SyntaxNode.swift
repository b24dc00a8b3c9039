internal import QuestionnaireModel

/// A condition as written, each part with its place in the file.
struct SyntaxNode: Equatable {
    indirect enum Kind: Equatable {
        case number(Double)
        case text(String)
        case name(String)
        case not(SyntaxNode)
        case negative(SyntaxNode)
        case or(SyntaxNode, SyntaxNode)
        case and(SyntaxNode, SyntaxNode)
        case compare(Expression.Comparison, SyntaxNode, SyntaxNode)
        case arithmetic(Expression.Arithmetic, SyntaxNode, SyntaxNode)
        case isIn(SyntaxNode, [SyntaxNode])
        case call(String, name: Range<Int>, [SyntaxNode])
    }

    let kind: Kind
    let range: Range<Int>
}
