internal import Diagnostics
internal import Feedback
internal import Markup
internal import QuestionnaireModel

extension DiagnosticCode {
    /// Computed values that need one another.
    static let computedCycle = DiagnosticCode(
        "S039", title: "computed values that need each other", why: "Neither could be worked out before the other.",
        example: "<let name=\"a\" value=\"b + 1\"/> <let name=\"b\" value=\"a + 1\"/>")
    /// A computed value that is too long once the others are put in.
    static let computedTooLong = DiagnosticCode(
        "S045", title: "computed value too long",
        why: "Values that double one another grow beyond what a page can be drawn with in time.",
        example: "a dozen values, each the sum of the one before and itself")

    /// The codes that computed values can give.
    static let ofComputedValues = [computedCycle, computedTooLong]
}

extension Lowering {
    /// The most parts of a computed value, those it names put in.
    private static let mostParts = 500

    /// Reads the computed values, each after those it names; in whatever order they are written.
    mutating func computedValues() {
        var waiting: [Waiting] = []
        for element in draft.root.elements where element.name == "let" {
            guard let name = element["name"] else { continue }
            let options = source.choices(in: element)
            draft.computed.append(SurveyDraft.Computed(element: element, name: name, options: options))
            let index = draft.computed.count - 1
            guard let attribute = element.attribute("value"), let node = ConditionParser.parse(attribute, &source)
            else {
                draft.names.define(name, Names.Computed(typed: nil, references: []))
                continue
            }
            waiting.append(Waiting(index: index, name: name, attribute: attribute, node: node, names: node.names))
        }
        let names = Set(waiting.map(\.name))
        for index in waiting.indices { waiting[index].names.removeAll { !names.contains($0.name) } }
        settle(waiting)
    }

    /// A computed value that has not been typed, with the names of others that it holds.
    private struct Waiting {
        let index: Int
        let name: String
        let attribute: MarkupAttribute
        let node: SyntaxNode
        var names: [(name: String, range: Range<Int>)]
    }

    /// Kahn's order: whoever waits for nobody is next; when all wait, some wait in a circle.
    private mutating func settle(_ all: [Waiting]) {
        let position = Dictionary(all.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        var needed = all.map { Set($0.names.compactMap { position[$0.name] }) }
        var needing = [[Int]](repeating: [], count: all.count)
        for (index, others) in needed.enumerated() { for other in others { needing[other].append(index) } }
        var isSettled = [Bool](repeating: false, count: all.count)
        var ready = all.indices.filter { needed[$0].isEmpty }
        var oldest = 0
        while true {
            while let index = ready.popLast() {
                isSettled[index] = true
                if draft.computed[all[index].index].value == nil { define(all[index]) }
                for other in needing[index] {
                    needed[other].remove(index)
                    if needed[other].isEmpty, !isSettled[other] { ready.append(other) }
                }
            }
            while oldest < all.count, isSettled[oldest] { oldest += 1 }
            if oldest == all.count { return }
            let circle = Self.circle(from: oldest, needed)
            report(circle.map { all[$0] })
            for index in circle {
                draft.computed[all[index].index].value = LocatedCondition(
                    attribute: all[index].attribute, typed: nil, references: [])
                draft.names.define(all[index].name, Names.Computed(typed: nil, references: []))
                needed[index] = []
            }
            ready = circle
        }
    }

    /// Some that need each other, reached from one that waits.
    private static func circle(from start: Int, _ needed: [Set<Int>]) -> [Int] {
        var path: [Int] = []
        var places: [Int: Int] = [:]
        var current = start
        while places[current] == nil {
            places[current] = path.count
            path.append(current)
            guard let next = needed[current].min() else { return [current] }
            current = next
        }
        return Array(path[(places[current] ?? 0)...])
    }

    private mutating func report(_ circle: [Waiting]) {
        guard let first = circle.first, let next = circle.dropFirst().first ?? circle.first else { return }
        let range = first.names.first { $0.name == next.name }?.range ?? first.attribute.valueRange
        let names = circle.prefix(5).map { "\"\($0.name)\"" } + (circle.count > 5 ? ["…"] : [])
        source.report(
            .computedCycle, at: range,
            circle.count == 1
                ? "\(names[0]) is worked out of itself."
                : "\(names.joined(separator: ", ")) are worked out of each other.",
            help: "Let one of them read questions and fields only.")
    }

    private mutating func define(_ waiting: Waiting) {
        var value = TypeChecker.value(waiting.node, waiting.attribute, draft.names, &source)
        if let typed = value.typed, typed.expression.hasMoreParts(than: Self.mostParts) {
            source.report(
                .computedTooLong, at: waiting.attribute.valueRange,
                "\"\(waiting.name)\" has more than \(Self.mostParts) parts, those of the values it names included.",
                help: "Name fewer computed values in it, or each only once.")
            value = LocatedCondition(attribute: waiting.attribute, typed: nil, references: value.references)
        }
        if let typed = value.typed { checkOptions(of: draft.computed[waiting.index], typed) }
        draft.computed[waiting.index].value = value
        var references: [Reference] = []
        for read in value.references where !references.contains(read.reference) { references.append(read.reference) }
        draft.names.define(waiting.name, Names.Computed(typed: value.typed, references: references))
    }

    /// The words of a computed value are for codes that it can have.
    private mutating func checkOptions(of computed: SurveyDraft.Computed, _ typed: TypedExpression) {
        for option in computed.element.elements(named: "option") {
            guard let code = option.attribute("code") else { continue }
            guard case .choice(let codes) = typed.type else {
                source.report(
                    .typeMismatch, at: option.nameRange,
                    "\"\(computed.name)\" is \(typed.type.words); only a choice among codes has options.",
                    help: "Remove the options, or let the value give codes, such as if(recommend ge 9, 'fan', 'other')."
                )
                return
            }
            if codes.contains(code.value) { continue }
            source.report(
                .unknownOption, at: code.valueRange, "\"\(computed.name)\" is never '\(code.value)'.",
                help: nearestName(code.value, among: codes).map { "Did you mean \"\($0)\"?" }
                    ?? "Its codes are \(codes.prefix(12).map { "'\($0)'" }.joined(separator: ", ")).")
        }
    }
}

extension SyntaxNode {
    /// Every name in it, in order.
    var names: [(name: String, range: Range<Int>)] {
        switch kind {
        case .number, .text: []
        case .name(let name): [(name, range)]
        case .not(let inner), .negative(let inner), .isIn(let inner, _): inner.names
        case .or(let left, let right), .and(let left, let right), .compare(_, let left, let right),
            .arithmetic(_, let left, let right):
            left.names + right.names
        case .call(_, _, let arguments): arguments.flatMap(\.names)
        }
    }
}

extension Expression {
    /// Whether it has more parts than some number; looked at no further.
    fileprivate func hasMoreParts(than most: Int) -> Bool {
        var left = most
        func count(_ part: Expression) {
            left -= 1
            guard left >= 0 else { return }
            switch part {
            case .literal, .reference: break
            case .not(let inner), .negative(let inner), .isIn(let inner, _): count(inner)
            case .and(let first, let second), .or(let first, let second), .compare(_, let first, let second),
                .arithmetic(_, let first, let second):
                count(first)
                count(second)
            case .call(_, let arguments): arguments.forEach(count)
            }
        }
        count(self)
        return left < 0
    }
}
