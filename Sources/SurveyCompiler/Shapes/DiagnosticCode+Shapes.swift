package import Diagnostics

extension DiagnosticCode {
    /// A file that is no survey.
    package static let notASurvey = DiagnosticCode(
        "S009", title: "not a survey",
        why: "The root element and its namespace say what a file is; heed compiles <survey> in urn:heed:survey:1.",
        example: "<survey id=\"shop\"/>")
    /// An element that is not known where it stands.
    package static let unknownElement = DiagnosticCode(
        "S010", title: "unknown element", why: "heed would have to leave it out, and customers would never see it.",
        example: "<page id=\"one\"><nps id=\"score\"><prompt>How likely?</prompt></nps><npss id=\"again\"/></page>")
    /// An attribute that the element does not have.
    package static let unknownAttribute = DiagnosticCode(
        "S011", title: "unknown attribute",
        why: "heed would have to ignore it, and what it was meant to do would not happen.",
        example: "<nps id=\"score\" requird=\"true\"><prompt>How likely?</prompt></nps>")
    /// An attribute that must be there.
    package static let missingAttribute = DiagnosticCode(
        "S012", title: "missing attribute", why: "Without it heed cannot know what is meant.",
        example: "<nps><prompt>How likely?</prompt></nps>")
    /// An element that must be there.
    package static let missingElement = DiagnosticCode(
        "S015", title: "missing element", why: "Without it the customer would see an unfinished page.",
        example: "<nps id=\"score\"/>")
    /// An element that may stand once only.
    package static let repeatedElement = DiagnosticCode(
        "S016", title: "repeated element", why: "Only one of them could be used, and which would be chance.",
        example: "<fields><field name=\"a\" type=\"text\"/></fields> <fields><field name=\"b\" type=\"text\"/></fields>"
    )
    /// Words where only elements belong.
    package static let strayText = DiagnosticCode(
        "S017", title: "words outside a text", why: "Nobody would ever see these words.",
        example: "<page id=\"one\">Hello <nps id=\"score\"><prompt>How likely?</prompt></nps></page>")
    /// An attribute's value that cannot be.
    package static let badValue = DiagnosticCode(
        "S018", title: "bad attribute value", why: "heed cannot take this value for what it stands for.",
        example: "<nps id=\"score\" required=\"yes\"><prompt>How likely?</prompt></nps>")

    /// The codes that comparing elements with their shapes can give.
    package static let ofShapes = [
        notASurvey, unknownElement, unknownAttribute, missingAttribute, missingElement, repeatedElement, strayText,
        badValue,
    ]
}
