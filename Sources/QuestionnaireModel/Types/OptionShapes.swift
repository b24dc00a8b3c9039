/// The shape of the options that choice questions share.
enum OptionShapes {
    static let label = ChildShape.text("label", "The option's words in a language.")

    static let option = ElementShape(
        "option", "One allowed answer; its words stand inside, or in <label> elements, one a language.",
        attributes: [
            AttributeShape("code", .name, required: true, "What is stored; never reused for another meaning."),
            AttributeShape("other", .boolean, "Opens a field for free text when chosen."),
        ],
        children: [label], holdsText: true)

    static let exclusiveOption = ElementShape(
        "option", "One allowed answer; its words stand inside, or in <label> elements, one a language.",
        attributes: option.attributes + [
            AttributeShape("exclusive", .boolean, "Cannot be chosen beside others, such as \"none of these\".")
        ],
        children: [label], holdsText: true)
}
