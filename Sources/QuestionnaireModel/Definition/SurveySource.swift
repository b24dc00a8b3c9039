package import Diagnostics
package import Feedback
package import Markup

/// The survey file being read: its text, its languages, and what was found wrong so far.
package struct SurveySource: Sendable {
    /// The file's bytes and name.
    package let text: SourceText
    /// The survey's languages, the default first; never empty.
    package let languages: [LanguageTag]
    /// What was found wrong so far.
    package var diagnostics: [Diagnostic] = []

    /// A file to be read, in the languages its root declares.
    package init(text: SourceText, languages: [LanguageTag]) {
        self.text = text
        self.languages = languages
    }

    /// The most problems noted of one file; a file with more has one cause, and nobody reads them all.
    package static let mostDiagnostics = 1000

    /// Whether no more problems are noted.
    package var isFull: Bool { diagnostics.count >= Self.mostDiagnostics }

    /// Notes a problem at a range of bytes.
    ///
    /// The words are only made when there is room for them: a hostile file may ask for a hundred thousand.
    package mutating func report(
        _ code: DiagnosticCode, at range: Range<Int>, _ message: @autoclosure () -> String,
        help: @autoclosure () -> String? = nil
    ) {
        if isFull { return }
        diagnostics.append(Diagnostic(code, in: text, at: range, message: message(), help: help()))
    }

    /// The text children of a name, one a language, as one text; nil when there is none in any language.
    ///
    /// Missing and foreign languages and unfinished pipes are reported here, so that every text is checked alike.
    package mutating func localized(_ name: String, in element: MarkupElement) -> LocalizedText? {
        var versions: [LanguageTag: PipedText] = [:]
        for child in element.elements(named: name) {
            let language: LanguageTag
            if let written = child.writtenLanguage {
                guard let tag = LanguageTag(written.value), languages.contains(tag) else {
                    report(
                        .undeclaredLanguage, at: written.valueRange,
                        "The survey does not declare the language \"\(written.value)\".",
                        help: "Add it to languages=\"…\" on <survey>, or remove this text.")
                    continue
                }
                language = tag
            } else {
                language = languages[0]
            }
            if versions[language] != nil {
                report(
                    .repeatedText, at: child.nameRange,
                    "<\(name)> stands twice for \"\(language)\" in <\(element.name)>.",
                    help: "Keep one, or give the other its own xml:lang.")
                continue
            }
            let words = PipedText(child, &self)
            if words.parts.isEmpty {
                report(
                    .emptyText, at: child.nameRange, "<\(name)> of <\(element.name)> has no words.",
                    help: "Write some, or remove it.")
            }
            versions[language] = words
        }
        guard !versions.isEmpty else { return nil }
        let missing = languages.filter { versions[$0] == nil }
        if !missing.isEmpty {
            report(
                versions[languages[0]] == nil ? .missingDefaultText : .missingTranslation,
                at: element.elements(named: name)[0].nameRange,
                "<\(name)> of <\(element.name)> is missing in \(missing.map { "\"\($0)\"" }.joined(separator: ", ")).",
                help: "Add <\(name) xml:lang=\"\(missing[0])\">…</\(name)>.")
        }
        return LocalizedText(versions: versions, fallback: languages[0])
    }

    /// The options of a choice element, or the rows of a matrix: codes unique, labels in every language.
    package mutating func choices(
        in element: MarkupElement, named name: String = "option", by key: String = "code"
    ) -> [Choice] {
        var seen: Set<String> = []
        return element.elements(named: name).compactMap { option in
            guard let code = option.attribute(key), !code.value.isEmpty else { return nil }
            if !seen.insert(code.value).inserted {
                report(
                    .duplicateCode, at: code.valueRange,
                    "The \(key) \"\(code.value)\" is used twice in this question.",
                    help: "Give every \(name) its own \(key); answers are stored by it.")
            }
            guard let label = localized("label", in: option) ?? ownText(of: option) else {
                report(
                    .emptyText, at: option.nameRange, "This \(name) has no words to show.",
                    help: "Write <\(name) \(key)=\"\(code.value)\">…</\(name)>.")
                return nil
            }
            return Choice(
                code: code.value, label: label, takesText: option["other"] == "true",
                isExclusive: option["exclusive"] == "true")
        }
    }

    /// The text directly inside an element, taken as the default language's.
    private mutating func ownText(of element: MarkupElement) -> LocalizedText? {
        let words = PipedText(element, &self)
        if words.parts.isEmpty { return nil }
        let missing = languages.dropFirst()
        if !missing.isEmpty {
            report(
                .missingTranslation, at: element.textRange,
                "This \(element.name)'s words are missing in \(missing.map { "\"\($0)\"" }.joined(separator: ", ")).",
                help:
                    "Write <label>…</label> and <label xml:lang=\"\(missing[missing.startIndex])\">…</label> inside <\(element.name)>."
            )
        }
        return LocalizedText(versions: [languages[0]: words], fallback: languages[0])
    }
}

extension DiagnosticCode {
    /// A text in a language that the survey does not declare.
    package static let undeclaredLanguage = DiagnosticCode(
        "S020", title: "undeclared language",
        why: "Nobody would ever see this text: customers choose among the declared languages.",
        example: "<title xml:lang=\"bn\">…</title>")
    /// The same text twice in one language.
    package static let repeatedText = DiagnosticCode(
        "S021", title: "repeated text", why: "Only one of the two could be shown, and which would be chance.",
        example: "<prompt>One</prompt> <prompt>Two</prompt>")
    /// A text that is missing in the default language.
    package static let missingDefaultText = DiagnosticCode(
        "S022", title: "text missing in the default language",
        why: "The first language is the one that everybody falls back to.",
        example: "<title xml:lang=\"bn\">…</title>")
    /// A text that is missing in another language.
    package static let missingTranslation = DiagnosticCode(
        "S023", .warning, title: "missing translation",
        why: "Customers who chose that language would read this text in the survey's first language.",
        example: "<survey … languages=\"en bn\"> <title>Hello</title>")
    /// An option code used twice.
    package static let duplicateCode = DiagnosticCode(
        "S013", title: "duplicate option code", why: "Stored answers could not tell the two options apart.",
        example: "<option code=\"a\">Yes</option> <option code=\"a\">No</option>")
    /// A text element with nothing in it.
    package static let emptyText = DiagnosticCode(
        "S024", title: "empty text", why: "The customer would see an empty place.",
        example: "<prompt></prompt>")
    /// A pipe that is not written as one.
    package static let brokenPipe = DiagnosticCode(
        "S025", title: "unfinished pipe", why: "Customers would see the braces instead of a name.",
        example: "<title>Dear {Name}</title>")

    /// The codes that reading texts and options can give.
    package static let ofTexts = [
        undeclaredLanguage, repeatedText, missingDefaultText, missingTranslation, duplicateCode, emptyText, brokenPipe,
    ]
}
