internal import QuestionnaireModel

/// How many ways lead through a survey, and how long they are.
///
/// A path is the set of questions that somebody who comes to the end was asked; statements count in no length.
package struct PathStatistics: Sendable, Equatable {
    /// How many different paths there are; at most so many where `isExact` is false, and no number past a quadrillion.
    package let count: Int?
    /// Whether everything was counted, and exactly.
    package let isExact: Bool
    /// How many questions the shortest path asks.
    package let shortest: Int
    /// How many questions the longest path asks.
    package let longest: Int

    init(count: Int?, isExact: Bool, shortest: Int, longest: Int) {
        self.count = count
        self.isExact = isExact
        self.shortest = shortest
        self.longest = longest
    }

    /// The one path of a survey without conditions.
    init(ofUnconditional questionnaire: Questionnaire) {
        let asked = questionnaire.questions.count { $0.question.type.domain != .none }
        self.init(count: 1, isExact: true, shortest: asked, longest: asked)
    }

    /// `5 paths of 3 to 6 questions`.
    var text: String {
        let length = shortest == longest ? "\(shortest)" : "\(shortest) to \(longest)"
        let questions = "\(length) question\(longest == 1 ? "" : "s")"
        guard let count else { return "more paths than can be counted, of \(questions)" }
        return "\(isExact ? "" : "at most ")\(count) path\(count == 1 ? "" : "s") of \(questions)"
    }

    /// The greatest count that is told: what every reader of JSON takes exactly (2^53).
    static let most = 9_007_199_254_740_992
}

extension SurveyProof {
    /// The paths through the survey; bounds where counting them takes too long, nil where nothing is known.
    package mutating func pathStatistics() -> PathStatistics? { prover?.pathStatistics() }
}

extension Prover {
    /// What is known of ways that came to the same point: how many they are, and how much was asked on them.
    private struct Ways {
        var count: Int
        var fewest: Int
        var most: Int
    }

    /// The most different states that are followed at a time.
    private static let mostStates = 4000

    mutating func pathStatistics() -> PathStatistics {
        let isAsked = questionnaire.questions.map { $0.question.type.domain != .none }
        var weights: [Diagrams.Diagram: Int] = [:]
        var always = 0
        for index in questionnaire.questions.indices {
            let guarded = logic.questionGuards[index]
            if guarded == Diagrams.always {
                always += isAsked[index] ? 1 : 0
            } else if guarded != Diagrams.never {
                weights[guarded, default: 0] += isAsked[index] ? 1 : 0
            }
        }
        stepsLeft = max(stepsLeft, Self.mostStepsOfAClaim)
        let grouped = Self.bounded(&logic, &stepsLeft) { logic throws(Diagrams.BudgetSpent) in
            try logic.independentGroups(of: Array(weights.keys))
        }
        // In one group where even that takes too long; then nothing is counted.
        let groups = grouped ?? [SurveyLogic.Group(guards: Array(weights.keys))]
        var total = Ways(count: 1, fewest: always, most: always)
        var isExact = !logic.hasSamples
        for group in groups {
            if logic.isOpaque(group.guards + group.rules) { isExact = false }
            var logic = logic
            let ways: Ways?? =
                grouped == nil
                ? nil
                : Self.bounded(&logic, &stepsLeft) { logic throws(Diagrams.BudgetSpent) in
                    try Self.ways(group, weights, in: &logic)
                }
            self.logic = logic
            let weight = group.guards.reduce(0) { $0 + (weights[$1] ?? 0) }
            var found = Ways(count: .max, fewest: 0, most: weight)
            if let ways, let counted = ways {
                found = counted
            } else {
                isExact = false
                // No more than every guard both ways.
                if group.guards.count < 50 { found.count = 1 << group.guards.count }
            }
            let (product, overflows) = total.count.multipliedReportingOverflow(by: found.count)
            total = Ways(
                count: overflows || product > PathStatistics.most ? .max : product,
                fewest: total.fewest + found.fewest, most: total.most + found.most)
        }
        return PathStatistics(
            count: total.count == .max ? nil : total.count, isExact: isExact && total.count != .max,
            shortest: total.fewest, longest: total.most)
    }

    /// Follows the guards of a group one after another, each both ways, and forgets every answer once nothing reads it
    /// any more: ways that then agree in what they know are one from there on. Nil when there are too many states.
    private static func ways(
        _ group: SurveyLogic.Group, _ weights: [Diagrams.Diagram: Int], in logic: inout SurveyLogic
    ) throws(Diagrams.BudgetSpent) -> Ways? {
        var rules = group.rules
        var guards = group.guards
        var states = [Diagrams.always: Ways(count: 1, fewest: 0, most: 0)]
        while !rules.isEmpty || !guards.isEmpty {
            try logic.diagrams.spend(4 * (rules.count + guards.count))
            let variable = logic.leastConnected(in: rules + guards)
            let joined = rules.filter { logic.diagrams.support(of: $0).contains(variable) }
            let split = guards.filter { logic.diagrams.support(of: $0).contains(variable) }
            rules.removeAll(where: joined.contains)
            guards.removeAll(where: split.contains)
            for rule in joined {
                states = try merged(states, in: &logic) { state, diagrams throws(Diagrams.BudgetSpent) in
                    [(try diagrams.sum(state, rule), 0)]
                }
            }
            for guarded in split {
                let not = try logic.diagrams.negation(guarded)
                let weight = weights[guarded] ?? 0
                states = try merged(states, in: &logic) { state, diagrams throws(Diagrams.BudgetSpent) in
                    [(try diagrams.sum(state, guarded), weight), (try diagrams.sum(state, not), 0)]
                }
                if states.count > mostStates { return nil }
            }
            let open = Set((rules + guards).flatMap { logic.diagrams.support(of: $0) })
            let known = Set(states.keys.flatMap { logic.diagrams.support(of: $0) })
            for forgotten in known.subtracting(open).sorted() {
                states = try merged(states, in: &logic) { state, diagrams throws(Diagrams.BudgetSpent) in
                    [(try diagrams.cheapest(over: forgotten, state), 0)]
                }
            }
        }
        return states[Diagrams.always]
    }

    /// The states that others lead to, those that are the same joined.
    private static func merged(
        _ states: [Diagrams.Diagram: Ways], in logic: inout SurveyLogic,
        _ next: (Diagrams.Diagram, inout Diagrams) throws(Diagrams.BudgetSpent) -> [(Diagrams.Diagram, Int)]
    ) throws(Diagrams.BudgetSpent) -> [Diagrams.Diagram: Ways] {
        var result: [Diagrams.Diagram: Ways] = [:]
        for (state, ways) in states.sorted(by: { $0.key < $1.key }) {
            for (following, weight) in try next(state, &logic.diagrams) where following != Diagrams.never {
                let moved = Ways(count: ways.count, fewest: ways.fewest + weight, most: ways.most + weight)
                guard let other = result[following] else {
                    result[following] = moved
                    continue
                }
                let (sum, overflows) = other.count.addingReportingOverflow(moved.count)
                result[following] = Ways(
                    count: overflows ? .max : sum, fewest: min(other.fewest, moved.fewest),
                    most: max(other.most, moved.most))
            }
        }
        return result
    }
}

extension SurveyLogic {
    /// Guards that hang together through the answers they read, with the rules of these answers.
    struct Group {
        var guards: [Diagrams.Diagram] = []
        var rules: [Diagrams.Diagram] = []
    }

    /// The groups of some guards that have nothing to do with each other, each with its rules.
    fileprivate mutating func independentGroups(
        of guards: [Diagrams.Diagram]
    ) throws(Diagrams.BudgetSpent) -> [Group] {
        var parents = Array(variables.indices)
        func root(_ index: Int) -> Int {
            var place = index
            while parents[place] != place {
                parents[place] = parents[parents[place]]
                place = parents[place]
            }
            return place
        }
        let rules = try rules(around: guards)
        for diagram in guards + rules {
            let support = diagrams.support(of: diagram)
            for variable in support.dropFirst() { parents[root(Int(variable))] = root(Int(support[0])) }
        }
        var groups: [Int: Group] = [:]
        for diagram in guards.sorted() {
            guard let first = diagrams.support(of: diagram).first else { continue }
            groups[root(Int(first)), default: Group()].guards.append(diagram)
        }
        for diagram in rules {
            guard let first = diagrams.support(of: diagram).first else { continue }
            groups[root(Int(first)), default: Group()].rules.append(diagram)
        }
        return groups.sorted { $0.key < $1.key }.map(\.value).filter { !$0.guards.isEmpty }
    }

    /// The variable that shares diagrams with the fewest others; ties go to the last asked.
    fileprivate mutating func leastConnected(in factors: [Diagrams.Diagram]) -> Int32 {
        var neighbours: [Int32: Set<Int32>] = [:]
        for factor in factors {
            let support = diagrams.support(of: factor)
            for variable in support { neighbours[variable, default: []].formUnion(support) }
        }
        return neighbours.min { ($0.value.count, -$0.key) < ($1.value.count, -$1.key) }?.key ?? 0
    }
}
