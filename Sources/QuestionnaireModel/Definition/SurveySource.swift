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
    /// How many texts were read so far, each counted once for all its languages.
    package private(set) var textCount = 0
    /// How many of them are missing, by language.
    package private(set) var missingTexts: [LanguageTag: Int] = [:]

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
        count(missing)
        if !missing.isEmpty {
            report(
                versions[languages[0]] == nil ? .missingDefaultText : .missingTranslation,
                at: element.elements(named: name)[0].nameRange,
                "<\(name)> of <\(element.name)> is missing in \(missing.map { "\"\($0)\"" }.joined(separator: ", ")).",
                help: "Add <\(name) xml:lang=\"\(missing[0])\">…</\(name)>.")
        }
        return LocalizedText(versions: versions, fallback: languages[0])
    }

    /// Adds to the first missing translation how many there are in each language.
    package mutating func countMissingTranslations() {
        guard let first = diagnostics.firstIndex(where: { $0.code == .missingTranslation }) else { return }
        let counts = languages.compactMap { language in
            missingTexts[language].map { "\"\(language)\" lacks \($0) of \(textCount) texts" }
        }
        diagnostics[first].message += " In all, \(counts.joined(separator: ", "))."
    }

    private mutating func count(_ missing: [LanguageTag]) {
        textCount += 1
        for language in missing { missingTexts[language, default: 0] += 1 }
    }

    /// The options of a choice element, or the rows of a matrix: codes unique, labels in every language.
    package mutating func choices(
        in element: MarkupElement, named name: String = "option", by key: String = "code"
    ) -> [Choice] {
        var seen: Set<String> = []
        var choices: [Choice] = []
        for child in element.elements {
            if child.name == name {
                if let choice = choice(child, by: key, in: nil, &seen) { choices.append(choice) }
            } else if child.name == "group" {
                let heading = localized("label", in: child)
                for option in child.elements(named: name) {
                    if let choice = choice(option, by: key, in: heading, &seen) { choices.append(choice) }
                }
            }
        }
        return choices
    }

    private mutating func choice(
        _ option: MarkupElement, by key: String, in group: LocalizedText?, _ seen: inout Set<String>
    ) -> Choice? {
        guard let code = option.attribute(key), !code.value.isEmpty else { return nil }
        if !seen.insert(code.value).inserted {
            report(
                .duplicateCode, at: code.valueRange, "The \(key) \"\(code.value)\" is used twice in this question.",
                help: "Give every \(option.name) its own \(key); answers are stored by it.")
        }
        guard let label = words("label", of: option) else {
            report(
                .emptyText, at: option.nameRange, "This \(option.name) has no words to show.",
                help: "Write <\(option.name) \(key)=\"\(code.value)\">…</\(option.name)>.")
            return nil
        }
        return Choice(
            code: code.value, label: label, takesText: option["other"] == "true",
            isExclusive: option["exclusive"] == "true", group: group)
    }

    /// The words of an element, written in children of a name, one a language, or directly inside it.
    package mutating func words(_ name: String, of element: MarkupElement) -> LocalizedText? {
        localized(name, in: element) ?? ownText(of: element, elsewhere: name)
    }

    /// The text directly inside an element, taken as the default language's.
    private mutating func ownText(of element: MarkupElement, elsewhere name: String) -> LocalizedText? {
        let words = PipedText(element, &self)
        if words.parts.isEmpty { return nil }
        let missing = languages.dropFirst()
        count(Array(missing))
        if !missing.isEmpty {
            report(
                .missingTranslation, at: element.textRange,
                "This \(element.name)'s words are missing in \(missing.map { "\"\($0)\"" }.joined(separator: ", ")).",
                help:
                    "Write <\(name)>…</\(name)> and <\(name) xml:lang=\"\(missing[missing.startIndex])\">…</\(name)> inside <\(element.name)>."
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
        example: "<nps id=\"score\"><prompt>How likely?</prompt><help xml:lang=\"bn\">এক কথায়</help></nps>")
    /// The same text twice in one language.
    package static let repeatedText = DiagnosticCode(
        "S021", title: "repeated text", why: "Only one of the two could be shown, and which would be chance.",
        example: "<nps id=\"score\"><prompt>One</prompt><prompt>Two</prompt></nps>")
    /// A text that is missing in the default language.
    package static let missingDefaultText = DiagnosticCode(
        "S022", title: "text missing in the default language",
        why: "The first language is the one that everybody falls back to.",
        example:
            "<survey xmlns=\"urn:heed:survey:1\" id=\"s\" version=\"1\" kind=\"relationship\" languages=\"en bn\"> <title xml:lang=\"bn\">কেমন?</title> <page id=\"one\"><csat id=\"care\"><prompt>How?</prompt><prompt xml:lang=\"bn\">কেমন?</prompt></csat></page> <ending><message>Thanks.</message><message xml:lang=\"bn\">ধন্যবাদ।</message></ending></survey>"
    )
    /// A text that is missing in another language.
    package static let missingTranslation = DiagnosticCode(
        "S023", .warning, title: "missing translation",
        why: "Customers who chose that language would read this text in the survey's first language.",
        example:
            "<survey xmlns=\"urn:heed:survey:1\" id=\"s\" version=\"1\" kind=\"relationship\" languages=\"en bn\"> <title>How?</title> <page id=\"one\"><csat id=\"care\"><prompt>How?</prompt><prompt xml:lang=\"bn\">কেমন?</prompt></csat></page> <ending><message>Thanks.</message><message xml:lang=\"bn\">ধন্যবাদ।</message></ending></survey>"
    )
    /// An option code used twice.
    package static let duplicateCode = DiagnosticCode(
        "S013", title: "duplicate option code", why: "Stored answers could not tell the two options apart.",
        example:
            "<choice id=\"again\"><prompt>Again?</prompt><option code=\"a\">Yes</option><option code=\"a\">No</option></choice>"
    )
    /// A text element with nothing in it.
    package static let emptyText = DiagnosticCode(
        "S024", title: "empty text", why: "The customer would see an empty place.",
        example: "<nps id=\"score\"><prompt> </prompt></nps>")
    /// A pipe that is not written as one.
    package static let brokenPipe = DiagnosticCode(
        "S025", title: "unfinished pipe", why: "Customers would see the braces instead of a name.",
        example: "<nps id=\"score\"><prompt>Dear {Name}, how likely?</prompt></nps>")

    /// The codes that reading texts and options can give.
    package static let ofTexts = [
        undeclaredLanguage, repeatedText, missingDefaultText, missingTranslation, duplicateCode, emptyText, brokenPipe,
    ]
}
