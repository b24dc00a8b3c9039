internal import Feedback
internal import QuestionnaireModel

extension Expression {
    /// The parts below `and`, `or` and `not`: what is true, false or unknown by itself.
    var atoms: [Expression] {
        switch self {
        case .and(let left, let right), .or(let left, let right): left.atoms + right.atoms
        case .not(let inner): inner.atoms
        default: [self]
        }
    }

    /// This part and all below it, outermost first.
    func visit(_ body: (Expression) -> Void) {
        body(self)
        switch self {
        case .literal, .reference: break
        case .not(let inner), .negative(let inner), .isIn(let inner, _): inner.visit(body)
        case .and(let left, let right), .or(let left, let right), .compare(_, let left, let right),
            .arithmetic(_, let left, let right):
            left.visit(body)
            right.visit(body)
        case .call(_, let arguments): for argument in arguments { argument.visit(body) }
        }
    }

    /// The value of a part that reads nothing; nil where it reads something.
    var constant: Value? { references.isEmpty ? value { _ in .unknown } : nil }

    /// Every constant in it, those of lists included.
    var constants: [Value] {
        var found: [Value] = []
        func collect(_ part: Expression) {
            if let value = part.constant { return found.append(value) }
            switch part {
            case .literal, .reference: break
            case .not(let inner), .negative(let inner): collect(inner)
            case .isIn(let inner, let members):
                found += members
                collect(inner)
            case .and(let left, let right), .or(let left, let right), .compare(_, let left, let right),
                .arithmetic(_, let left, let right):
                collect(left)
                collect(right)
            case .call(_, let arguments): arguments.forEach(collect)
            }
        }
        collect(self)
        return found
    }

    /// Whether something is calculated from what it reads, so that more than the constants in it makes a difference.
    ///
    /// `if`, `default`, `min` and `max` only choose among values; a comparison of what they give compares those values.
    var calculates: Bool {
        var found = false
        visit { part in
            switch part {
            case .arithmetic, .negative: found = found || part.constant == nil
            case .call(let function, _):
                found =
                    found
                    || !["answered", "selected", "count", "length", "if", "default", "min", "max"]
                        .contains(function.name)
            default: break
            }
        }
        return found
    }

    /// The functions called directly on a reference, with the code asked for where there is one; nil for a plain
    /// reading.
    func readings(of reference: Reference) -> [(function: String?, code: String?)] {
        var found: [(function: String?, code: String?)] = []
        func collect(_ part: Expression) {
            switch part {
            case .literal: break
            case .reference(let read): if read == reference { found.append((nil, nil)) }
            case .not(let inner), .negative(let inner), .isIn(let inner, _): collect(inner)
            case .and(let left, let right), .or(let left, let right), .compare(_, let left, let right),
                .arithmetic(_, let left, let right):
                collect(left)
                collect(right)
            case .call(let function, let arguments):
                guard case .reference(reference)? = arguments.first,
                    ["answered", "selected", "count", "length"].contains(function.name)
                else { return arguments.forEach(collect) }
                if case .literal(.text(let code))? = arguments.dropFirst().first {
                    found.append((function.name, code))
                } else {
                    found.append((function.name, nil))
                }
            }
        }
        collect(self)
        return found
    }
}
