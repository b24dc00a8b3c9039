internal import Diagnostics
internal import Feedback
internal import Markup
internal import QuestionnaireModel

extension Proof {
    /// Everybody sees an ending, and every ending is seen by somebody.
    mutating func endings(_ source: inout SurveySource) {
        let first = questionnaire.endings.firstIndex { $0.visibleWhen == nil }
        for index in questionnaire.endings.indices.prefix(first.map { $0 + 1 } ?? .max) {
            _ = goal(
                .ending(index), .ending(index, of: questionnaire), .whole,
                [draft.endings[index].condition].compactMap(\.self), draft.endings[index].element, "ending", &source)
        }
        guard first == nil, let last = draft.endings.last,
            let attribute = last.condition?.attribute
        else { return }
        let nobody = Claim.all(questionnaire.endings.map { .not($0.visibleWhen.map(Claim.holds) ?? .all([])) })
        switch prover.verdict(nobody) {
        case .impossible: break
        case .possible:
            report(
                EndingCheck.conditionalLastEnding, at: attribute.nameRange,
                "The last ending has a condition too, and somebody meets none of them.",
                help: "Add one without show-if after it.", witness: prover.witness(of: nobody), &source)
        case .notProven:
            report(
                EndingCheck.conditionalLastEnding, at: attribute.nameRange,
                "The last ending has a condition too, and that somebody meets one of them could not be proven.",
                help: "Add one without show-if after it.", &source)
        }
    }
}
