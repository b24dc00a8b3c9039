package import Feedback

/// One text of a survey in the languages its author wrote.
package struct LocalizedText: Sendable, Equatable {
    /// The text by language.
    package let versions: [LanguageTag: PipedText]
    /// The language used where another is missing: the survey's first.
    package let fallback: LanguageTag

    /// A text in some languages.
    package init(versions: [LanguageTag: PipedText], fallback: LanguageTag) {
        self.versions = versions
        self.fallback = fallback
    }

    /// The text in a language, else in the survey's first, with the language it really is in.
    package func version(in language: LanguageTag) -> (text: PipedText, language: LanguageTag)? {
        if let text = versions[language] { return (text, language) }
        return versions[fallback].map { ($0, fallback) }
    }

    /// The words in a language with every pipe filled from a lookup, else by its fallback; empty when there is no text.
    package func filled(in language: LanguageTag, _ lookup: (String) -> String?) -> String {
        version(in: language)?.text.filled(lookup) ?? ""
    }
}

/// Text with places where a name is filled in: `Dear {contact.name|customer}`.
package struct PipedText: Sendable, Equatable {
    /// A part of a text.
    package enum Part: Sendable, Equatable {
        /// Words as written.
        case words(String)
        /// A name to fill in, with what stands there when it has no value; nil when the author gave none.
        case pipe(name: String, fallback: String?, range: Range<Int>)
    }

    /// The parts, in order.
    package let parts: [Part]

    /// A text from parts.
    package init(parts: [Part]) { self.parts = parts }

    /// The text with every pipe filled from a lookup, else by its fallback, else left out.
    package func filled(_ lookup: (String) -> String?) -> String {
        if parts.count == 1, case .words(let words) = parts[0] { return words }
        return parts.reduce(into: "") { result, part in
            switch part {
            case .words(let words): result += words
            case .pipe(let name, let fallback, _):
                let value = lookup(name) ?? ""
                result += value.isEmpty ? fallback ?? "" : value
            }
        }
    }

    /// The text as its author wrote it, for digests and exports.
    package var written: String {
        parts.reduce(into: "") { result, part in
            switch part {
            case .words(let words): result += words.replacing("{", with: "{{")
            case .pipe(let name, let fallback, _): result += "{\(name)\(fallback.map { "|" + $0 } ?? "")}"
            }
        }
    }
}
