internal import Diagnostics
internal import Feedback
internal import Markup
internal import QuestionnaireModel

/// Everybody sees an ending: the last one has no condition, and none stands behind one without.
enum EndingCheck: SurveyCheck {
    static let conditionalLastEnding = DiagnosticCode(
        "S051", title: "somebody may see no ending",
        why: "Whoever meets none of the conditions would be left without a word of thanks.",
        example: "<ending show-if=\"recommend ge 9\"><message>Thanks.</message></ending>")
    static let unreachableEnding = DiagnosticCode(
        "S052", title: "ending that nobody sees",
        why: "The first ending whose condition holds is shown; one without a condition always does.",
        example:
            "<ending><message>Thanks.</message></ending> <ending show-if=\"recommend ge 9\"><message>Great!</message></ending>"
    )

    static let codes = [conditionalLastEnding, unreachableEnding]

    /// Reports endings that all have a condition, where nothing could be proven of them because of other errors.
    static func checkUnproven(_ draft: SurveyDraft, _ source: inout SurveySource) {
        guard let last = draft.endings.last, let attribute = last.element.attribute("show-if"),
            draft.endings.allSatisfy({ $0.element["show-if"] != nil })
        else { return }
        source.report(
            conditionalLastEnding, at: attribute.nameRange, "The last ending has a condition too.",
            help: "Add one without show-if after it.")
    }

    static func check(_ draft: SurveyDraft, _ source: inout SurveySource) {
        guard let open = draft.endings.firstIndex(where: { $0.element["show-if"] == nil }) else { return }
        let line = source.text.position(at: draft.endings[open].element.startTag.lowerBound).line
        for ending in draft.endings[(open + 1)...] {
            source.report(
                unreachableEnding, at: ending.element.nameRange,
                "Nobody sees this ending: the one on line \(line) has no condition.", help: "Put that one last.")
        }
    }
}
