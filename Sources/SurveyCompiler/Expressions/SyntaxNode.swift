package import QuestionnaireModel

/// A condition as written, each part with its place in the file.
package struct SyntaxNode: Sendable, Equatable {
    /// What a part is.
    package indirect enum Kind: Sendable, Equatable {
        /// A number, without sign.
        case number(Double)
        /// A text in quotes.
        case text(String)
        /// The name of a question or field.
        case name(String)
        /// `not(…)`
        case not(SyntaxNode)
        /// A minus sign.
        case negative(SyntaxNode)
        /// `or`
        case or(SyntaxNode, SyntaxNode)
        /// `and`
        case and(SyntaxNode, SyntaxNode)
        /// `eq`, `ne`, `lt`, `le`, `gt` or `ge`
        case compare(QuestionnaireModel.Expression.Comparison, SyntaxNode, SyntaxNode)
        /// `+`, `-`, `*`, `div` or `mod`
        case arithmetic(QuestionnaireModel.Expression.Arithmetic, SyntaxNode, SyntaxNode)
        /// `in (…)`
        case isIn(SyntaxNode, [SyntaxNode])
        /// A function with its arguments.
        case call(String, name: Range<Int>, [SyntaxNode])
    }

    /// What it is.
    package let kind: Kind
    /// The bytes it was read from.
    package let range: Range<Int>

    /// A part with its place.
    package init(kind: Kind, range: Range<Int>) {
        self.kind = kind
        self.range = range
    }
}
