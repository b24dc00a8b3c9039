package import Feedback
internal import Markup
package import QuestionnaireModel

/// A page that asks nothing: it says what happened and what to do.
package struct NoticePage: Sendable {
    /// What happened.
    package enum Kind: Sendable, CaseIterable {
        /// The link's answers are complete (200 to a GET, 409 to a POST).
        case answered
        /// The survey takes no more answers, or the link has expired or was revoked (410).
        case closed
        /// Forged, unknown or mistyped: one page for all, so that nothing can be learnt from it (404).
        case notFound
        /// More was sent than is taken (413).
        case tooLarge
        /// Storage trouble where there is no form to give back (503).
        case busy
        /// Too many requests from one address (429).
        case wait
        /// Asks whether to stop asking; its one button posts to `action`.
        case unsubscribe
        /// Says that nobody will ask again.
        case unsubscribed
    }

    /// What happened.
    package var kind: Kind
    /// The language to speak, of the survey or of the browser; English where heed does not know it.
    package var language: LanguageTag
    /// Who asks, where that is known and may be said.
    package var sender: LocalizedText?
    /// The path that the button of `unsubscribe` posts to.
    package var action = ""
    /// Hidden fields of that button's form.
    package var hidden: [FormFields.Field] = []

    /// A page that asks nothing.
    package init(_ kind: Kind, language: LanguageTag, sender: LocalizedText? = nil) {
        self.kind = kind
        // The whole page is in heed's own words, so it is in their language.
        self.language = Words.speaking(language.primary).language == language.primary ? language : .english
        self.sender = sender
    }

    /// The page's bytes and its content security policy.
    package func render() -> RenderedPage {
        let words = Words.speaking(language.primary)
        let (title, text) = phrases
        var html = HTMLWriter()
        Shell.open(words(title), language: language, sheet: .plain, into: &html)
        html.open("header")
        Shell.writeBrand(sender, words: sender?.filled(in: language) { _ in nil } ?? "", on: language, into: &html)
        html.close("header")
        html.open("main", ["class": "card"])
        html.element("h1", text: words(title))
        html.element("p", text: words(text))
        if kind == .unsubscribe {
            html.open("form", ["method": "post", "action": action])
            PageWriter.write(hidden: hidden, into: &html)
            html.open("div", ["class": "acts"])
            html.element("button", text: words(.unsubscribeButton))
            html.close("div")
            html.close("form")
        }
        html.close("main")
        Shell.close(into: &html)
        return RenderedPage(bytes: html.bytes, sheet: .plain)
    }

    private var phrases: (title: Phrase, text: Phrase) {
        switch kind {
        case .answered: (.answeredTitle, .answeredText)
        case .closed: (.closedTitle, .closedText)
        case .notFound: (.notFoundTitle, .notFoundText)
        case .tooLarge: (.tooLargeTitle, .tooLargeText)
        case .busy: (.busyTitle, .laterText)
        case .wait: (.waitTitle, .waitText)
        case .unsubscribe: (.unsubscribeTitle, .unsubscribeText)
        case .unsubscribed: (.unsubscribedTitle, .unsubscribedText)
        }
    }
}
