internal import Feedback
internal import QuestionnaireModel

extension SurveyLogic {
    /// The most combinations of answers that one part of a condition is tried for.
    static let mostCombinations = 20_000

    /// A condition over the variables, by Kleene's logic.
    mutating func truth(of expression: Expression) throws(Diagrams.BudgetSpent) -> Truth {
        switch expression {
        case .not(let inner):
            let truth = try truth(of: inner)
            return Truth(isTrue: truth.isFalse, isFalse: truth.isTrue)
        case .and(let left, let right):
            let (a, b) = (try truth(of: left), try truth(of: right))
            return Truth(
                isTrue: try diagrams.sum(a.isTrue, b.isTrue), isFalse: try diagrams.least(a.isFalse, b.isFalse))
        case .or(let left, let right):
            let (a, b) = (try truth(of: left), try truth(of: right))
            return Truth(
                isTrue: try diagrams.least(a.isTrue, b.isTrue), isFalse: try diagrams.sum(a.isFalse, b.isFalse))
        default: return try truth(ofAtom: expression)
        }
    }

    /// Tried for every combination of what it reads, with the evaluation that the survey itself runs on.
    private mutating func truth(ofAtom atom: Expression) throws(Diagrams.BudgetSpent) -> Truth {
        let references = atom.references
        var states: [[(value: Value, when: Diagrams.Diagram)]] = []
        var combinations = 1
        var isSampled = false
        for reference in references {
            guard let found = try self.states(of: reference, in: atom) else { return opaque() }
            combinations *= found.count
            if combinations > Self.mostCombinations { return opaque() }
            states.append(found)
            guard isRelaxed, let variable = variable(of: reference), !variables[Int(variable)].isComplete else {
                continue
            }
            // Nothing is known of an answer of which no sample was taken.
            isSampled = isSampled || atom.calculates || variables[Int(variable)].values.count == 1
        }
        if isSampled { return opaque() }
        diagrams.budget -= combinations
        return try truth(of: atom, references, states, chosen: [])
    }

    private mutating func truth(
        of atom: Expression, _ references: [Reference], _ states: [[(value: Value, when: Diagrams.Diagram)]],
        chosen: [Value]
    ) throws(Diagrams.BudgetSpent) -> Truth {
        guard chosen.count < references.count else {
            let value = atom.value { reference in
                references.firstIndex(of: reference).map { chosen[$0] } ?? .unknown
            }
            return Truth(
                isTrue: value == .boolean(true) ? Diagrams.always : Diagrams.never,
                isFalse: value == .boolean(false) ? Diagrams.always : Diagrams.never)
        }
        var result = Truth(isTrue: Diagrams.never, isFalse: Diagrams.never)
        for state in states[chosen.count] {
            let rest = try truth(of: atom, references, states, chosen: chosen + [state.value])
            result.isTrue = try diagrams.least(result.isTrue, try diagrams.sum(state.when, rest.isTrue))
            result.isFalse = try diagrams.least(result.isFalse, try diagrams.sum(state.when, rest.isFalse))
        }
        return result
    }

    /// The variable that alone holds what a reference reads; nil where several do.
    func variable(of reference: Reference) -> Int32? {
        switch reference {
        case .field(let name): return fields[name]
        case .item(let id, let row): return questionnaire.index(of: id).flatMap { parts[$0]?.rows[row] }
        case .question(let id):
            guard let index = questionnaire.index(of: id), let part = parts[index], part.options.isEmpty,
                part.rows.isEmpty, part.others == nil
            else { return nil }
            return part.variables.first
        }
    }

    /// What a reference can be, as far as an atom tells it apart, and when it is that; nil when that is not understood.
    private mutating func states(
        of reference: Reference, in atom: Expression
    ) throws(Diagrams.BudgetSpent) -> [(value: Value, when: Diagrams.Diagram)]? {
        if let variable = variable(of: reference) {
            var states: [(value: Value, when: Diagrams.Diagram)] = []
            for (index, value) in variables[Int(variable)].values.enumerated() {
                states.append((value, try diagrams.test(variable) { $0 == index }))
            }
            return states
        }
        guard let index = reference.question.flatMap({ questionnaire.index(of: $0) }), let part = parts[index] else {
            // A statement, or what is not asked at all.
            return [(.unknown, Diagrams.always)]
        }
        let answered = try diagrams.negation(part.silence)
        let silent = (value: Value.unknown, when: part.silence)
        let readings = atom.readings(of: reference)
        if readings.allSatisfy({ $0.function == "answered" }) {
            return [silent, (.set(questionnaire.questions[index].question.type.offered.map(\.code)), answered)]
        }
        guard readings.allSatisfy({ ["answered", "selected", "count"].contains($0.function) }) else { return nil }
        var states = [(value: [String](), when: answered)]
        for code in Set(readings.compactMap(\.code)).sorted() {
            guard let variable = part.options[code] else { continue }
            var next: [(value: [String], when: Diagrams.Diagram)] = []
            for state in states {
                for isChosen in [false, true] {
                    let test = try diagrams.test(variable) { ($0 == 1) == isChosen }
                    let when = try diagrams.sum(state.when, test)
                    if when != Diagrams.never { next.append((state.value + (isChosen ? [code] : []), when)) }
                }
            }
            states = next
            if states.count > 4096 { return nil }
        }
        if readings.contains(where: { $0.function == "count" }) {
            let spare = questionnaire.questions[index].question.type.options.map(\.code)
            var next: [(value: [String], when: Diagrams.Diagram)] = []
            for (count, when) in try chosenCounts(index).enumerated() {
                for state in states {
                    let both = try diagrams.sum(state.when, when)
                    guard both != Diagrams.never, count >= state.value.count else { continue }
                    let others = spare.filter { code in !readings.contains { $0.code == code } }
                    // Where every option is read by name a state says the count by itself.
                    let filling = others.prefix(count - state.value.count)
                    guard state.value.count + filling.count == count else { continue }
                    next.append((state.value + filling, both))
                }
            }
            states = next
        }
        return [silent] + states.map { (.set($0.value), $0.when) }
    }

    /// For each number of options whether so many are chosen, exclusive ones included.
    mutating func chosenCounts(_ index: Int) throws(Diagrams.BudgetSpent) -> [Diagrams.Diagram] {
        guard let part = parts[index] else { return [] }
        let options = questionnaire.questions[index].question.type.options
        var counts = [Diagrams.always]
        for variable in part.variables.reversed() {
            let width = diagrams.widths[Int(variable)]
            let weights: [Int]
            switch variables[Int(variable)].part {
            case .option: weights = [0, 1]
            default: weights = (0..<width).map { part.otherExclusive != nil && $0 == width - 1 ? 1 : $0 }
            }
            var next = [Diagrams.Diagram](
                repeating: Diagrams.never, count: min(options.count, counts.count + width) + 1)
            for total in next.indices {
                var children: [Diagrams.Diagram] = []
                for weight in weights {
                    let rest = total - weight
                    children.append(counts.indices.contains(rest) ? counts[rest] : Diagrams.never)
                }
                next[total] = try diagrams.node(variable, children)
            }
            counts = next
        }
        return counts
    }
}
