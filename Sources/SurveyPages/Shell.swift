internal import Feedback
internal import Markup
internal import QuestionnaireModel

/// What every page of the questionnaire has around it.
enum Shell {
    static func open(_ title: String, language: LanguageTag, sheet: StyleSheet, into html: inout HTMLWriter) {
        html.markup("<!doctype html>")
        html.open("html", ["lang": language.rawValue, "dir": language.direction])
        html.markup(
            "<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
        html.markup("<meta name=\"robots\" content=\"noindex\"><meta name=\"referrer\" content=\"no-referrer\">")
        html.element("title", text: title)
        html.markup("<style>")
        html.trusted(sheet.bytes)
        html.markup("</style></head><body>")
    }

    static func close(into html: inout HTMLWriter) { html.markup("</body></html>\n") }

    /// Who asks, with its first letter as a sign.
    static func writeBrand(
        _ sender: LocalizedText?, words: String, on language: LanguageTag, into html: inout HTMLWriter
    ) {
        guard let sender else {
            html.markup("<span></span>")
            return
        }
        let part = PartLanguage(of: sender.version(in: language)?.language, on: language)
        html.open("span", ["class": "brand", "lang": part.lang, "dir": part.direction])
        if let first = sender.filled(in: language, { _ in nil }).first {
            html.element("span", ["class": "sign", "aria-hidden": "true"], text: first.uppercased())
        }
        html.text(words)
        html.close("span")
    }
}
