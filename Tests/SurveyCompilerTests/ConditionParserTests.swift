import Diagnostics
import Feedback
import FeedbackTestSupport
import Markup
import QuestionnaireModel
import SurveyCompiler
import Testing

@Suite struct ConditionParserTests {
    /// Parses a condition that stands alone in a file.
    private func parse(_ condition: String) -> (node: SyntaxNode?, diagnostics: [Diagnostic]) {
        let bytes = Array(condition.utf8)
        var source = SurveySource(text: SourceText(file: "t", bytes: bytes), languages: [.english])
        let attribute = MarkupAttribute(
            name: "show-if", namespace: nil, value: condition, nameRange: 0..<0, valueRange: 0..<bytes.count)
        return (ConditionParser.parse(attribute, &source), source.diagnostics)
    }

    /// With every part in parentheses, so that the tree can be read.
    private func grouped(_ node: SyntaxNode) -> String {
        switch node.kind {
        case .number(let number): "\(number)"
        case .text(let text): "'\(text)'"
        case .name(let name): name
        case .not(let inner): "not(\(grouped(inner)))"
        case .negative(let inner): "(-\(grouped(inner)))"
        case .or(let left, let right): "(\(grouped(left)) or \(grouped(right)))"
        case .and(let left, let right): "(\(grouped(left)) and \(grouped(right)))"
        case .compare(let comparison, let left, let right): "(\(grouped(left)) \(comparison) \(grouped(right)))"
        case .arithmetic(let operation, let left, let right):
            "(\(grouped(left)) \(operation.rawValue) \(grouped(right)))"
        case .isIn(let inner, let members):
            "(\(grouped(inner)) in [\(members.map { grouped($0) }.joined(separator: ", "))])"
        case .call(let name, _, let arguments): "\(name)[\(arguments.map { grouped($0) }.joined(separator: ", "))]"
        }
    }

    @Test(arguments: [
        ("a or b and c", "(a or (b and c))"),
        ("a and b or c", "((a and b) or c)"),
        ("a or b or c", "((a or b) or c)"),
        ("(a or b) and c", "((a or b) and c)"),
        ("a eq 1 and b ne 2", "((a eq 1.0) and (b ne 2.0))"),
        ("a + 1 le b * 2", "((a + 1.0) le (b * 2.0))"),
        ("a - b - c", "((a - b) - c)"),
        ("a-b - c", "(a-b - c)"),
        ("a div b mod c", "((a div b) mod c)"),
        ("-a * b", "((-a) * b)"),
        ("- - a", "(-(-a))"),
        ("- - - a", "(-a)"),
        ("not(a or b) and c", "(not((a or b)) and c)"),
        ("a in ('x','y') or b in (1,-2.5)", "((a in ['x', 'y']) or (b in [1.0, -2.5]))"),
        ("selected(a, 'b')", "selected[a, 'b']"),
        ("f()", "f[]"),
        ("a eq 'it''s' and b eq \"x\"\"y\"", "((a eq 'it's') and (b eq 'x\"y'))"),
        ("order.product eq 'x'", "(order.product eq 'x')"),
        ("  a\n\tle\r\n6 ", "(a le 6.0)"),
        ("a le 6.5", "(a le 6.5)"),
    ])
    func bindsAsTheManualSays(_ condition: String, _ expected: String) throws {
        let node = try #require(parse(condition).node)
        #expect(grouped(node) == expected)
    }

    @Test(arguments: [
        "a or", "or a", "a b", "(a", "a)", "()", "a eq", "eq a", "a eq eq b", "a lt b lt c", "not a", "not", "a in b",
        "a in ()", "a in ('x'", "a in (b)", "f(", "f(a", "f(a,)", "f(,a)", "'x", "\"x", "1.", "1.2.3", "a = b",
        "a == b",
        "a < b", "a && b", "!a", "a / b", "{a}", "$a", "A", "é", "a.", ".a", "a # b", "‘x’", "99999999999999999999",
        "a , b", "- ",
    ])
    func whatIsNoConditionIsSaidToBeNone(_ condition: String) {
        let (node, diagnostics) = parse(condition)
        #expect(node == nil)
        #expect(diagnostics.map(\.code.id) == ["S030"])
    }

    @Test func depthAndLengthAreBounded() {
        #expect(parse(String(repeating: "(", count: 1000) + "a" + String(repeating: ")", count: 1000)).node == nil)
        #expect(parse(String(repeating: "not(", count: 900) + "a" + String(repeating: ")", count: 900)).node == nil)
        #expect(parse(String(repeating: "a or ", count: 2000) + "a").node == nil)
        #expect(parse(String(repeating: "-", count: 3000) + "a").node != nil)
        #expect(parse(String(repeating: "a or ", count: 700) + "a").node != nil)
        #expect(parse(String(repeating: "(", count: 49) + "a" + String(repeating: ")", count: 49)).node != nil)
    }

    // MARK: Printed and read again

    /// A random condition as a tree, places left out.
    private func random(_ depth: Int, _ random: inout SeededGenerator) -> SyntaxNode {
        func part() -> SyntaxNode { self.random(depth - 1, &random) }
        let kind: SyntaxNode.Kind
        switch depth <= 0 ? Int.random(in: 0..<3, using: &random) : Int.random(in: 0..<10, using: &random) {
        case 0: kind = .number(Double(Int.random(in: 0..<2000, using: &random)) / 4)
        case 1: kind = .text(["", "yes", "it's", "a\"b", "ü <&>", "or"].randomElement(using: &random) ?? "")
        case 2:
            kind = .name(
                ["a", "contact-me", "order.product", "x1", "nota", "in-out", "e"].randomElement(using: &random) ?? "a")
        case 3: kind = .not(part())
        case 4: kind = .negative(part())
        case 5: kind = .or(part(), part())
        case 6: kind = .and(part(), part())
        case 7:
            kind = .compare(
                QuestionnaireModel.Expression.Comparison.allCases.randomElement(using: &random) ?? .eq, part(), part())
        case 8:
            kind = .arithmetic(
                QuestionnaireModel.Expression.Arithmetic.allCases.randomElement(using: &random) ?? .add, part(), part())
        default:
            if Bool.random(using: &random) {
                kind = .call("f", name: 0..<0, (0..<Int.random(in: 0..<3, using: &random)).map { _ in part() })
            } else {
                kind = .isIn(
                    part(), [SyntaxNode(kind: .number(-1.5), range: 0..<0), SyntaxNode(kind: .text("x"), range: 0..<0)])
            }
        }
        return SyntaxNode(kind: kind, range: 0..<0)
    }

    /// How tightly a part binds; a part is put into parentheses where its place asks for more.
    private func level(_ node: SyntaxNode) -> Int {
        switch node.kind {
        case .or: 0
        case .and: 1
        case .compare, .isIn: 2
        case .arithmetic(.add, _, _), .arithmetic(.subtract, _, _): 3
        case .arithmetic: 4
        case .negative: 5
        default: 6
        }
    }

    private func printed(_ node: SyntaxNode, atLeast wanted: Int = 0) -> String {
        let own = level(node)
        let text: String
        switch node.kind {
        case .number(let number): text = number < 0 ? "-\(abs(number))" : "\(number)"
        case .text(let words): text = words.contains("'") ? "\"\(words)\"" : "'\(words)'"
        case .name(let name): text = name
        case .not(let inner): text = "not(\(printed(inner)))"
        case .negative(let inner): text = "-\(printed(inner, atLeast: 6))"
        case .or(let left, let right): text = "\(printed(left)) or \(printed(right, atLeast: 1))"
        case .and(let left, let right): text = "\(printed(left, atLeast: 1)) and \(printed(right, atLeast: 2))"
        case .compare(let comparison, let left, let right):
            text = "\(printed(left, atLeast: 3)) \(comparison) \(printed(right, atLeast: 3))"
        case .isIn(let inner, let members):
            text = "\(printed(inner, atLeast: 3)) in (\(members.map { printed($0) }.joined(separator: ",")))"
        case .arithmetic(let operation, let left, let right):
            text = "\(printed(left, atLeast: own)) \(operation.rawValue) \(printed(right, atLeast: own + 1))"
        case .call(let name, _, let arguments):
            text = "\(name)(\(arguments.map { printed($0) }.joined(separator: ", ")))"
        }
        return own < wanted ? "(\(text))" : text
    }

    private func withoutPlaces(_ node: SyntaxNode) -> SyntaxNode {
        let kind: SyntaxNode.Kind
        switch node.kind {
        case .number, .text, .name: kind = node.kind
        case .not(let inner): kind = .not(withoutPlaces(inner))
        case .negative(let inner): kind = .negative(withoutPlaces(inner))
        case .or(let left, let right): kind = .or(withoutPlaces(left), withoutPlaces(right))
        case .and(let left, let right): kind = .and(withoutPlaces(left), withoutPlaces(right))
        case .compare(let comparison, let left, let right):
            kind = .compare(comparison, withoutPlaces(left), withoutPlaces(right))
        case .arithmetic(let operation, let left, let right):
            kind = .arithmetic(operation, withoutPlaces(left), withoutPlaces(right))
        case .isIn(let inner, let members): kind = .isIn(withoutPlaces(inner), members.map { withoutPlaces($0) })
        case .call(let name, _, let arguments): kind = .call(name, name: 0..<0, arguments.map { withoutPlaces($0) })
        }
        return SyntaxNode(kind: kind, range: 0..<0)
    }

    @Test(arguments: [1, 2, 3] as [UInt64]) func whatIsPrintedReadsTheSame(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let node = self.random(4, &random)
            let text = printed(node)
            let read = parse(text)
            let again = try #require(read.node, "seed \(seed): \(text): \(read.diagnostics.first?.message ?? "")")
            #expect(withoutPlaces(again) == node, "seed \(seed): \(text)")
        }
    }
}
