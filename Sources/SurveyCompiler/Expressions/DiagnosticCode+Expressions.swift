package import Diagnostics

extension DiagnosticCode {
    /// A name in a condition that nothing has.
    package static let unknownName = DiagnosticCode(
        "S014", title: "unknown name",
        why: "A condition that reads nothing would never hold: whoever should see this never would.",
        example: "<text id=\"why\" show-if=\"recomend le 6\"><prompt>Why?</prompt></text>")
    /// A condition that is not written as one.
    package static let conditionSyntax = DiagnosticCode(
        "S030", title: "condition not understood", why: "heed cannot know whom to show this to.",
        example: "show-if=\"recommend &lt;= 6\"")
    /// A function that does not exist.
    package static let unknownFunction = DiagnosticCode(
        "S031", title: "unknown function", why: "heed cannot know whom to show this to.",
        example: "show-if=\"answerd(recommend)\"")
    /// Arguments that a function cannot take.
    package static let wrongArguments = DiagnosticCode(
        "S032", title: "wrong arguments", why: "The function has no value for these arguments.",
        example: "show-if=\"selected(topics)\"")
    /// Parts that do not fit together.
    package static let typeMismatch = DiagnosticCode(
        "S033", title: "types do not fit",
        why: "Values of different types never match, so such a condition would silently never hold.",
        example: "show-if=\"recommend eq 'nine'\"")
    /// A code that is not among the options.
    package static let unknownOption = DiagnosticCode(
        "S034", title: "unknown option code", why: "Nobody can choose it, so the condition would never hold.",
        example: "show-if=\"contact-me eq 'maybe'\"")

    /// The codes that conditions can give.
    package static let ofConditions = [
        unknownName, conditionSyntax, unknownFunction, wrongArguments, typeMismatch, unknownOption,
    ]
}
