internal import Feedback
internal import QuestionnaireModel

/// Sets of answers, as few as were found, that together bring every condition of a survey about both ways.
package struct CoveringAnswers: Sendable {
    /// One way through the survey, from the first page to the end.
    package struct Way: Sendable {
        /// The answers.
        package let witness: Witness
        /// What it shows, such as `page:more` or `not page:more`, among what was asked for.
        package let covers: [String]
    }

    /// The ways.
    package let ways: [Way]
    /// What no answers bring about, or none that were found.
    package let uncovered: [String]
}

extension SurveyProof {
    /// Ways that cover every condition both ways; nil when the survey's conditions are too large to be laid out.
    package mutating func coveringAnswers() -> CoveringAnswers? { prover?.coveringAnswers() }
}

extension Prover {
    /// One thing that a way may bring about.
    private struct Aim {
        let name: String
        let claim: Claim
    }

    mutating func coveringAnswers() -> CoveringAnswers {
        let aims = self.aims
        // All ways together; what is left when they are spent counts as not found.
        stepsLeft = Self.mostSteps * 5
        tellingStepsLeft = Self.mostSteps * 5
        var uncovered = Array(aims.indices)
        var impossible: [String] = []
        var ways: [(witness: Witness, covers: Set<Int>)] = []
        while let first = uncovered.first {
            guard verdict(aims[first].claim) == .possible else {
                uncovered.removeFirst()
                impossible.append(aims[first].name)
                continue
            }
            guard let witness = widest(aims, first, uncovered) ?? witness(of: aims[first].claim),
                let session = witness.session(.whole, questionnaire)
            else {
                uncovered.removeFirst()
                impossible.append(aims[first].name)
                continue
            }
            let covered = Set(
                aims.indices.filter { aims[$0].claim.isTrue(session.routing, of: questionnaire) })
            ways.append((witness, covered))
            uncovered.removeAll { covered.contains($0) || $0 == first }
        }
        // What others cover all together is not needed itself.
        for index in ways.indices.reversed() {
            let others = ways.indices.filter { $0 != index }.reduce(into: Set<Int>()) { $0.formUnion(ways[$1].covers) }
            if ways.count > 1, ways[index].covers.isSubset(of: others) { ways.remove(at: index) }
        }
        if ways.isEmpty, let any = witness(of: .all([])) { ways.append((any, [])) }
        return CoveringAnswers(
            ways: ways.map {
                CoveringAnswers.Way(witness: $0.witness, covers: $0.covers.sorted().map { aims[$0].name })
            },
            uncovered: impossible)
    }

    /// A way that brings about as many of the aims still open as go together with the first of them.
    private mutating func widest(_ aims: [Aim], _ first: Int, _ open: [Int]) -> Witness? {
        // What was chosen so far, in groups that have nothing to do with each other.
        var groups: [Together] = []
        var goals: [Diagrams.Diagram] = []
        for aim in [first] + open.dropFirst() where stepsLeft > Self.mostStepsOfAClaim {
            let widened: (group: Together, rest: [Together])?? = Self.bounded(&logic, &stepsLeft) {
                logic throws(Diagrams.BudgetSpent) in
                let goal = try logic.diagram(of: aims[aim].claim)
                var group = Together(goals: [goal], variables: try logic.reach(of: [goal]))
                var rest = groups
                while let place = rest.firstIndex(where: { !$0.variables.isDisjoint(with: group.variables) }) {
                    let other = rest.remove(at: place)
                    group.goals += other.goals
                    group.variables.formUnion(other.variables)
                }
                let factors = try logic.cone(of: group.goals)
                if logic.isOpaque(factors) { return nil }
                return try Elimination.isPossible(factors, &logic.diagrams) ? (group, rest) : nil
            }
            guard case .some(.some(let next)) = widened else { continue }
            groups = next.rest + [next.group]
            goals.append(next.group.goals[0])
        }
        return goals.isEmpty ? nil : witness(of: goals) { _ in true }
    }

    /// Aims that rest on some of the same answers.
    private struct Together {
        var goals: [Diagrams.Diagram]
        var variables: Set<Int32>
    }

    /// Every condition true, and false where it could have been true.
    private var aims: [Aim] {
        var aims: [Aim] = []
        func both(_ target: ProofTarget, where here: [Claim]) {
            let name = target.name(in: questionnaire)
            let claim = target.claim(in: questionnaire)
            aims.append(Aim(name: name, claim: claim))
            aims.append(Aim(name: "not " + name, claim: .all(here + [.not(claim)])))
        }
        for (index, page) in questionnaire.pages.enumerated() where page.visibleWhen != nil {
            both(.page(index), where: [])
        }
        for (index, entry) in questionnaire.questions.enumerated() {
            if entry.question.visibleWhen != nil { both(.question(index), where: [.page(entry.page)]) }
            for option in entry.question.type.offered where entry.question.optionConditions[option.code] != nil {
                both(.option(index, option.code), where: [.question(index)])
            }
        }
        for (index, ending) in questionnaire.endings.enumerated()
        where ending.visibleWhen != nil || questionnaire.endings.count > 1 {
            both(.ending(index), where: [])
        }
        for index in questionnaire.caseRules.indices { both(.caseRule(index), where: []) }
        return aims
    }
}

extension SurveyLogic {
    /// All variables that some diagrams rest on, those of their rules included.
    fileprivate mutating func reach(of goals: [Diagrams.Diagram]) throws(Diagrams.BudgetSpent) -> Set<Int32> {
        Set(try cone(of: goals).flatMap { diagrams.support(of: $0) })
    }
}
