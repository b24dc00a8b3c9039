internal import Diagnostics
package import Markup
package import QuestionnaireModel

/// Reads a condition by recursive descent; the grammar is in docs/survey-language.md.
package struct ConditionParser {
    private let tokens: [Token]
    private var index = 0
    private var depth = 0

    /// Thrown after a problem was reported.
    private struct Stop: Error {}

    /// The condition in an attribute; nil after a problem, which is reported.
    package static func parse(_ attribute: MarkupAttribute, _ source: inout SurveySource) -> SyntaxNode? {
        guard let tokens = Tokenizer.tokens(of: attribute, &source), tokens.count > 1 else { return nil }
        var parser = ConditionParser(tokens: tokens)
        return try? parser.whole(&source)
    }

    private init(tokens: [Token]) { self.tokens = tokens }

    private var token: Token { tokens[min(index, tokens.count - 1)] }

    private mutating func advance() -> Token {
        let current = token
        if index < tokens.count - 1 { index += 1 }
        return current
    }

    private mutating func take(word: String) -> Bool {
        guard token.kind == .name(word) else { return false }
        _ = advance()
        return true
    }

    private mutating func take(_ kind: Token.Kind) -> Bool {
        guard token.kind == kind else { return false }
        _ = advance()
        return true
    }

    // MARK: Levels, loosest first

    private mutating func whole(_ source: inout SurveySource) throws(Stop) -> SyntaxNode {
        let node = try or(&source)
        guard token.kind == .end else {
            throw fail(
                "\(described(token)) does not fit here: an operator such as and, or, eq or le is missing before it.",
                &source)
        }
        return node
    }

    private mutating func or(_ source: inout SurveySource) throws(Stop) -> SyntaxNode {
        depth += 1
        defer { depth -= 1 }
        // Each level of parentheses is a few calls deep; no author nests this far.
        if depth > 50 { throw fail("Parentheses stand more than 50 deep in one another.", &source) }
        var node = try and(&source)
        while take(word: "or") { node = join(node, try and(&source)) { .or($0, $1) } }
        return node
    }

    private mutating func and(_ source: inout SurveySource) throws(Stop) -> SyntaxNode {
        var node = try comparison(&source)
        while take(word: "and") { node = join(node, try comparison(&source)) { .and($0, $1) } }
        return node
    }

    private mutating func comparison(_ source: inout SurveySource) throws(Stop) -> SyntaxNode {
        let left = try sum(&source)
        if take(word: "in") {
            return try members(of: left, &source)
        }
        guard let comparison = takeComparison() else { return left }
        let right = try sum(&source)
        if case .name(let word) = token.kind, word == "in" || Expression.Comparison(rawValue: word) != nil {
            throw fail("Comparisons cannot be chained.", help: "Join two of them with and.", &source)
        }
        return join(left, right) { .compare(comparison, $0, $1) }
    }

    private mutating func takeComparison() -> Expression.Comparison? {
        guard case .name(let word) = token.kind, let comparison = Expression.Comparison(rawValue: word) else {
            return nil
        }
        _ = advance()
        return comparison
    }

    private mutating func members(of left: SyntaxNode, _ source: inout SurveySource) throws(Stop) -> SyntaxNode {
        guard take(.open) else {
            throw fail("After \"in\" a list in parentheses must follow.", help: "Write in ('a','b').", &source)
        }
        var members = [try literal(&source)]
        while take(.comma) { members.append(try literal(&source)) }
        let end = token
        guard take(.close) else {
            throw fail("The list after \"in\" is not closed.", help: "Write in ('a','b').", &source)
        }
        return SyntaxNode(kind: .isIn(left, members), range: left.range.lowerBound..<end.range.upperBound)
    }

    private mutating func literal(_ source: inout SurveySource) throws(Stop) -> SyntaxNode {
        let start = token
        let isNegative = take(.minus)
        let value = advance()
        switch value.kind {
        case .number(let number):
            return SyntaxNode(
                kind: .number(isNegative ? -number : number), range: start.range.lowerBound..<value.range.upperBound)
        case .text(let text) where !isNegative:
            return SyntaxNode(kind: .text(text), range: value.range)
        default:
            index = max(0, index - 1)
            throw fail(
                "A list holds numbers or quoted texts only.", help: "Write in ('a','b').", at: value.range, &source)
        }
    }

    private mutating func sum(_ source: inout SurveySource) throws(Stop) -> SyntaxNode {
        var node = try product(&source)
        while true {
            if take(.plus) {
                node = join(node, try product(&source)) { .arithmetic(.add, $0, $1) }
            } else if take(.minus) {
                node = join(node, try product(&source)) { .arithmetic(.subtract, $0, $1) }
            } else {
                return node
            }
        }
    }

    private mutating func product(_ source: inout SurveySource) throws(Stop) -> SyntaxNode {
        var node = try unary(&source)
        while true {
            if take(.star) {
                node = join(node, try unary(&source)) { .arithmetic(.multiply, $0, $1) }
            } else if take(word: "div") {
                node = join(node, try unary(&source)) { .arithmetic(.divide, $0, $1) }
            } else if take(word: "mod") {
                node = join(node, try unary(&source)) { .arithmetic(.remainder, $0, $1) }
            } else {
                return node
            }
        }
    }

    private mutating func unary(_ source: inout SurveySource) throws(Stop) -> SyntaxNode {
        let start = token.range.lowerBound
        var signs = 0
        while take(.minus) { signs += 1 }
        var node = try primary(&source)
        // One sign or two say the same however many are written; this keeps the tree shallow.
        if signs > 0 {
            for _ in 0..<(signs % 2 == 1 ? 1 : 2) {
                node = SyntaxNode(kind: .negative(node), range: start..<node.range.upperBound)
            }
        }
        return node
    }

    private mutating func primary(_ source: inout SurveySource) throws(Stop) -> SyntaxNode {
        let start = advance()
        switch start.kind {
        case .number(let number): return SyntaxNode(kind: .number(number), range: start.range)
        case .text(let text): return SyntaxNode(kind: .text(text), range: start.range)
        case .open:
            let inner = try or(&source)
            let end = token
            guard take(.close) else { throw fail("This parenthesis is not closed.", at: start.range, &source) }
            return SyntaxNode(kind: inner.kind, range: start.range.lowerBound..<end.range.upperBound)
        case .name("not"):
            guard take(.open) else {
                throw fail("After \"not\" a parenthesis must follow.", help: "Write not(…).", at: start.range, &source)
            }
            let inner = try or(&source)
            let end = token
            guard take(.close) else {
                throw fail("This parenthesis is not closed.", help: "Write not(…).", at: start.range, &source)
            }
            return SyntaxNode(kind: .not(inner), range: start.range.lowerBound..<end.range.upperBound)
        case .name(let name) where !OperatorWords.all.contains(name):
            if token.kind == .open { return try call(name, start, &source) }
            return SyntaxNode(kind: .name(name), range: start.range)
        case .end:
            throw fail("The condition ends where a name or value should follow.", at: start.range, &source)
        default:
            throw fail("A name or value should stand where \(described(start)) is.", at: start.range, &source)
        }
    }

    private mutating func call(_ name: String, _ start: Token, _ source: inout SurveySource) throws(Stop) -> SyntaxNode
    {
        _ = advance()
        var arguments: [SyntaxNode] = []
        if token.kind != .close {
            arguments.append(try or(&source))
            while take(.comma) { arguments.append(try or(&source)) }
        }
        let end = token
        guard take(.close) else {
            throw fail("The parenthesis of \(name)(…) is not closed.", at: start.range, &source)
        }
        return SyntaxNode(
            kind: .call(name, name: start.range, arguments), range: start.range.lowerBound..<end.range.upperBound)
    }

    // MARK: Helpers

    private func join(
        _ left: SyntaxNode, _ right: SyntaxNode, _ kind: (SyntaxNode, SyntaxNode) -> SyntaxNode.Kind
    ) -> SyntaxNode {
        SyntaxNode(kind: kind(left, right), range: left.range.lowerBound..<right.range.upperBound)
    }

    private func described(_ token: Token) -> String {
        switch token.kind {
        case .name(let name): "\"\(name)\""
        case .number(let number): "\(number.formattedBriefly)"
        case .text(let text): "'\(text)'"
        case .plus: "+"
        case .minus: "-"
        case .star: "*"
        case .open: "("
        case .close: ")"
        case .comma: "a comma"
        case .end: "the end"
        }
    }

    private func fail(
        _ message: String, help: String? = nil, at range: Range<Int>? = nil, _ source: inout SurveySource
    ) -> Stop {
        source.report(.conditionSyntax, at: range ?? token.range, message, help: help)
        return Stop()
    }
}

extension Double {
    /// Without `.0` where it is whole.
    var formattedBriefly: String {
        self == rounded() && abs(self) < 1e15 ? String(Int64(self)) : String(self)
    }
}
