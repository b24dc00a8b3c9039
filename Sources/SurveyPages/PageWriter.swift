internal import Feedback
internal import Markup
internal import QuestionnaireModel

extension SurveyPage {
    /// What fills names into the page's texts.
    var filler: PipeFiller {
        PipeFiller(questionnaire: questionnaire, language: language, routing: routing, contactName: contactName)
    }
}

/// Writes one page of questions, for a customer or, with marks in place of what differs, as a template.
struct PageWriter {
    let page: SurveyPage
    let frame: PageFrame
    let words: Words
    let ours: PartLanguage
    let isTemplate: Bool
    let fill: @Sendable (LocalizedText) -> String
    var html = HTMLWriter()

    init(_ page: SurveyPage, _ frame: PageFrame, marks: Bool = false) {
        self.page = page
        self.frame = frame
        words = Words.speaking(page.language.primary)
        ours = PartLanguage(of: words, on: page.language)
        isTemplate = marks
        let (language, filler) = (page.language, page.filler)
        if marks {
            fill = { PageTemplate.marked($0, in: language) }
        } else {
            fill = { $0.filled(in: language, filler.lookup) }
        }
    }

    /// The whole page.
    consuming func rendered() -> RenderedPage {
        let title = page.questionnaire.title.filled(in: page.language) { _ in nil }
        let heading = page.problems.isEmpty ? title : problemsHeading + " " + title
        Shell.open(heading, language: page.language, sheet: frame.sheet, into: &html)
        html.open(
            "form", ["method": "post", "action": isTemplate ? PageTemplate.mark("a") : page.action, "novalidate": ""])
        writeDefaultButton()
        writeHeader()
        html.open("main", ["class": "card"])
        writeHeadings()
        writeNotice()
        writeSummary()
        for entry in frame.questions { write(entry) }
        writeActions()
        html.close("main")
        Self.hiddenField("_page", page.questionnaire.pages[page.page].id.rawValue, into: &html)
        Self.hiddenField("_in", page.language.rawValue, into: &html)
        if isTemplate { html.text(PageTemplate.mark("h")) } else { Self.write(hidden: page.hidden, into: &html) }
        html.close("form")
        writeFooter()
        Shell.close(into: &html)
        return RenderedPage(bytes: html.bytes, sheet: frame.sheet)
    }

    static func write(hidden: [FormFields.Field], into html: inout HTMLWriter) {
        for field in hidden { hiddenField(field.name, field.value, into: &html) }
    }

    static func hiddenField(_ name: String, _ value: String, into html: inout HTMLWriter) {
        html.open("input", ["type": "hidden", "name": name, "value": value])
    }

    /// Writes an author's text, marked with its language where it fell back to another.
    mutating func write(_ text: LocalizedText) {
        let part = PartLanguage(of: text.version(in: page.language)?.language, on: page.language)
        guard part.lang != nil else {
            html.text(fill(text))
            return
        }
        html.element("span", ["lang": part.lang, "dir": part.direction], text: fill(text))
    }

    var problemsHeading: String {
        page.problems.count == 1 ? words(.problemsOne) : words(.problemsMany, String(page.problems.count))
    }

    private var hasLanguages: Bool { page.questionnaire.profile.languages.count > 1 }

    /// Enter in a text field presses a form's first button; without this one that would be a language or "Back".
    private mutating func writeDefaultButton() {
        guard hasLanguages || page.canGoBack else { return }
        html.open(
            "button",
            ["class": "vh", "name": "_go", "value": "next", "tabindex": "-1", "aria-hidden": "true", "lang": ours.lang])
        html.text(words(page.isLast ? .send : .next))
        html.close("button")
    }

    private mutating func writeHeader() {
        html.open("header")
        let sender = page.questionnaire.sender
        Shell.writeBrand(sender, words: sender.map(fill) ?? "", on: page.language, into: &html)
        if hasLanguages {
            html.open("div", ["class": "tongues", "role": "group", "aria-label": words(.language), "lang": ours.lang])
            for language in page.questionnaire.profile.languages {
                let attributes = PartLanguage(of: language, on: page.language)
                if language == page.language {
                    html.element("span", ["aria-current": "true"], text: language.endonym)
                } else {
                    html.element(
                        "button",
                        [
                            "name": "_language", "value": language.rawValue, "lang": attributes.lang,
                            "dir": attributes.direction,
                        ],
                        text: language.endonym)
                }
            }
            html.close("div")
        }
        writeProgress()
        html.close("header")
    }

    /// By the page's place in the survey, so that it never goes backwards, whatever is skipped.
    private mutating func writeProgress() {
        let count = page.questionnaire.pages.count
        guard count > 1 else { return }
        let place = words(.progress, String(page.page + 1), String(count))
        html.open("div", ["class": "bar", "lang": ours.lang, "dir": ours.direction])
        html.element("progress", ["max": String(count), "value": String(page.page + 1), "aria-label": place], text: "")
        html.element("span", ["aria-hidden": "true"], text: place)
        html.close("div")
    }

    private mutating func writeHeadings() {
        let own = page.questionnaire.pages[page.page].title
        // A title said before is said more quietly.
        html.open("h1", ["class": page.page > 0 && own == nil ? "again" : nil])
        write(page.page == 0 ? page.questionnaire.title : own ?? page.questionnaire.title)
        html.close("h1")
        guard page.page == 0 else { return }
        if let introduction = page.questionnaire.introduction {
            html.open("p", ["class": "lead"])
            write(introduction)
            html.close("p")
        }
        if let own {
            html.open("h2")
            write(own)
            html.close("h2")
        }
    }

    private mutating func writeActions() {
        html.open("div", ["class": "acts", "lang": ours.lang, "dir": ours.direction])
        if page.canGoBack {
            html.element("button", ["class": "quiet", "name": "_go", "value": "back"], text: words(.back))
        }
        html.element("button", ["name": "_go", "value": "next"], text: words(page.isLast ? .send : .next))
        html.close("div")
    }
}
