internal import Feedback

/// A question, or a row of one, whose answer can be read off checked controls.
struct FiniteControl {
    let name: String
    /// When the row that it is, if it is one, is offered.
    private let row: CheckedFormula
    let domain: AnswerDomain
    /// When options or rows are offered, by code, for those with a condition.
    private let offers: [String: CheckedFormula]

    /// Nil when the answer is typed or picked from menus, or when a code could break out of a selector.
    init?(_ reference: Reference, _ question: Question, _ offers: [String: CheckedFormula]) {
        name = reference.name
        // A row is answered while it is offered; its own columns always are.
        if case .item(_, let item) = reference {
            row = offers[item] ?? .always
            self.offers = [:]
        } else {
            row = .always
            self.offers = offers
        }
        let isRow = reference != .question(question.id)
        guard let type = isRow ? question.type.row : question.type else { return nil }
        domain = type.domain
        switch domain {
        case .integers, .consent: break
        case .oneOf(let codes), .subsets(let codes), .rows(let codes): if !codes.allSatisfy(Self.isPlain) { return nil }
        case .numbers, .dates, .orders, .open, .none: return nil
        }
    }

    /// That anything was answered.
    var isAnswered: CheckedFormula {
        if case .rows(let items) = domain {
            return .or(items.map { .and([offers[$0] ?? .always, .any(name: "\(name).\($0)")]) })
        }
        if offers.isEmpty { return .and([row, .any(name: name)]) }
        switch domain {
        case .oneOf(let codes), .subsets(let codes): return .or(codes.map(chosen))
        default: return .any(name: name)
        }
    }

    /// That an option is checked, and offered.
    private func chosen(_ code: String) -> CheckedFormula {
        .and([offers[code] ?? .always, .checked(name: name, values: [code])])
    }

    private static func isPlain(_ code: String) -> Bool {
        !code.isEmpty
            && code.utf8.allSatisfy { byte in
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 45
                    || byte == 95
            }
    }

    /// Every answered state that an expression can tell apart, with the formula that says it; nil when there are too
    /// many.
    func states(for expression: Expression) -> [(value: Value, formula: CheckedFormula)]? {
        switch domain {
        case .integers(let range):
            range.map { (Value.number(Double($0)), .and([row, .checked(name: name, values: [String($0)])])) }
        case .oneOf(let codes): codes.map { (Value.text($0), .and([row, chosen($0)])) }
        case .consent:
            [(true, "yes"), (false, "no")].map {
                (Value.boolean($0.0), CheckedFormula.checked(name: name, values: [$0.1]))
            }
        case .subsets(let codes): subsets(of: codes, for: expression)
        // Of all rows together a condition can only ask whether any was answered.
        case .rows(let items): [(.set(items), isAnswered)]
        case .numbers, .dates, .orders, .open, .none: nil
        }
    }

    /// For `selected(q,'a')` two states are enough, for `answered(q)` one, for `count(q)` one a count; else every
    /// subset.
    private func subsets(of codes: [String], for expression: Expression) -> [(value: Value, formula: CheckedFormula)]? {
        let any = isAnswered
        switch expression.readings(of: name) {
        case .some(.answered): return [(.set(codes), any)]
        case .some(.selected(let code)):
            guard codes.contains(code) else { return [(.set([]), any)] }
            let checked = chosen(code)
            return [(.set([code]), checked), (.set([]), .and([any, .negation(of: checked)]))]
        case .some(.count):
            guard codes.count <= 12, offers.isEmpty else { return nil }
            return (1...codes.count).map { count in
                (.set(Array(codes.prefix(count))), .counted(name: name, codes: codes, counts: count..<count + 1))
            }
        case nil:
            guard codes.count <= 6 else { return nil }
            return (1..<1 << codes.count).map { bits in
                let chosen = codes.indices.filter { bits >> $0 & 1 == 1 }
                let formula = CheckedFormula.and(
                    codes.indices.map { index in
                        let checked = self.chosen(codes[index])
                        return chosen.contains(index) ? checked : .negation(of: checked)
                    })
                return (.set(chosen.map { codes[$0] }), formula)
            }
        }
    }
}

/// What an expression wants to know of a question with several choices.
private enum SetReading: Equatable {
    case answered
    case selected(String)
    case count
}

extension Expression {
    /// The one way in which an expression reads a question with several choices; nil when there are several.
    fileprivate func readings(of question: String) -> SetReading? {
        var found: [SetReading?] = []
        func visit(_ expression: Expression) {
            switch expression {
            case .literal: break
            case .reference(.question(let id)) where id.rawValue == question: found.append(nil)
            case .reference: break
            case .not(let inner), .negative(let inner), .isIn(let inner, _): visit(inner)
            case .and(let left, let right), .or(let left, let right), .compare(_, let left, let right),
                .arithmetic(_, let left, let right):
                visit(left)
                visit(right)
            case .call(let function, let arguments):
                guard case .reference(.question(let id))? = arguments.first, id.rawValue == question else {
                    arguments.forEach(visit)
                    return
                }
                switch (function.name, arguments.dropFirst().first) {
                case ("answered", _): found.append(.answered)
                case ("count", _): found.append(.count)
                case ("selected", .literal(.text(let code))): found.append(.selected(code))
                default: found.append(nil)
                }
            }
        }
        visit(self)
        guard let first = found.first, found.allSatisfy({ $0 == first }) else { return nil }
        return first
    }
}
