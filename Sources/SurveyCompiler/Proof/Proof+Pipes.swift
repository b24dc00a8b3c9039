internal import Diagnostics
internal import Feedback
internal import Markup
internal import QuestionnaireModel

extension Proof {
    /// A pipe needs no fallback where everybody who reads it was asked and had to answer; of the others it says for
    /// whom there would be a hole.
    mutating func pipes(_ source: inout SurveySource) {
        let places = Set(source.diagnostics.filter { $0.code == PipeCheck.missingFallback }.map(\.position))
        if places.isEmpty { return }
        for (index, page) in draft.pages.enumerated() {
            pipes(page.title, .page(index), .before(index), at: places, &source)
        }
        for (index, question) in draft.questions.enumerated() {
            let texts =
                [question.prompt, question.help].compactMap(\.self) + question.messages.values
                + (question.type?.texts ?? [])
            for text in texts { pipes(text, .question(index), .within(question.page), at: places, &source) }
        }
        for check in draft.checks { pipes(check.message, .page(check.page), .within(check.page), at: places, &source) }
        for (index, ending) in draft.endings.enumerated() {
            for text in [ending.message] + ending.offers.map(\.label) {
                pipes(text, .ending(index, of: questionnaire), .whole, at: places, &source)
            }
        }
    }

    private mutating func pipes(
        _ text: LocalizedText?, _ reader: Claim, _ extent: Extent, at places: Set<SourcePosition>,
        _ source: inout SurveySource
    ) {
        for version in text?.versions.values.map(\.parts) ?? [] {
            for case .pipe(let name, nil, let range) in version {
                guard case .question(let id)? = draft.names[name]?.reference, let index = questionnaire.index(of: id),
                    case let position = source.text.position(at: range.lowerBound), places.contains(position),
                    let place = source.diagnostics.firstIndex(where: {
                        $0.code == PipeCheck.missingFallback && $0.position == position
                    })
                else { continue }
                let hole = Claim.all([reader, .not(.answered(index))])
                switch prover.verdict(hole, extent) {
                case .impossible: source.diagnostics.remove(at: place)
                case .notProven: break
                case .possible:
                    let found = source.diagnostics[place]
                    source.diagnostics[place] = Diagnostic(
                        found.code, in: source.text, at: range, message: found.message, help: found.help,
                        witness: prover.witness(of: hole, extent)?.line(questionnaire))
                }
            }
        }
    }
}
