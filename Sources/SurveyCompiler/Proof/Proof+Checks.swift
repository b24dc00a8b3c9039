internal import Diagnostics
internal import Feedback
internal import Markup
internal import QuestionnaireModel

extension Proof {
    /// Every check can be satisfied by whoever comes to it, and refuses somebody.
    mutating func checks(_ source: inout SurveySource) {
        for (index, check) in draft.checks.enumerated() {
            guard let condition = check.condition, let that = condition.condition else { continue }
            let violated = Claim.all([.page(check.page), .isFalse(that)])
            if !isKnown(condition.attribute.markedRange, source),
                prover.verdict(violated, .within(check.page), dropping: [.check(index)]) == .impossible
            {
                report(
                    Self.idleCheck, at: condition.attribute.valueRange, "No answers that can be given fail this check.",
                    help: "Remove it, or correct a bound.", &source)
            }
        }
        for page in questionnaire.pages.indices where !questionnaire.pages[page].checks.isEmpty {
            stuck(on: page, &source)
        }
    }

    /// Reports the checks of a page that somebody who comes there cannot satisfy.
    private mutating func stuck(on page: Int, _ source: inout SurveySource) {
        let own = draft.checks.indices.filter { draft.checks[$0].page == page }
        switch prover.stuck(on: page, dropping: []) {
        case .impossible: return
        case .notProven:
            guard let first = own.first, let attribute = draft.checks[first].condition?.attribute else { return }
            report(
                Self.notProven, at: attribute.markedRange,
                "Whether everybody can satisfy the checks of this page could not be proven.",
                help: "Compare answers with constants, or use fewer checks.", &source)
        case .possible(let witness):
            // The check without which nobody would be stuck; where it takes several, all of them.
            var guilty = own.filter { check in
                if case .impossible = prover.stuck(on: page, dropping: [.check(check)]) { true } else { false }
            }
            if guilty.isEmpty { guilty = own }
            for check in guilty.prefix(1) {
                guard let attribute = draft.checks[check].condition?.attribute, !isKnown(attribute.markedRange, source)
                else { continue }
                let who =
                    witness?.answers.isEmpty == false ? "Whoever comes here with some answers" : "Whoever comes here"
                report(
                    Self.stuck, at: attribute.valueRange, "\(who) cannot satisfy this check and cannot go on.",
                    help: "Correct a bound, or let the check read only what can still be answered here.",
                    witness: witness, &source)
            }
        }
    }
}

extension Prover {
    /// Whether somebody may be stuck.
    enum Stuck {
        case impossible
        case notProven
        case possible(Witness?)
    }

    /// Whether somebody comes to a page and can write nothing there that its rules and checks accept.
    mutating func stuck(on page: Int, dropping dropped: Set<Guard>) -> Stuck {
        var copy = dropped.isEmpty ? logic : logic.dropping(dropped)
        if copy.hasSamples { return .notProven }
        let outcome = Self.bounded(&copy, &stepsLeft) {
            logic throws(Diagrams.BudgetSpent) -> (isPossible: Bool, goal: Diagrams.Diagram?) in
            let stuck = try logic.stuck(on: page)
            if stuck == Diagrams.never { return (false, stuck) }
            let factors = try logic.cone(of: [stuck], upTo: page - 1)
            if logic.isOpaque(factors) { return (true, nil) }
            return (try Elimination.isPossible(factors, &logic.diagrams), stuck)
        }
        guard let outcome else { return .notProven }
        if !outcome.isPossible { return .impossible }
        guard let goal = outcome.goal else { return .notProven }
        guard dropped.isEmpty else { return .possible(nil) }
        logic = copy
        return .possible(witness(of: [goal], .before(page)) { $0.routing.pageIsShown[page] })
    }
}

extension SurveyLogic {
    /// When a page is shown and nothing that can be written on it is accepted, over what was asked before.
    fileprivate mutating func stuck(on page: Int) throws(Diagrams.BudgetSpent) -> Diagrams.Diagram {
        var open: [Diagrams.Diagram] = []
        for index in rules.keys.sorted() where questionnaire.questions[index].page == page {
            open += rules[index] ?? []
        }
        for check in checks where check.page == page { open.append(check.rule) }
        let own = variables.indices.filter { index in
            variables[index].question.map { questionnaire.questions[$0].page == page } ?? false
        }
        // One after another, so that only what hangs together is joined.
        for index in own.reversed() {
            let variable = Int32(index)
            var joined = Diagrams.always
            var rest: [Diagrams.Diagram] = []
            for factor in open {
                if diagrams.support(of: factor).contains(variable) {
                    joined = try diagrams.sum(joined, factor)
                } else {
                    rest.append(factor)
                }
            }
            open = rest + [try diagrams.cheapest(over: variable, joined)]
        }
        var canGoOn = Diagrams.always
        for factor in open { canGoOn = try diagrams.sum(canGoOn, factor) }
        return try diagrams.sum(pageGuards[page], try diagrams.negation(canGoOn))
    }
}
