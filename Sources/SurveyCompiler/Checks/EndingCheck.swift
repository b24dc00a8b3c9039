internal import Diagnostics
internal import Feedback
internal import Markup
internal import QuestionnaireModel

/// Everybody sees an ending: the last one has no condition, and none stands behind one without.
enum EndingCheck: SurveyCheck {
    static let conditionalLastEnding = DiagnosticCode(
        "S051", title: "somebody may see no ending",
        why: "Whoever meets none of the conditions would be left without a word of thanks.",
        example: "<ending show-if=\"recommend ge 9\">…</ending></survey>")
    static let unreachableEnding = DiagnosticCode(
        "S052", title: "ending that nobody sees",
        why: "The first ending whose condition holds is shown; one without a condition always does.",
        example: "<ending>…</ending> <ending show-if=\"recommend ge 9\">…</ending>")

    static let codes = [conditionalLastEnding, unreachableEnding]

    static func check(_ draft: SurveyDraft, _ source: inout SurveySource) {
        guard let last = draft.endings.last else { return }
        if let attribute = last.element.attribute("show-if"), draft.endings.allSatisfy({ $0.element["show-if"] != nil })
        {
            source.report(
                conditionalLastEnding, at: attribute.nameRange, "The last ending has a condition too.",
                help: "Add one without show-if after it.")
        }
        guard let open = draft.endings.firstIndex(where: { $0.element["show-if"] == nil }) else { return }
        let line = source.text.position(at: draft.endings[open].element.startTag.lowerBound).line
        for ending in draft.endings[(open + 1)...] {
            source.report(
                unreachableEnding, at: ending.element.nameRange,
                "Nobody sees this ending: the one on line \(line) has no condition.", help: "Put that one last.")
        }
    }
}
