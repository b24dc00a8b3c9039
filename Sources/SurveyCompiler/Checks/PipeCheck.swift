internal import Diagnostics
internal import Feedback
internal import Markup
internal import QuestionnaireModel

/// What is piped into a text is known, was asked by then, and has a fallback where it may be empty.
enum PipeCheck: SurveyCheck {
    static let missingFallback = DiagnosticCode(
        "S026", title: "pipe without fallback",
        why: "Where there is no value the customer would read a sentence with a hole in it.",
        example: "<nps id=\"score\"><prompt>Dear {contact.name}, how likely?</prompt></nps>")
    static let unknownPipe = DiagnosticCode(
        "S027", title: "pipe of an unknown name", why: "There is nothing to fill in, for anybody.",
        example: "<csat id=\"care\"><prompt>How was {order.prodct|your order}?</prompt></csat>")
    static let pipedTooEarly = DiagnosticCode(
        "S028", title: "pipe of what is not yet asked",
        why: "The page is drawn before it is answered, so everybody would read the fallback.",
        example:
            "<text id=\"why\"><prompt>Why?</prompt></text> <text id=\"more\"><prompt>You said {why|nothing}. And?</prompt></text>"
    )
    static let nothingToPipe = DiagnosticCode(
        "S029", title: "pipe of what has no words", why: "A statement has no answer to fill in.",
        example:
            "<page id=\"one\"><statement id=\"note\"><prompt>Soon done.</prompt></statement></page> <page id=\"two\"><text id=\"more\"><prompt>{note|Well}?</prompt></text></page>"
    )

    static let codes = [missingFallback, unknownPipe, pipedTooEarly, nothingToPipe]

    static func check(_ draft: SurveyDraft, _ source: inout SurveySource) {
        for text in [draft.title, draft.introduction, draft.sender, draft.privacyNotice] {
            check(text, before: 0, draft, &source)
        }
        for (index, page) in draft.pages.enumerated() { check(page.title, before: index, draft, &source) }
        for question in draft.questions {
            let texts =
                [question.prompt, question.help] + Array(question.messages.values) + (question.type?.texts ?? [])
            for text in texts { check(text, before: question.page, draft, &source) }
        }
        for check in draft.checks { self.check(check.message, before: check.page, draft, &source) }
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
        if let computed = draft.names.computed[name] {
            guard check(computed, name, at: range, before: page, draft, &source) else { return }
            mayBeEmpty = computed.typed.map { self.mayBeEmpty($0.expression, draft) } ?? false
        } else if name != "contact.name" {
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
                mayBeEmpty = self.mayBeEmpty(draft.questions[index], draft)
            }
        }
        if mayBeEmpty, fallback == nil {
            source.report(
                missingFallback, at: range, "\"\(name)\" may have no value here, and no fallback is given.",
                help: "Write {\(name)|…} with words that fit instead.")
        }
    }
}

extension PipeCheck {
    /// Whether a computed value can be piped on a page; says otherwise why not.
    private static func check(
        _ computed: Names.Computed, _ name: String, at range: Range<Int>, before page: Int, _ draft: SurveyDraft,
        _ source: inout SurveySource
    ) -> Bool {
        if computed.typed?.type == .boolean {
            source.report(
                nothingToPipe, at: range, "\"\(name)\" is a yes or no and has no words.",
                help: "Let another computed value give codes with words, such as if(\(name), 'yes', 'no').")
            return false
        }
        let late = computed.references.first { draft.names[$0]?.page ?? -1 >= page }
        guard let late else { return true }
        source.report(
            pipedTooEarly, at: range,
            "\"\(name)\" rests on \"\(late.name)\", which is asked \(draft.names[late]?.page == page ? "on this very page" : "later").",
            help: "Move this to a page after it.")
        return false
    }

    private static func mayBeEmpty(_ question: SurveyDraft.Question, _ draft: SurveyDraft) -> Bool {
        !question.isRequired || !draft.conditions(of: question).isEmpty
            || !draft.conditions(of: draft.pages[question.page]).isEmpty
    }

    /// Whether a computed value may be unknown once all that it reads has been asked.
    private static func mayBeEmpty(_ part: Expression, _ draft: SurveyDraft) -> Bool {
        switch part {
        case .literal: return false
        case .reference(let reference):
            guard case .question(let id) = reference, let index = draft.names[id.rawValue]?.question else {
                return true
            }
            return mayBeEmpty(draft.questions[index], draft)
        case .not(let inner), .negative(let inner), .isIn(let inner, _): return mayBeEmpty(inner, draft)
        case .and(let left, let right), .or(let left, let right), .compare(_, let left, let right):
            return mayBeEmpty(left, draft) || mayBeEmpty(right, draft)
        case .arithmetic(let operation, let left, let right):
            // Nothing is divided by zero, so only a divisor that is plainly another number is sure.
            if operation == .divide || operation == .remainder, right.constant == nil { return true }
            return mayBeEmpty(left, draft) || mayBeEmpty(right, draft)
        case .call(let function, let arguments):
            switch function.name {
            case "answered": return false
            case "default": return arguments.allSatisfy { mayBeEmpty($0, draft) }
            default: return arguments.contains { mayBeEmpty($0, draft) }
            }
        }
    }
}

extension PipedText {
    fileprivate var hasPipe: Bool { if case .pipe = parts.first { true } else { false } }
}
