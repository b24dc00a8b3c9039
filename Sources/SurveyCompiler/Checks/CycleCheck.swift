internal import Diagnostics
internal import Feedback
internal import QuestionnaireModel

/// No question waits for itself, directly or through others.
enum CycleCheck: SurveyCheck {
    static let cycle = DiagnosticCode(
        "S038", title: "questions that wait for each other",
        why: "Each is shown only after the other was answered, so neither ever is.",
        example:
            "<text id=\"a\" show-if=\"answered(b)\"><prompt>One</prompt></text> <text id=\"b\" show-if=\"answered(a)\"><prompt>Two</prompt></text>"
    )

    static let codes = [cycle]

    static func check(_ draft: SurveyDraft, _ source: inout SurveySource) {
        // 0 not visited, 1 being followed, 2 done.
        var states = [UInt8](repeating: 0, count: draft.questions.count)
        for start in draft.questions.indices where states[start] == 0 {
            follow(start, draft, &states, &source)
        }
    }

    /// Depth first without recursion: a chain may be as long as the survey.
    private static func follow(
        _ start: Int, _ draft: SurveyDraft, _ states: inout [UInt8], _ source: inout SurveySource
    ) {
        var path: [(question: Int, reads: [LocatedReference])] = [(start, reads(of: start, draft))]
        states[start] = 1
        while let last = path.last {
            guard let read = last.reads.first else {
                states[last.question] = 2
                path.removeLast()
                continue
            }
            path[path.count - 1].reads.removeFirst()
            guard let next = draft.names[read.reference]?.question else { continue }
            if states[next] == 1 {
                report(read, closing: path.map(\.question), at: next, draft, &source)
            } else if states[next] == 0 {
                states[next] = 1
                path.append((next, reads(of: next, draft)))
            }
        }
    }

    /// What a question's condition reads on its own page; earlier pages cannot wait for it.
    private static func reads(of question: Int, _ draft: SurveyDraft) -> [LocatedReference] {
        let written = draft.questions[question]
        let conditions = draft.conditions(of: written) + written.options.compactMap(\.condition)
        return conditions.flatMap(\.references).filter { draft.names[$0.reference]?.page == written.page }
    }

    private static func report(
        _ read: LocatedReference, closing path: [Int], at start: Int, _ draft: SurveyDraft, _ source: inout SurveySource
    ) {
        if source.isFull { return }
        var circle = path.drop { $0 != start }.prefix(6).compactMap { draft.questions[$0].id?.rawValue }
        if circle.count == 6 { circle[5] = "…" }
        let message =
            circle.count < 2
            ? "\"\(read.reference.name)\" rests on its own answer."
            : "\(circle.map { "\"\($0)\"" }.joined(separator: ", ")) wait for each other."
        source.report(cycle, at: read.range, message, help: "Let one of them be shown without the other.")
    }
}
