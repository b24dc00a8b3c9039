/// What answers must satisfy together before their page is accepted: `<check that="…">message</check>`.
///
/// Three-valued like every condition: only what is known to be false refuses a page. It binds while a question of its
/// own page that it reads is shown, so that whoever is refused has something to mend.
package struct PageCheck: Sendable, Equatable {
    /// What must not be false.
    package let that: Condition
    /// What the customer reads when it is.
    package let message: LocalizedText
    /// The bytes of its start tag in the survey file.
    package let place: Range<Int>

    /// What answers must satisfy together.
    package init(that: Condition, message: LocalizedText, place: Range<Int>) {
        self.that = that
        self.message = message
        self.place = place
    }
}

extension Routing {
    /// The checks of a page that its answers do not satisfy, each as a problem of the last question it reads there.
    package func unmetChecks(on page: Int) -> [AnswerProblem] {
        let checks = questionnaire.pages[page].checks
        if checks.isEmpty { return [] }
        let shown = shownQuestions(of: page).map(\.id)
        return checks.compactMap { check in
            let read = check.that.references.compactMap(\.question)
            guard let last = shown.last(where: { read.contains($0) }),
                check.that.expression.value(lookup) == .boolean(false)
            else { return nil }
            return AnswerProblem(question: last, kind: .unmet(check.message))
        }
    }
}
