internal import Feedback
internal import QuestionnaireModel

/// How far somebody has come for whom a claim is true.
enum Extent {
    /// Every page before one is done.
    case before(Int)
    /// On a page, with some of it answered and every page before it done.
    case within(Int)
    /// To the end.
    case whole

    /// The last page whose questions and checks have a say.
    var lastPage: Int {
        switch self {
        case .before(let page): page - 1
        case .within(let page): page
        case .whole: .max
        }
    }
}

/// Something that may or may not come true for a customer, to be proven possible or impossible.
indirect enum Claim {
    /// The page of an index is shown.
    case page(Int)
    /// The question of an index is shown.
    case question(Int)
    /// An option or row is offered by the question of an index, which is shown.
    case option(Int, String)
    /// A question's condition, or a reference's, is known to be true.
    case holds(Condition)
    /// A condition is known to be false.
    case isFalse(Condition)
    /// The question of an index was asked and answered.
    case answered(Int)
    /// A field was brought along.
    case given(String)
    /// A claim that rests on a condition of the file, and that always holds while that is left out.
    case unlessDropped(Guard, Claim)
    case not(Claim)
    case all([Claim])

    /// The ending of an index is the one that is shown.
    static func ending(_ index: Int, of questionnaire: Questionnaire) -> Claim {
        .all(
            questionnaire.endings[...index].enumerated().map { place, ending in
                let holds = ending.visibleWhen.map(Claim.holds) ?? .all([])
                return .unlessDropped(.ending(place), place == index ? holds : .not(holds))
            })
    }

    /// Whether it is true of somebody with a routing.
    func isTrue(_ routing: Routing, of questionnaire: Questionnaire) -> Bool {
        switch self {
        case .page(let index): return routing.pageIsShown[index]
        case .question(let index): return routing.questionIsShown[index]
        case .option(let index, let code):
            return routing.questionIsShown[index]
                && routing.offered(questionnaire.questions[index].question).contains(code)
        case .holds(let condition): return routing.holds(condition)
        case .isFalse(let condition): return condition.expression.value(routing.lookup) == .boolean(false)
        case .answered(let index):
            return routing.answers[questionnaire.questions[index].question.id.rawValue] != nil
        case .given(let name): return routing.lookup(.field(name)) != .unknown
        case .unlessDropped(_, let inner): return inner.isTrue(routing, of: questionnaire)
        case .not(let inner): return !inner.isTrue(routing, of: questionnaire)
        case .all(let parts): return parts.allSatisfy { $0.isTrue(routing, of: questionnaire) }
        }
    }
}

extension SurveyLogic {
    /// When a claim is true, as a diagram; throws where that takes too long to say.
    mutating func diagram(of claim: Claim) throws(Diagrams.BudgetSpent) -> Diagrams.Diagram {
        switch claim {
        case .page(let index): return pageGuards[index]
        case .question(let index): return questionGuards[index]
        case .option(let index, let code):
            return try diagrams.sum(questionGuards[index], optionGuards[index]?[code] ?? Diagrams.always)
        case .holds(let condition): return truth(of: condition).isTrue
        case .isFalse(let condition): return truth(of: condition).isFalse
        case .answered(let index):
            guard let part = parts[index] else {
                // No condition reads it: whoever is asked answers it where that is required, and may leave it else.
                return questionnaire.questions[index].question.isRequired ? questionGuards[index] : Diagrams.never
            }
            return try diagrams.negation(part.silence)
        case .given(let name):
            guard let variable = fields[name] else { return Diagrams.never }
            return try diagrams.test(variable) { $0 > 0 }
        case .unlessDropped(let condition, let inner):
            return dropped.contains(condition) ? Diagrams.always : try diagram(of: inner)
        case .not(let inner): return try diagrams.negation(try diagram(of: inner))
        case .all(let inner):
            var result = Diagrams.always
            for part in inner { result = try diagrams.sum(result, try diagram(of: part)) }
            return result
        }
    }
}
