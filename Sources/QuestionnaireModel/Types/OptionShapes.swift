/// The shapes of options, which choice questions share, and of a matrix's rows.
enum OptionShapes {
    static let label = ChildShape.text("label", "The option's words in a language.")

    /// An option without anything beside it.
    static let plainOption = ElementShape(
        "option", "One allowed answer; its words stand inside, or in <label> elements, one a language.",
        attributes: [
            AttributeShape("code", .name, required: true, "What is stored; never reused for another meaning.")
        ],
        children: [label], holdsText: true)

    static let option = ElementShape(
        "option", plainOption.summary,
        attributes: plainOption.attributes + [
            AttributeShape("other", .boolean, "Opens a field for free text when chosen.")
        ],
        children: [label], holdsText: true)

    static let exclusiveOption = ElementShape(
        "option", plainOption.summary,
        attributes: option.attributes + [
            AttributeShape("exclusive", .boolean, "Cannot be chosen beside others, such as \"none of these\".")
        ],
        children: [label], holdsText: true)

    /// A row of a matrix.
    static let item = ElementShape(
        "item", "One row; its words stand inside, or in <label> elements, one a language.",
        attributes: [AttributeShape("id", .name, required: true, "The row's id; its answer is stored under it.")],
        children: [label], holdsText: true)
}
