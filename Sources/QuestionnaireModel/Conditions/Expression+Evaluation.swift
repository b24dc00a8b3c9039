internal import Feedback

extension Expression {
    /// The value under some answers, by Kleene's three-valued logic: unknown spreads unless the rest decides.
    package func value(_ lookup: (Reference) -> Value) -> Value {
        switch self {
        case .literal(let value): return value
        case .reference(let reference): return lookup(reference)
        case .not(let inner):
            guard case .boolean(let truth) = inner.value(lookup) else { return .unknown }
            return .boolean(!truth)
        case .and(let left, let right): return Self.decide(left, right, by: false, lookup)
        case .or(let left, let right): return Self.decide(left, right, by: true, lookup)
        case .compare(let comparison, let left, let right):
            return comparison.apply(left.value(lookup), right.value(lookup))
        case .isIn(let inner, let values):
            let value = inner.value(lookup)
            return value == .unknown ? .unknown : .boolean(values.contains(value))
        case .negative(let inner):
            guard case .number(let number) = inner.value(lookup) else { return .unknown }
            return .number(-number)
        case .arithmetic(let operation, let left, let right):
            guard case .number(let a) = left.value(lookup), case .number(let b) = right.value(lookup) else {
                return .unknown
            }
            return operation.apply(a, b)
        case .call(let function, let arguments):
            return function.evaluate(arguments.map { $0.value(lookup) })
        }
    }

    /// A value of `deciding` on either side settles it, even beside an unknown.
    private static func decide(
        _ left: Expression, _ right: Expression, by deciding: Bool, _ lookup: (Reference) -> Value
    ) -> Value {
        let first = left.value(lookup)
        if first == .boolean(deciding) { return first }
        let second = right.value(lookup)
        if second == .boolean(deciding) { return second }
        return first == .unknown || second == .unknown ? .unknown : .boolean(!deciding)
    }
}

extension Expression.Comparison {
    fileprivate func apply(_ left: Value, _ right: Value) -> Value {
        switch (left, right) {
        case (.number(let a), .number(let b)): .boolean(orders(a, b))
        case (.date(let a), .date(let b)): .boolean(orders(a, b))
        case (.text(let a), .text(let b)): .boolean(orders(a, b))
        case (.boolean(let a), .boolean(let b)): .boolean(orders(a ? 1 : 0, b ? 1 : 0))
        default: .unknown
        }
    }

    private func orders<T: Comparable>(_ left: T, _ right: T) -> Bool {
        switch self {
        case .eq: left == right
        case .ne: left != right
        case .lt: left < right
        case .le: left <= right
        case .gt: left > right
        case .ge: left >= right
        }
    }
}

extension Expression.Arithmetic {
    fileprivate func apply(_ left: Double, _ right: Double) -> Value {
        let result: Double =
            switch self {
            case .add: left + right
            case .subtract: left - right
            case .multiply: left * right
            case .divide: left / right
            case .remainder: left.truncatingRemainder(dividingBy: right)
            }
        return result.isFinite ? .number(result) : .unknown
    }
}
