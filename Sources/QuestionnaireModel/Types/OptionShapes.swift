/// The shapes of options, which choice questions share, and of a matrix's rows.
package enum OptionShapes {
    private static let label = ChildShape.text("label", "The option's words in a language.")
    private static let code = AttributeShape(
        "code", .name, required: true, "What is stored; never reused for another meaning.")
    private static let showIf = AttributeShape(
        "show-if", .condition, "When it is offered; it may read fields, earlier pages and what is chosen on its page.")
    private static let other = AttributeShape("other", .boolean, "Opens a field for free text when chosen.")
    private static let exclusive = AttributeShape(
        "exclusive", .boolean, "Cannot be chosen beside others, such as \"none of these\".")
    private static let summary = "One allowed answer; its words stand inside, or in <label> elements, one a language."

    /// An option without anything beside it: of a matrix's columns, or the words of a computed value.
    package static let plainOption = ElementShape(
        "option", summary, attributes: [code], children: [label], holdsText: true)

    /// An option of a ranking.
    static let rankedOption = ElementShape(
        "option", summary, attributes: [code, showIf], children: [label], holdsText: true)

    static let option = ElementShape(
        "option", summary, attributes: [code, other, showIf], children: [label], holdsText: true)

    static let exclusiveOption = ElementShape(
        "option", summary, attributes: [code, other, exclusive, showIf], children: [label], holdsText: true)

    /// Options under a heading of their own.
    static func group(of option: ElementShape) -> ElementShape {
        ElementShape(
            "group", "Options under a heading of their own.",
            children: [.text("label", required: true, "The heading."), .element(option, least: 1)], isBracket: true)
    }

    /// A row of a matrix.
    static let item = ElementShape(
        "item", "One row; its words stand inside, or in <label> elements, one a language.",
        attributes: [
            AttributeShape("id", .name, required: true, "The row's id; its answer is stored under it."), showIf,
        ],
        children: [label], holdsText: true)

    /// Whether options are shown in the order written, or in one of each response's own.
    static let order = AttributeShape(
        "order", .oneOf(["written", "random"]),
        "\"random\" shows every response an order of its own, the same on every visit; options with text and exclusive ones keep their places."
    )
}
