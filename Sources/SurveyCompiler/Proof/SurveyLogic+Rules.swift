internal import Feedback
internal import QuestionnaireModel

extension SurveyLogic {
    /// What the answers to a question that conditions read must satisfy.
    mutating func makeRules(_ index: Int) throws(Diagrams.BudgetSpent) -> [Diagrams.Diagram] {
        guard let part = parts[index] else { return [] }
        let isUnknown = part.variables.contains {
            !variables[Int($0)].isComplete && variables[Int($0)].values.count == 1
        }
        if isRelaxed, isUnknown { return [opaque().isTrue] }
        let question = questionnaire.questions[index].question
        let shown = questionGuards[index]
        var rules = [try implication(try diagrams.negation(shown), part.silence)]
        switch question.type.domain {
        case .rows: rules += try rowRules(index, part, question, shown)
        case .subsets, .orders:
            rules += try optionRules(index, part, question)
            if question.isRequired { rules.append(try implication(shown, try diagrams.negation(part.silence))) }
        default:
            if question.isRequired { rules.append(try implication(shown, try diagrams.negation(part.silence))) }
            guard let variable = part.variables.first else { break }
            for (code, offered) in (optionGuards[index] ?? [:]).sorted(by: { $0.key < $1.key }) {
                let values = variables[Int(variable)].values
                let chosen = try diagrams.test(variable) { values[$0] == .text(code) }
                rules.append(try implication(chosen, offered))
            }
        }
        return rules.filter { $0 != Diagrams.always }
    }

    /// Where the first holds, so does the second.
    func implication(
        _ first: Diagrams.Diagram, _ second: Diagrams.Diagram, _ diagrams: inout Diagrams
    ) throws(Diagrams.BudgetSpent) -> Diagrams.Diagram {
        try diagrams.least(try diagrams.negation(first), second)
    }

    private mutating func implication(
        _ first: Diagrams.Diagram, _ second: Diagrams.Diagram
    ) throws(Diagrams.BudgetSpent) -> Diagrams.Diagram {
        try implication(first, second, &diagrams)
    }

    // MARK: Rows

    /// Rows that are not offered are silent; of a required matrix all the others are answered.
    private mutating func rowRules(
        _ index: Int, _ part: Parts, _ question: Question, _ shown: Diagrams.Diagram
    ) throws(Diagrams.BudgetSpent) -> [Diagrams.Diagram] {
        var rules: [Diagrams.Diagram] = []
        let guards = optionGuards[index] ?? [:]
        for (code, variable) in part.rows.sorted(by: { $0.value < $1.value }) {
            let answered = try diagrams.test(variable) { $0 > 0 }
            let offered = guards[code] ?? Diagrams.always
            rules.append(try implication(answered, offered))
            if question.isRequired { rules.append(try implication(try diagrams.sum(shown, offered), answered)) }
        }
        guard let others = part.others else { return rules }
        var offered = Diagrams.never
        for code in part.otherCodes { offered = try diagrams.least(offered, guards[code] ?? Diagrams.always) }
        let answered = try diagrams.test(others) { $0 > 0 }
        rules.append(try implication(answered, offered))
        if question.isRequired { rules.append(try implication(try diagrams.sum(shown, offered), answered)) }
        return rules
    }

    // MARK: Options

    /// Options that are not offered are not chosen, exclusive ones stand alone, and the number is within bounds.
    private mutating func optionRules(
        _ index: Int, _ part: Parts, _ question: Question
    ) throws(Diagrams.BudgetSpent) -> [Diagrams.Diagram] {
        var rules: [Diagrams.Diagram] = []
        let guards = optionGuards[index] ?? [:]
        for (code, variable) in part.options.sorted(by: { $0.value < $1.value }) {
            guard let offered = guards[code] else { continue }
            rules.append(try implication(try diagrams.test(variable) { $0 == 1 }, offered))
        }
        rules += try exclusiveRules(part, question)
        rules.append(try countRule(part, question, guards))
        return rules
    }

    private mutating func exclusiveRules(
        _ part: Parts, _ question: Question
    ) throws(Diagrams.BudgetSpent) -> [Diagrams.Diagram] {
        var exclusive: [(variable: Int32, isChosen: Diagrams.Diagram)] = []
        for option in question.type.options where option.isExclusive {
            guard let variable = part.options[option.code] else { continue }
            exclusive.append((variable, try diagrams.test(variable) { $0 == 1 }))
        }
        if part.otherExclusive != nil, let others = part.others {
            let last = diagrams.widths[Int(others)] - 1
            exclusive.append((others, try diagrams.test(others) { $0 == last }))
        }
        var rules: [Diagrams.Diagram] = []
        for (variable, isChosen) in exclusive {
            var alone = Diagrams.always
            for other in part.variables.reversed() where other != variable {
                alone = try diagrams.sum(alone, try diagrams.test(other) { $0 == 0 })
            }
            rules.append(try implication(isChosen, alone))
        }
        return rules
    }

    /// How many may be chosen of those that exclude no others, for each number of them that is offered.
    private mutating func countRule(
        _ part: Parts, _ question: Question, _ guards: [String: Diagrams.Diagram]
    ) throws(Diagrams.BudgetSpent) -> Diagrams.Diagram {
        let plain = question.type.options.filter { !$0.isExclusive }.map(\.code)
        let open = plain.filter { guards[$0] != nil }
        let full = question.type.takenCounts(of: plain, question.id)
        if open.isEmpty, full.count == plain.count { return Diagrams.always }
        let chosen = try plainCounts(part, question)
        if open.isEmpty { return try allowed(chosen, full) }
        // How many of the conditional ones are offered.
        var offered = [Diagrams.always]
        for code in open {
            let isOffered = guards[code] ?? Diagrams.always
            let isNot = try diagrams.negation(isOffered)
            var next = [Diagrams.Diagram](repeating: Diagrams.never, count: offered.count + 1)
            for (count, when) in offered.enumerated() {
                next[count] = try diagrams.least(next[count], try diagrams.sum(when, isNot))
                next[count + 1] = try diagrams.least(next[count + 1], try diagrams.sum(when, isOffered))
            }
            offered = next
        }
        var rule = Diagrams.always
        for (count, when) in offered.enumerated() {
            let always = plain.filter { guards[$0] == nil }
            let counts = question.type.takenCounts(of: always + open.prefix(count), question.id)
            rule = try diagrams.sum(rule, try implication(when, try allowed(chosen, counts)))
        }
        return rule
    }

    private mutating func allowed(
        _ chosen: [Diagrams.Diagram], _ counts: Set<Int>
    ) throws(Diagrams.BudgetSpent) -> Diagrams.Diagram {
        var result = chosen.first ?? Diagrams.always
        for (count, when) in chosen.enumerated() where counts.contains(count) {
            result = try diagrams.least(result, when)
        }
        return result
    }

    /// For each number whether so many are chosen of the options that exclude no others.
    private mutating func plainCounts(
        _ part: Parts, _ question: Question
    ) throws(Diagrams.BudgetSpent) -> [Diagrams.Diagram] {
        let exclusive = Set(question.type.options.filter(\.isExclusive).map(\.code))
        var counts = [Diagrams.always]
        for variable in part.variables.reversed() {
            let width = diagrams.widths[Int(variable)]
            let weights: [Int]
            switch variables[Int(variable)].part {
            case .option(let code): weights = exclusive.contains(code) ? [0, 0] : [0, 1]
            default: weights = (0..<width).map { part.otherExclusive != nil && $0 == width - 1 ? 0 : $0 }
            }
            var next = [Diagrams.Diagram](repeating: Diagrams.never, count: counts.count + (weights.max() ?? 0))
            for total in next.indices {
                var children: [Diagrams.Diagram] = []
                for weight in weights {
                    children.append(counts.indices.contains(total - weight) ? counts[total - weight] : Diagrams.never)
                }
                next[total] = try diagrams.node(variable, children)
            }
            counts = next
        }
        return counts
    }
}
