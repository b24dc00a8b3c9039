/// A formula over which controls of a form are checked, written as CSS on the form element.
///
/// Built only through its static makers, which simplify; `always` and `never` therefore appear only alone.
package indirect enum CheckedFormula: Sendable, Hashable {
    /// Holds whatever is checked.
    case always
    /// Holds for nothing.
    case never
    /// One of these values of a field is checked.
    case checked(name: String, values: [String])
    /// Any value of a field is checked.
    case any(name: String)
    /// So many of some values of a field are checked.
    case counted(name: String, codes: [String], counts: Range<Int>)
    /// All hold; two or more.
    case all([CheckedFormula])
    /// At least one holds; two or more.
    case some([CheckedFormula])
    /// It does not hold.
    case not(CheckedFormula)

    /// That all hold.
    static func and(_ parts: [CheckedFormula]) -> CheckedFormula {
        var flat: [CheckedFormula] = []
        for part in parts {
            switch part {
            case .always: continue
            case .never: return .never
            case .all(let inner): for formula in inner where !flat.contains(formula) { flat.append(formula) }
            default: if !flat.contains(part) { flat.append(part) }
            }
        }
        return flat.isEmpty ? .always : flat.count == 1 ? flat[0] : .all(flat)
    }

    /// That at least one holds.
    static func or(_ parts: [CheckedFormula]) -> CheckedFormula {
        var flat: [CheckedFormula] = []
        for part in parts {
            switch part {
            case .never: continue
            case .always: return .always
            case .some(let inner): for formula in inner where !flat.contains(formula) { flat.append(formula) }
            default: if !flat.contains(part) { flat.append(part) }
            }
        }
        return flat.isEmpty ? .never : flat.count == 1 ? flat[0] : .some(flat)
    }

    /// That it does not hold.
    static func negation(of part: CheckedFormula) -> CheckedFormula {
        switch part {
        case .always: .never
        case .never: .always
        case .not(let inner): inner
        default: .not(part)
        }
    }

    /// That it does not hold.
    package var opposite: CheckedFormula { Self.negation(of: self) }

    /// How many controls it names, as a measure of its length.
    var size: Int {
        switch self {
        case .always, .never: 0
        case .any: 1
        case .checked(_, let values): values.count
        case .counted: spelledOut.size
        case .all(let parts), .some(let parts): parts.reduce(0) { $0 + $1.size }
        case .not(let inner): inner.size
        }
    }

    /// The compound selector that, put behind a form's selector, matches while the formula holds.
    package var selector: String {
        switch self {
        case .always: ""
        case .never: ":not(*)"
        case .any(let name): ":has([name=\"\(name)\"]:checked)"
        case .checked(let name, let values):
            values.count == 1
                ? ":has([name=\"\(name)\"][value=\"\(values[0])\"]:checked)"
                : ":has([name=\"\(name)\"]:is(\(values.map { "[value=\"\($0)\"]" }.joined(separator: ","))):checked)"
        case .counted: spelledOut.selector
        case .all(let parts): parts.map(\.selector).joined()
        case .some(let parts): ":is(\(parts.map(\.selector).joined(separator: ",")))"
        case .not(let inner): ":not(\(inner.selector))"
        }
    }

    /// A count as "at least this many, and not one more", each by naming every combination; CSS cannot count.
    private var spelledOut: CheckedFormula {
        guard case .counted(let name, let codes, let counts) = self else { return self }
        func atLeast(_ count: Int) -> CheckedFormula {
            if count <= 1 { return count < 1 ? .always : .any(name: name) }
            if count > codes.count { return .never }
            var combinations: [ArraySlice<Int>] = [[]]
            for _ in 0..<count {
                combinations = combinations.flatMap { chosen in
                    ((chosen.last ?? -1) + 1..<codes.count).map { chosen + [$0] }
                }
            }
            return .or(combinations.map { .and($0.map { .checked(name: name, values: [codes[$0]]) }) })
        }
        return .and([atLeast(counts.lowerBound), .negation(of: atLeast(counts.upperBound))])
    }
}
