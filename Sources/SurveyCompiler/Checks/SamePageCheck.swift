internal import Diagnostics
internal import Feedback
internal import QuestionnaireModel

/// Whoever a check refuses can mend something on the same page, and options rest on what is chosen, not typed, there.
enum SamePageCheck: SurveyCheck {
    static let readsElsewhere = DiagnosticCode(
        "S058", title: "check of nothing on its page",
        why: "Whoever it refuses would find nothing to mend on the page, and could not go on.",
        example:
            "<page id=\"last\"><text id=\"more\"><prompt>More?</prompt></text><check that=\"recommend ge 5\">Please look again.</check></page>"
    )
    static let typedOption = DiagnosticCode(
        "S059", title: "option that rests on something typed",
        why: "The customer would have to send the page once before the option could be seen.",
        example:
            "<number id=\"guests\"><prompt>How many came?</prompt></number> <choice id=\"table\"><prompt>Which table?</prompt><option code=\"small\">Small</option><option code=\"large\" show-if=\"guests gt 4\">Large</option></choice>"
    )

    static let codes = [readsElsewhere, typedOption]

    static func check(_ draft: SurveyDraft, _ source: inout SurveySource) {
        for check in draft.checks {
            guard let condition = check.condition, condition.typed != nil else { continue }
            let pages = condition.references.compactMap { draft.names[$0.reference]?.page }
            if pages.contains(check.page) || pages.contains(where: { $0 > check.page }) { continue }
            source.report(
                readsElsewhere, at: condition.attribute.markedRange, "This check reads no question of its own page.",
                help: "Put it on the page of the last question that it reads.")
        }
        for question in draft.questions {
            for read in question.options.compactMap(\.condition).flatMap(\.references) {
                guard let symbol = draft.names[read.reference], symbol.page == question.page, isTyped(symbol.domain)
                else {
                    continue
                }
                source.report(
                    typedOption, at: read.range,
                    "\"\(read.reference.name)\" is not a choice, and is asked on the same page.",
                    help: "Ask it on an earlier page, or rest the option on a choice.")
            }
        }
    }

    /// Whether an answer is written, or picked from menus, so that CSS cannot read it.
    private static func isTyped(_ domain: AnswerDomain) -> Bool {
        switch domain {
        case .numbers, .dates, .orders, .open: true
        case .integers, .oneOf, .subsets, .consent, .rows, .none: false
        }
    }
}
