/// A word of a condition with its place in the file.
struct Token: Equatable {
    enum Kind: Equatable {
        case name(String)
        case number(Double)
        case text(String)
        case plus, minus, star, open, close, comma
        case end
    }

    let kind: Kind
    let range: Range<Int>
}

/// The words that conditions use as operators; no id may be one of them.
enum OperatorWords {
    static let all = ["or", "and", "eq", "ne", "lt", "le", "gt", "ge", "in", "div", "mod", "not"]
}
