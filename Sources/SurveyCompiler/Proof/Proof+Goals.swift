internal import Diagnostics
internal import Feedback
internal import Markup
internal import QuestionnaireModel

extension Proof {
    /// Everything with a condition is reachable, and no condition is true of everybody who could be asked.
    mutating func goals(_ source: inout SurveySource) {
        for page in draft.pages.indices {
            var isReachable = true
            if let when = questionnaire.pages[page].visibleWhen {
                isReachable = goal(
                    .page(page), .page(page), .before(page), draft.conditions(of: draft.pages[page]),
                    draft.pages[page].element, "page", &source)
                if isReachable {
                    always(.all([]), .before(page), when, draft.conditions(of: draft.pages[page]), &source)
                }
            }
            // A page that nobody sees says so once, not for every question on it.
            guard isReachable else { continue }
            for index in draft.pages[page].questions { question(index, on: page, &source) }
        }
        for (index, rule) in questionnaire.caseRules.enumerated() {
            let conditions = [draft.cases[index].condition].compactMap(\.self)
            let isReachable = goal(
                .caseRule(index), ProofTarget.caseRule(index).claim(in: questionnaire), .whole, conditions,
                draft.cases[index].element, "case", &source)
            if isReachable { always(.all([]), .whole, rule.when, conditions, &source) }
        }
    }

    private mutating func question(_ index: Int, on page: Int, _ source: inout SurveySource) {
        let question = questionnaire.questions[index].question
        let conditions = draft.conditions(of: draft.questions[index])
        guard question.visibleWhen != nil || !question.optionConditions.isEmpty else { return }
        let isReachable = goal(
            .question(index), .question(index), .within(page), conditions, draft.questions[index].element, "question",
            &source)
        guard isReachable else { return }
        if let when = question.visibleWhen {
            always(.page(page), .within(page), when, conditions, &source)
        }
        for option in draft.questions[index].options {
            guard let when = question.optionConditions[option.code] else { continue }
            let own = [option.condition].compactMap(\.self)
            let isOffered = goal(
                .option(index, option.code), .option(index, option.code), .within(page), own, option.element,
                option.element.name == "item" ? "row" : "option", &source)
            if isOffered { always(.question(index), .within(page), when, own, &source) }
        }
    }

    // MARK: Reachable

    /// Reports what nobody comes to, naming the fewest conditions that contradict each other; whether somebody may.
    mutating func goal(
        _ own: Guard, _ claim: Claim, _ extent: Extent, _ conditions: [LocatedCondition], _ element: MarkupElement,
        _ what: String, _ source: inout SurveySource
    ) -> Bool {
        let place = conditions.last?.attribute.markedRange ?? element.nameRange
        switch prover.verdict(claim, extent) {
        case .possible: return true
        case .notProven:
            if prover.stepsLeft == 0 {
                // Said once for all that is left.
                if !isSpent {
                    report(
                        Self.notProven, at: draft.root.nameRange,
                        "The work allowed for one survey is spent; what stands from line \(line(place, source)) on is not proven.",
                        help: "Split the survey, or simplify its longest conditions.", &source)
                }
                isSpent = true
                return true
            }
            report(
                Self.notProven, at: place, "Whether anybody comes to this \(what) could not be proven.",
                help: "Compare answers with constants, or try it by hand.", &source)
            return true
        case .impossible: break
        }
        if isKnown(place, source) { return false }
        let verb =
            what == "case"
            ? "ever opens this case" : what == "option" ? "is ever offered this option" : "ever sees this \(what)"
        let core = prover.contradiction(of: claim, extent)
        let others = core.filter { $0 != own }.compactMap { described($0, source) }
        let reason =
            others.isEmpty
            ? "no answers that can be given make its condition true"
            : core.contains(own)
                ? "its condition contradicts \(Self.listed(others))"
                : "\(Self.listed(others)) leave\(others.count == 1 ? "s" : "") nobody"
        report(
            Self.unreachable, at: place, "Nobody \(verb): \(reason).",
            help: "Change one of the conditions, or remove the \(what).", &source)
        return false
    }

    /// Whether something is reported of a place already, so that it need not be said again in other words.
    func isKnown(_ place: Range<Int>, _ source: SurveySource) -> Bool {
        let (start, end) = (source.text.position(at: place.lowerBound), source.text.position(at: place.upperBound))
        return source.diagnostics.contains { $0.severity != .note && $0.position >= start && $0.position < end }
    }

    static func listed(_ parts: [String]) -> String {
        parts.count < 2
            ? parts.joined() : parts.dropLast().joined(separator: ", ") + " and " + (parts.last ?? "")
    }

    /// A condition with its place, such as `show-if="recommend le 6" of page "sorry" on line 12`.
    private func described(_ condition: Guard, _ source: SurveySource) -> String? {
        let (located, owner): (LocatedCondition?, String)
        switch condition {
        case .page(let index):
            located = draft.conditions(of: draft.pages[index]).last
            owner = "page \"\(questionnaire.pages[index].id)\""
        case .question(let index):
            located = draft.conditions(of: draft.questions[index]).last
            owner = "question \"\(questionnaire.questions[index].question.id)\""
        case .option(let index, let code):
            located = draft.questions[index].options.first { $0.code == code }?.condition
            owner = "option \"\(questionnaire.questions[index].question.id).\(code)\""
        case .check(let index):
            located = draft.checks[index].condition
            owner = "a check of page \"\(questionnaire.pages[draft.checks[index].page].id)\""
        case .ending(let index):
            located = draft.endings[index].condition
            owner = "ending \(index + 1)"
        case .caseRule(let index):
            located = draft.cases[index].condition
            owner = "case \"\(questionnaire.caseRules[index].id)\""
        }
        guard let located else { return nil }
        return
            "\(located.attribute.name)=\"\(located.attribute.value)\" of \(owner) on line \(line(located.attribute.valueRange, source))"
    }

    // MARK: Always true

    /// Reports a condition that nobody who could be asked fails; one that only asks `answered(…)` says what it means.
    private mutating func always(
        _ here: Claim, _ extent: Extent, _ when: Condition, _ conditions: [LocatedCondition],
        _ source: inout SurveySource
    ) {
        // The conditions of the blocks around are met by whoever comes to the last.
        let around = conditions.dropLast().compactMap { $0.condition.map(Claim.holds) }
        let failing = Claim.all([here] + around + [.not(.holds(conditions.last?.condition ?? when))])
        guard prover.stepsLeft > 0, let condition = conditions.last, !condition.isExplicit,
            !isKnown(condition.attribute.markedRange, source),
            prover.verdict(failing, extent) == .impossible
        else { return }
        report(
            Self.alwaysHolds, at: condition.attribute.valueRange,
            "Everybody who comes this far meets \"\(condition.attribute.value)\".",
            help: "Remove it, or correct a bound; answered(…) says that it is meant.", &source)
    }
}

extension LocatedCondition {
    /// Whether it only asks what was answered, and so means to be true of nearly everybody.
    fileprivate var isExplicit: Bool {
        typed?.expression.atoms.allSatisfy { atom in
            if case .call(let function, _) = atom { function.name == "answered" } else { false }
        } ?? true
    }
}
