package import Diagnostics

extension DiagnosticCode {
    /// A file that cannot be read, or is too large to be.
    package static let unreadableFile = DiagnosticCode(
        "S001", title: "file cannot be read",
        why: "heed reads regular files of at most 8 MiB, so that no file can stop it or fill its memory.",
        example: "heed compile /dev/zero")
    /// Bytes that are not UTF-8 text.
    package static let notUTF8 = DiagnosticCode(
        "S002", title: "not UTF-8 text",
        why:
            "Survey files are UTF-8, the one encoding that writes every language; other bytes would turn into wrong letters.",
        example: "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><survey/>")
    /// A document type declaration.
    package static let doctype = DiagnosticCode(
        "S003", title: "DOCTYPE not allowed",
        why:
            "A document type can name files, addresses and endless text. Survey files cannot reach anything outside themselves.",
        example: "<!DOCTYPE survey SYSTEM \"survey.dtd\"><survey/>")
    /// XML that is not well-formed.
    package static let notWellFormed = DiagnosticCode(
        "S004", title: "not well-formed XML",
        why: "Where a tag, quote or entity is unfinished nobody can know what was meant by the rest.",
        example: "<survey><title>How was it?<title></survey>")
    /// A processing instruction.
    package static let processingInstruction = DiagnosticCode(
        "S005", title: "processing instruction",
        why: "It asks some program to do something; heed would ignore it, and you would not know.",
        example: "<?xml-stylesheet href=\"style.css\"?><survey/>")
    /// A document that nests or repeats too much.
    package static let tooMuch = DiagnosticCode(
        "S006", title: "too deep or too many",
        why:
            "Elements, depth and attributes have bounds far above any real survey, so that no file can take unbounded time.",
        example: "a tag with more than 256 attributes")
    /// Something that only the schema noticed.
    package static let schemaViolation = DiagnosticCode(
        "S007", title: "not as the schema says",
        why: "The schema that editors use refuses this place, so they would show it as wrong too.",
        example: "what this compiler allows and the schema does not; please report it")
    /// A prefix that is not declared.
    package static let undeclaredPrefix = DiagnosticCode(
        "S008", title: "undeclared prefix", why: "A prefix stands for a namespace; without one the name means nothing.",
        example: "<h:survey/>")

    /// The codes that reading XML can give.
    package static let ofXML = [
        unreadableFile, notUTF8, doctype, notWellFormed, processingInstruction, tooMuch, schemaViolation,
        undeclaredPrefix,
    ]
}
