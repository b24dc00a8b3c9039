internal import Diagnostics
internal import Feedback
internal import Markup
internal import QuestionnaireModel

extension Proof {
    /// What is compared was asked of everybody who comes to the comparison, where not being asked turns it round.
    mutating func silence(_ source: inout SurveySource) {
        for page in draft.pages.indices {
            if let when = questionnaire.pages[page].visibleWhen {
                turnedRound(when, draft.conditions(of: draft.pages[page]), .all([]), .before(page), &source)
            }
            for index in draft.pages[page].questions {
                guard let when = questionnaire.questions[index].question.visibleWhen else { continue }
                turnedRound(when, draft.conditions(of: draft.questions[index]), .page(page), .within(page), &source)
            }
        }
        for (index, ending) in questionnaire.endings.enumerated() {
            guard let when = ending.visibleWhen else { continue }
            turnedRound(when, [draft.endings[index].condition].compactMap(\.self), .all([]), .whole, &source)
        }
        for (index, rule) in questionnaire.caseRules.enumerated() {
            turnedRound(rule.when, [draft.cases[index].condition].compactMap(\.self), .all([]), .whole, &source)
        }
    }

    /// Reports a comparison under `not`, or with `ne`, of a question that some who come here were not asked, where the
    /// whole condition is unknown for them.
    private mutating func turnedRound(
        _ when: Condition, _ conditions: [LocatedCondition], _ here: Claim, _ extent: Extent,
        _ source: inout SurveySource
    ) {
        guard let condition = conditions.last, let typed = condition.typed else { return }
        for reference in typed.expression.turnedRound {
            guard let id = reference.question, let index = questionnaire.index(of: id),
                prover.logic.questionGuards[index] != Diagrams.always
            else { continue }
            let claim = Claim.all([here, .not(.question(index)), .not(.holds(when)), .not(.isFalse(when))])
            guard prover.verdict(claim, extent) == .possible else { continue }
            let place = condition.references.first { $0.reference == reference }?.range
            report(
                Self.mayNotBeAsked, at: place ?? condition.attribute.valueRange,
                "\"\(reference.name)\" is not asked of everybody who comes here, and then this is unknown.",
                help: "Write default(\(reference.name), …), or say with answered(\(reference.name)) who is meant.",
                witness: prover.witness(of: claim, extent), &source)
            return
        }
    }
}

extension Expression {
    /// What is read by comparisons that are turned round: under `not`, or with `ne`.
    fileprivate var turnedRound: [Reference] {
        var found: [Reference] = []
        func collect(_ part: Expression, _ isTurned: Bool) {
            switch part {
            case .not(let inner): collect(inner, !isTurned)
            case .and(let left, let right), .or(let left, let right):
                collect(left, isTurned)
                collect(right, isTurned)
            case .call(let function, _) where function.name == "answered": break
            case .compare(.ne, _, _): if !isTurned { found += part.references }
            default: if isTurned { found += part.references }
            }
        }
        collect(self, false)
        return found
    }
}
