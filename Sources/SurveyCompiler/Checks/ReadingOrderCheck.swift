internal import Diagnostics
internal import Feedback
internal import QuestionnaireModel

/// Conditions read what was asked by then: pages read earlier pages, questions also their own page.
enum ReadingOrderCheck: SurveyCheck {
    static let forwardReference = DiagnosticCode(
        "S037", title: "read before it is asked",
        why: "Nobody has answered it by then, so what depends on it would never be shown.",
        example:
            "<page id=\"one\" show-if=\"care le 2\"><text id=\"more\"><prompt>More?</prompt></text></page> <page id=\"two\"><csat id=\"care\"><prompt>How?</prompt></csat></page>"
    )

    static let codes = [forwardReference]

    static func check(_ draft: SurveyDraft, _ source: inout SurveySource) {
        for (index, page) in draft.pages.enumerated() {
            for condition in draft.conditions(of: page) {
                report(condition, in: draft, &source, "A page can read earlier pages only") { $0 < index }
            }
        }
        for question in draft.questions {
            for condition in draft.conditions(of: question) {
                report(condition, in: draft, &source, "A question can read its own page and earlier ones") {
                    $0 <= question.page
                }
            }
            for option in question.options {
                report(option.condition, in: draft, &source, "An option can read its own page and earlier ones") {
                    $0 <= question.page
                }
            }
        }
        for check in draft.checks {
            report(check.condition, in: draft, &source, "A check can read its own page and earlier ones") {
                $0 <= check.page
            }
        }
    }

    private static func report(
        _ condition: LocatedCondition?, in draft: SurveyDraft, _ source: inout SurveySource, _ rule: String,
        _ isAsked: (Int) -> Bool
    ) {
        for read in condition?.references ?? [] {
            guard let page = draft.names[read.reference]?.page, !isAsked(page) else { continue }
            let place = draft.pages[page].id.map { "page \"\($0)\"" } ?? "a later page"
            source.report(
                forwardReference, at: read.range, "\(rule); \"\(read.reference.name)\" is asked on \(place).",
                help: "Ask it earlier, or move this after it.")
        }
    }
}
