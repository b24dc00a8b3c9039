internal import Feedback
package import QuestionnaireModel

/// A part of a survey that somebody may come to: what `--witness` names.
package enum ProofTarget: Sendable, Hashable {
    /// A page, by its index.
    case page(Int)
    /// A question, by its index.
    case question(Int)
    /// An option or row of a question, by its code.
    case option(Int, String)
    /// An ending, by its index.
    case ending(Int)
    /// A case rule, by its index.
    case caseRule(Int)

    /// Reads `page:more`, `question:reason`, `option:reason.price`, `ending:2` or `case:unhappy`; nil for a part that
    /// the survey does not have.
    package init?(_ text: String, of questionnaire: Questionnaire) {
        let halves = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard halves.count == 2 else { return nil }
        let name = halves[1]
        let found: ProofTarget?
        switch halves[0] {
        case "page": found = questionnaire.pages.firstIndex { $0.id.rawValue == name }.map { .page($0) }
        case "question": found = QuestionID(name).flatMap { questionnaire.index(of: $0) }.map { .question($0) }
        case "option":
            let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
            guard parts.count == 2, let index = QuestionID(parts[0]).flatMap({ questionnaire.index(of: $0) }),
                questionnaire.questions[index].question.type.offered.contains(where: { $0.code == parts[1] })
            else { return nil }
            found = .option(index, parts[1])
        case "ending":
            found = Int(name).flatMap { questionnaire.endings.indices.contains($0 - 1) ? .ending($0 - 1) : nil }
        case "case": found = questionnaire.caseRules.firstIndex { $0.id == name }.map { .caseRule($0) }
        default: found = nil
        }
        guard let found else { return nil }
        self = found
    }

    /// Every part of a survey, in the order asked.
    package static func all(of questionnaire: Questionnaire) -> [ProofTarget] {
        var targets: [ProofTarget] = []
        for page in questionnaire.pages.indices {
            targets.append(.page(page))
            for index in questionnaire.questions.indices where questionnaire.questions[index].page == page {
                targets.append(.question(index))
                targets += questionnaire.questions[index].question.type.offered.map { .option(index, $0.code) }
            }
        }
        return targets + questionnaire.endings.indices.map { .ending($0) }
            + questionnaire.caseRules.indices.map { .caseRule($0) }
    }

    /// The name that reads as this target.
    package func name(in questionnaire: Questionnaire) -> String {
        switch self {
        case .page(let index): "page:\(questionnaire.pages[index].id)"
        case .question(let index): "question:\(questionnaire.questions[index].question.id)"
        case .option(let index, let code): "option:\(questionnaire.questions[index].question.id).\(code)"
        case .ending(let index): "ending:\(index + 1)"
        case .caseRule(let index): "case:\(questionnaire.caseRules[index].id)"
        }
    }

    /// What must be true of somebody who has come there.
    func claim(in questionnaire: Questionnaire) -> Claim {
        switch self {
        case .page(let index): .page(index)
        case .question(let index): .question(index)
        case .option(let index, let code): .option(index, code)
        case .ending(let index): .ending(index, of: questionnaire)
        case .caseRule(let index):
            .unlessDropped(.caseRule(index), .holds(questionnaire.caseRules[index].when))
        }
    }

    /// How far somebody has come who is there.
    func extent(in questionnaire: Questionnaire) -> Extent {
        switch self {
        case .page(let index): .before(index)
        case .question(let index), .option(let index, _): .within(questionnaire.questions[index].page)
        case .ending, .caseRule: .whole
        }
    }
}

/// Proves of a compiled survey who can come where, and finds the answers that lead there.
package struct SurveyProof: Sendable {
    /// What is proven of a part of a survey.
    package enum Verdict: Sendable, Equatable {
        /// Somebody comes there.
        case reachable
        /// Nobody ever does.
        case unreachable
        /// The work allowed was not enough, or a condition is not understood exactly.
        case notProven
    }

    var prover: Prover?
    private let questionnaire: Questionnaire

    /// A proof about one survey.
    package init(_ questionnaire: Questionnaire) {
        self.questionnaire = questionnaire
        prover = Prover(questionnaire)
    }

    /// Whether anybody comes to a part.
    package mutating func verdict(_ target: ProofTarget) -> Verdict {
        let claim = target.claim(in: questionnaire)
        switch prover?.verdict(claim, target.extent(in: questionnaire)) {
        case .possible: return .reachable
        case .impossible: return .unreachable
        case .notProven, nil: return .notProven
        }
    }

    /// The fewest answers that lead to a part; nil when none do, or none were found.
    package mutating func witness(of target: ProofTarget) -> Witness? {
        prover?.witness(of: target.claim(in: questionnaire), target.extent(in: questionnaire))
    }
}
