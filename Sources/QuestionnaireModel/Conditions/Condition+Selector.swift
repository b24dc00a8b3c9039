package import Feedback

extension Questionnaire {
    /// When a question of a page is shown, as a formula over the controls of that page, exact in Kleene's logic.
    ///
    /// What rests on other pages or on fields is a constant under `known`. Nil means that CSS cannot say it: the
    /// condition
    /// rests on text, numbers or dates of the same page, or would be too long; then the server decides, at each POST.
    package func visibility(of question: QuestionID, known: @escaping (Reference) -> Value) -> CheckedFormula? {
        guard let index = index(of: question) else { return nil }
        var compiler = SelectorCompiler(questionnaire: self, page: questions[index].page, known: known)
        return compiler.visibility(of: index)
    }

    /// When an option or row is offered, as a formula over the controls of the page; nil when CSS cannot say it.
    package func visibility(ofOption code: String, of question: QuestionID, known: @escaping (Reference) -> Value)
        -> CheckedFormula?
    {
        guard let index = index(of: question) else { return nil }
        var compiler = SelectorCompiler(questionnaire: self, page: questions[index].page, known: known)
        return compiler.visibility(ofOption: code, of: questions[index].question)
    }

    /// What the visibilities of a page's questions and options rest on outside the page, each once.
    package func outsideReferences(of page: Int) -> [Reference] {
        var found: [Reference] = []
        for question in pages[page].questions {
            for condition in [question.visibleWhen].compactMap(\.self) + question.optionConditions.values {
                for reference in condition.references where !found.contains(reference) {
                    if let id = reference.question, let index = index(of: id), questions[index].page == page {
                        continue
                    }
                    found.append(reference)
                }
            }
        }
        return found
    }
}

/// Compiles conditions to pairs of formulas: known to be true, and known to be false.
private struct SelectorCompiler {
    /// A condition as two formulas; where neither holds it is unknown.
    struct Truth {
        var isTrue: CheckedFormula
        var isFalse: CheckedFormula
    }

    /// The longest formula worth sending, in controls named.
    static let mostSize = 400
    /// The most combinations of answers that one comparison is tried for.
    static let mostCombinations = 2000

    let questionnaire: Questionnaire
    let page: Int
    let known: (Reference) -> Value
    private var memory: [Int: CheckedFormula?] = [:]
    private var inProgress: Set<Int> = []

    init(questionnaire: Questionnaire, page: Int, known: @escaping (Reference) -> Value) {
        self.questionnaire = questionnaire
        self.page = page
        self.known = known
    }

    mutating func visibility(of index: Int) -> CheckedFormula? {
        if let found = memory[index] { return found }
        let question = questionnaire.questions[index].question
        guard inProgress.insert(index).inserted else { return nil }
        defer { inProgress.remove(index) }
        var formula = question.visibleWhen.map { truth(of: $0.expression)?.isTrue } ?? .always
        // A question none of whose options is offered is not shown.
        if let shown = formula, !question.optionConditions.isEmpty {
            let options = question.type.offered.map { visibility(ofOption: $0.code, of: question) }
            let known = options.compactMap(\.self)
            formula =
                known.contains(.always) || known.count == options.count ? .and([shown, .or(known)]) : nil
        }
        if let found = formula, found.size > Self.mostSize { formula = nil }
        memory[index] = .some(formula)
        return formula
    }

    mutating func visibility(ofOption code: String, of question: Question) -> CheckedFormula? {
        guard let condition = question.optionConditions[code] else { return .always }
        let formula = truth(of: condition.expression)?.isTrue
        return formula.flatMap { $0.size > Self.mostSize ? nil : $0 }
    }

    private mutating func truth(of expression: Expression) -> Truth? {
        switch expression {
        case .not(let inner):
            guard let truth = truth(of: inner) else { return nil }
            return Truth(isTrue: truth.isFalse, isFalse: truth.isTrue)
        case .and(let left, let right):
            let (first, second) = (truth(of: left), truth(of: right))
            // What is false whatever is chosen decides, even beside something that CSS cannot say.
            if first?.isFalse == .always || second?.isFalse == .always {
                return Truth(isTrue: .never, isFalse: .always)
            }
            guard let a = first, let b = second else { return nil }
            return Truth(isTrue: .and([a.isTrue, b.isTrue]), isFalse: .or([a.isFalse, b.isFalse]))
        case .or(let left, let right):
            let (first, second) = (truth(of: left), truth(of: right))
            if first?.isTrue == .always || second?.isTrue == .always { return Truth(isTrue: .always, isFalse: .never) }
            guard let a = first, let b = second else { return nil }
            return Truth(isTrue: .or([a.isTrue, b.isTrue]), isFalse: .and([a.isFalse, b.isFalse]))
        default: return leaf(expression)
        }
    }

    /// A comparison, call or reference: tried for every combination of the answers it rests on.
    private mutating func leaf(_ expression: Expression) -> Truth? {
        var cases: [[(value: Value, formula: CheckedFormula)]] = []
        let here = expression.references.filter { reference in
            if let id = reference.question, let index = questionnaire.index(of: id) {
                return questionnaire.questions[index].page == page
            }
            return false
        }
        var combinations = 1
        for reference in here {
            guard let index = reference.question.flatMap({ questionnaire.index(of: $0) }),
                let shown = visibility(of: index),
                let controls = control(reference, questionnaire.questions[index].question)
            else { return nil }
            guard let states = controls.states(for: expression) else { return nil }
            combinations *= states.count + 1
            guard combinations <= Self.mostCombinations else { return nil }
            let answered = CheckedFormula.and([shown, controls.isAnswered])
            cases.append(
                states.map { (value: $0.value, formula: CheckedFormula.and([shown, $0.formula])) }
                    + [(value: Value.unknown, formula: CheckedFormula.negation(of: answered))])
        }
        return truth(of: expression, for: here[...], cases[...], chosen: [:])
    }

    /// A question's controls, each of them counted only while its option is offered.
    private mutating func control(_ reference: Reference, _ question: Question) -> FiniteControl? {
        var offers: [String: CheckedFormula] = [:]
        for code in question.optionConditions.keys {
            guard let formula = visibility(ofOption: code, of: question) else { return nil }
            offers[code] = formula
        }
        return FiniteControl(reference, question, offers)
    }

    private func truth(
        of expression: Expression, for references: ArraySlice<Reference>,
        _ cases: ArraySlice<[(value: Value, formula: CheckedFormula)]>, chosen: [Reference: Value]
    ) -> Truth {
        guard let reference = references.first, let states = cases.first else {
            let value = expression.value { chosen[$0] ?? known($0) }
            return Truth(
                isTrue: value == .boolean(true) ? .always : .never, isFalse: value == .boolean(false) ? .always : .never
            )
        }
        // States that lead to the same rest are joined, so that "0 to 6" is one selector and not seven.
        var groups: [(truth: Truth, formulas: [CheckedFormula])] = []
        for state in states {
            var chosen = chosen
            chosen[reference] = state.value
            let rest = truth(of: expression, for: references.dropFirst(), cases.dropFirst(), chosen: chosen)
            let index = groups.firstIndex { $0.truth.isTrue == rest.isTrue && $0.truth.isFalse == rest.isFalse }
            if let index {
                groups[index].formulas.append(state.formula)
            } else {
                groups.append((rest, [state.formula]))
            }
        }
        func joined(_ side: (Truth) -> CheckedFormula) -> CheckedFormula {
            // A rest that holds for every state does not depend on this question at all.
            if groups.count == 1 { return side(groups[0].truth) }
            return .or(groups.map { CheckedFormula.and([Self.union($0.formulas), side($0.truth)]) })
        }
        return Truth(isTrue: joined(\.isTrue), isFalse: joined(\.isFalse))
    }

    /// The disjunction, with the values of one field under one condition in one selector.
    private static func union(_ formulas: [CheckedFormula]) -> CheckedFormula {
        var parts: [(shown: [CheckedFormula], name: String, values: [String])] = []
        var others: [CheckedFormula] = []
        for formula in formulas {
            var conjuncts = if case .all(let inner) = formula { inner } else { [formula] }
            guard case .checked(let name, let values)? = conjuncts.popLast(), !name.isEmpty else {
                others.append(formula)
                continue
            }
            if let index = parts.firstIndex(where: { $0.name == name && $0.shown == conjuncts }) {
                parts[index].values += values
            } else {
                parts.append((conjuncts, name, values))
            }
        }
        return .or(parts.map { .and($0.shown + [.checked(name: $0.name, values: $0.values)]) } + joiningRuns(others))
    }

    /// Counts that follow one another, under one condition, in one formula.
    private static func joiningRuns(_ formulas: [CheckedFormula]) -> [CheckedFormula] {
        var result: [CheckedFormula] = []
        for formula in formulas {
            var next = if case .all(let inner) = formula { inner } else { [formula] }
            if let last = result.last, case .counted(let name, let codes, let counts)? = next.popLast() {
                var before = if case .all(let inner) = last { inner } else { [last] }
                if case .counted(name, codes, let earlier)? = before.popLast(), before == next,
                    earlier.upperBound == counts.lowerBound
                {
                    let joined = CheckedFormula.counted(
                        name: name, codes: codes, counts: earlier.lowerBound..<counts.upperBound)
                    result[result.count - 1] = .and(before + [joined])
                    continue
                }
            }
            result.append(formula)
        }
        return result
    }
}
