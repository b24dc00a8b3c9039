package import Diagnostics
internal import Feedback
internal import LibXML
internal import Markup

/// Files that are given together and cannot both be published: one survey, one version, other bytes.
package enum SameVersion {
    static let code = DiagnosticCode(
        "S070", title: "two files for one version",
        why: "A published version never changes, so that only one of the two could ever be asked.",
        example: "two files with id=\"bank\" version=\"1\" and other questions")

    /// A problem for every file after the first of its survey and version; files are read again for its place.
    package static func diagnostics(
        _ surveys: [CompileReport.Survey], read: (String) -> SourceText?
    ) -> [Diagnostic] {
        var first: [String: CompileReport.Survey] = [:]
        return surveys.compactMap { survey in
            let name = "\(survey.id) \(survey.version)"
            guard let other = first[name] else {
                first[name] = survey
                return nil
            }
            if other.digest == survey.digest { return nil }
            let message = "\(other.file) is \(survey.id) version \(survey.version) too, with other contents."
            let help = "Give one of the two another version or another id."
            guard let text = read(survey.file), let root = XMLReader.read(text).root else {
                return Diagnostic(code, file: survey.file, message: message, help: help)
            }
            let place = (root.attribute("version") ?? root.attribute("id"))?.valueRange ?? root.nameRange
            return Diagnostic(code, in: text, at: place, message: message, help: help)
        }
    }
}
