package import Feedback
internal import Markup
package import QuestionnaireModel

/// What a customer sees after the last page: thanks, and what they are offered.
package struct EndingPage: Sendable {
    /// The survey.
    package var questionnaire: Questionnaire
    /// What is said under the answers given: `routing.ending`.
    package var ending: Ending?
    /// The language to draw in, one of the survey's.
    package var language: LanguageTag
    /// What the answers were, for pipes.
    package var routing: Routing
    /// The customer's name for greetings, looked up now and never stored.
    package var contactName: String?
    /// Where "Stop asking me" leads, on personal links.
    package var unsubscribePath: String?

    /// The ending of a survey under the answers given.
    package init(questionnaire: Questionnaire, language: LanguageTag, routing: Routing) {
        self.questionnaire = questionnaire
        ending = routing.ending
        self.language = language
        self.routing = routing
    }

    /// The page's bytes and its content security policy.
    package func render() -> RenderedPage {
        let filler = PipeFiller(
            questionnaire: questionnaire, language: language, routing: routing, contactName: contactName)
        let words = Words.speaking(language.primary)
        let ours = PartLanguage(of: words, on: language)
        var html = HTMLWriter()
        Shell.open(words(.thankYouTitle), language: language, sheet: .plain, into: &html)
        html.open("header")
        let sender = questionnaire.sender
        Shell.writeBrand(sender, words: sender?.filled(in: language, filler.lookup) ?? "", on: language, into: &html)
        html.close("header")
        html.open("main", ["class": "card end"])
        html.element(
            "h1", ["class": ending == nil ? nil : "vh", "lang": ours.lang, "dir": ours.direction],
            text: words(.thankYouTitle))
        if let message = ending?.message {
            let part = PartLanguage(of: message.version(in: language)?.language, on: language)
            html.element(
                "p", ["class": "thanks", "lang": part.lang, "dir": part.direction],
                text: message.filled(in: language, filler.lookup))
        }
        for offer in ending?.offers ?? [] { write(offer, words, ours, filler, into: &html) }
        html.close("main")
        if let unsubscribePath {
            html.open("footer")
            html.open("p", ["lang": ours.lang, "dir": ours.direction])
            html.element("a", ["href": unsubscribePath], text: words(.stopAsking))
            html.close("p")
            html.close("footer")
        }
        Shell.close(into: &html)
        return RenderedPage(bytes: html.bytes, sheet: .plain)
    }

    /// An offer as a link; one without an address says only its words, and nothing when it has none.
    private func write(
        _ offer: Offer, _ words: Words, _ ours: PartLanguage, _ filler: PipeFiller, into html: inout HTMLWriter
    ) {
        let label = offer.label?.filled(in: language, filler.lookup)
        let part = offer.label.map { PartLanguage(of: $0.version(in: language)?.language, on: language) } ?? ours
        let phrase: Phrase =
            switch offer.kind {
            case .referral: .offerReferral
            case .review: .offerReview
            case .testimonial: .offerTestimonial
            case .coupon: .offerCoupon
            case .help: .offerHelp
            }
        if let code = offer.code {
            html.open("p", ["class": "coupon"])
            html.element("span", ["lang": part.lang, "dir": part.direction], text: label ?? words(phrase))
            html.element("strong", ["dir": "ltr"], text: code)
            html.close("p")
        }
        guard let href = offer.href, Self.isSafe(href) else {
            guard let label, offer.code == nil else { return }
            html.element("p", ["lang": part.lang, "dir": part.direction], text: label)
            return
        }
        html.open("p")
        html.element(
            "a",
            ["class": "offer", "href": href, "rel": "noopener noreferrer", "lang": part.lang, "dir": part.direction],
            text: label ?? words(phrase))
        html.close("p")
    }

    /// Only addresses that a browser fetches over TLS; never `javascript:` and its like.
    private static func isSafe(_ href: String) -> Bool {
        href.lowercased().hasPrefix("https://") && href.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F }
    }
}
