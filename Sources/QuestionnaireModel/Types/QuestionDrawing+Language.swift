package import Feedback
internal import Markup

/// The `lang` and `dir` that a part needs when it is not in its page's language; both nil when it is.
package struct PartLanguage: Sendable {
    /// The `lang` attribute's value.
    package let lang: String?
    /// The `dir` attribute's value.
    package let direction: String?

    /// The attributes of a part in one language on a page in another.
    package init(of part: LanguageTag?, on page: LanguageTag) {
        let differs = part != nil && part != page
        lang = differs ? part?.rawValue : nil
        direction = differs ? part?.direction : nil
    }

    /// The attributes of heed's own words on a page in a language that heed may not speak.
    package init(of words: Words, on page: LanguageTag) {
        self.init(of: words.language == page.primary ? nil : LanguageTag(words.language), on: page)
    }
}

extension QuestionDrawing {
    /// Writes an author's text, marked with its language where it fell back to another than the page's.
    func write(_ text: LocalizedText, into html: inout HTMLWriter) {
        let part = PartLanguage(of: text.version(in: language)?.language, on: language)
        guard part.lang != nil else {
            html.text(fill(text))
            return
        }
        html.element("span", ["lang": part.lang, "dir": part.direction], text: fill(text))
    }

    /// Writes a phrase of heed's own, marked with its language where it is not the page's.
    func write(_ phrase: Phrase, _ figures: String..., into html: inout HTMLWriter) {
        let part = PartLanguage(of: words, on: language)
        let text = words.filled(phrase, figures)
        guard part.lang != nil else {
            html.text(text)
            return
        }
        html.element("span", ["lang": part.lang, "dir": part.direction], text: text)
    }
}
