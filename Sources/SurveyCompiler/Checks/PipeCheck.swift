internal import Diagnostics
internal import Feedback
internal import Markup
internal import QuestionnaireModel

/// What is piped into a text is known, was asked by then, and has a fallback where it may be empty.
enum PipeCheck: SurveyCheck {
    static let missingFallback = DiagnosticCode(
        "S026", title: "pipe without fallback",
        why: "Where there is no value the customer would read a sentence with a hole in it.",
        example: "<title>Dear {contact.name}</title>")
    static let unknownPipe = DiagnosticCode(
        "S027", title: "pipe of an unknown name", why: "There is nothing to fill in, for anybody.",
        example: "<prompt>How was {order.prodct|your order}?</prompt>")
    static let pipedTooEarly = DiagnosticCode(
        "S028", title: "pipe of what is not yet asked",
        why: "The page is drawn before it is answered, so everybody would read the fallback.",
        example: "<title>You said {reason|nothing}</title>")
    static let nothingToPipe = DiagnosticCode(
        "S029", title: "pipe of what has no words", why: "A statement has no answer to fill in.",
        example: "<prompt>{note|…}</prompt>")

    static let codes = [missingFallback, unknownPipe, pipedTooEarly, nothingToPipe]

    static func check(_ draft: SurveyDraft, _ source: inout SurveySource) {
        for text in [draft.title, draft.introduction, draft.sender, draft.privacyNotice] {
            check(text, before: 0, draft, &source)
        }
        for (index, page) in draft.pages.enumerated() { check(page.title, before: index, draft, &source) }
        for question in draft.questions {
            let texts = [question.prompt, question.help, question.requiredMessage] + (question.type?.texts ?? [])
            for text in texts { check(text, before: question.page, draft, &source) }
        }
        for ending in draft.endings {
            for text in [ending.message] + ending.offers.map(\.label) {
                check(text, before: draft.pages.count, draft, &source)
            }
        }
    }

    private static func check(
        _ text: LocalizedText?, before page: Int, _ draft: SurveyDraft, _ source: inout SurveySource
    ) {
        guard let text else { return }
        for version in text.versions.values where version.parts.count > 1 || version.hasPipe {
            for case .pipe(let name, let fallback, let range) in version.parts {
                check(name, fallback, at: range, before: page, draft, &source)
            }
        }
    }

    private static func check(
        _ name: String, _ fallback: String?, at range: Range<Int>, before page: Int, _ draft: SurveyDraft,
        _ source: inout SurveySource
    ) {
        var mayBeEmpty = true
        if name != "contact.name" {
            guard let symbol = draft.names[name] else {
                if draft.names.spoiled.contains(name) { return }
                source.report(
                    unknownPipe, at: range, "Nothing is named \"\(name)\".",
                    help: draft.names.nearest(to: name, or: ["contact.name"]).map { "Did you mean {\($0)}?" }
                        ?? "Pipe a declared field, an earlier question or contact.name; {{ is a brace.")
                return
            }
            if symbol.type == ValueType.none {
                source.report(nothingToPipe, at: range, "\"\(name)\" is a statement and has no answer.")
                return
            }
            if let asked = symbol.page, asked >= page {
                source.report(
                    pipedTooEarly, at: range,
                    "\"\(name)\" is asked \(asked == page ? "on this very page" : "later").",
                    help: "Move this to a page after it.")
                return
            }
            if let index = symbol.question {
                let question = draft.questions[index]
                mayBeEmpty =
                    !question.isRequired || question.element["show-if"] != nil
                    || draft.pages[question.page].element["show-if"] != nil
            }
        }
        if mayBeEmpty, fallback == nil {
            source.report(
                missingFallback, at: range, "\"\(name)\" may have no value here, and no fallback is given.",
                help: "Write {\(name)|…} with words that fit instead.")
        }
    }
}

extension PipedText {
    fileprivate var hasPipe: Bool { if case .pipe = parts.first { true } else { false } }
}
