internal import QuestionnaireModel

/// Says of claims about a survey whether anybody's answers make them true; exact, or it says that it does not know.
struct Prover {
    /// What is proven of a claim.
    enum Verdict: Equatable {
        /// Some answers make it true.
        case possible
        /// No answers do.
        case impossible
        /// It took too long, or rests on something that is not understood exactly.
        case notProven
    }

    /// The most steps that one claim may take; a step makes or joins a place of a decision diagram.
    static let mostStepsOfAClaim = 300_000
    /// The most steps that all claims about a survey may take.
    static let mostSteps = 4_000_000

    let questionnaire: Questionnaire
    var logic: SurveyLogic
    /// The same survey with everything possible that is not understood; made when it is needed.
    private var relaxed: SurveyLogic??
    var stepsLeft = Self.mostSteps
    /// The steps left for witnesses and for naming contradictions, which must not take them from the claims.
    var tellingStepsLeft = Self.mostSteps / 2

    /// Nil when the survey's conditions are too large to be laid out.
    init?(_ questionnaire: Questionnaire) {
        guard let logic = try? SurveyLogic(questionnaire) else { return nil }
        self.questionnaire = questionnaire
        self.logic = logic
    }

    /// Whether a claim can come true for anybody, that has come so far.
    mutating func verdict(_ claim: Claim, _ extent: Extent = .whole) -> Verdict {
        guard let (isPossible, isCertain) = isPossible(claim, extent, isRelaxed: false) else { return .notProven }
        if isPossible { return isCertain || witness(of: claim, extent) != nil ? .possible : .notProven }
        // Samples may have missed something; what is impossible even where anything may come out is so for certain.
        guard logic.hasSamples else { return .impossible }
        guard let (mayBe, _) = self.isPossible(claim, extent, isRelaxed: true) else { return .notProven }
        return mayBe ? .notProven : .impossible
    }

    /// The same of a survey with some conditions left out; without a witness, so what is not understood stays open.
    mutating func verdict(_ claim: Claim, _ extent: Extent, dropping: Set<Guard>) -> Verdict {
        var weaker = logic.dropping(dropping)
        guard let (isPossible, isCertain) = Self.isPossible(claim, extent, in: &weaker, &stepsLeft) else {
            return .notProven
        }
        if isPossible { return isCertain ? .possible : .notProven }
        return logic.hasSamples ? .notProven : .impossible
    }

    private mutating func isPossible(
        _ claim: Claim, _ extent: Extent, isRelaxed: Bool
    ) -> (isPossible: Bool, isCertain: Bool)? {
        guard isRelaxed else { return Self.isPossible(claim, extent, in: &logic, &stepsLeft) }
        if relaxed == nil { relaxed = .some(try? SurveyLogic(questionnaire, isRelaxed: true)) }
        guard case .some(.some(var other)) = relaxed else { return nil }
        defer { relaxed = .some(other) }
        return Self.isPossible(claim, extent, in: &other, &stepsLeft)
    }

    static func isPossible(
        _ claim: Claim, _ extent: Extent, in logic: inout SurveyLogic, _ stepsLeft: inout Int
    ) -> (isPossible: Bool, isCertain: Bool)? {
        bounded(&logic, &stepsLeft) { logic throws(Diagrams.BudgetSpent) in
            let goal = try logic.diagram(of: claim)
            let factors = try logic.cone(of: [goal], upTo: extent.lastPage)
            let isPossible = try Elimination.isPossible(factors, &logic.diagrams)
            return (isPossible, !logic.isOpaque(factors))
        }
    }

    /// A result within the steps still allowed; nil when they end.
    static func bounded<Result>(
        _ logic: inout SurveyLogic, _ stepsLeft: inout Int,
        _ body: (inout SurveyLogic) throws(Diagrams.BudgetSpent) -> Result
    ) -> Result? {
        let allowed = min(stepsLeft, mostStepsOfAClaim)
        logic.diagrams.budget = allowed
        // Asking at all is work too, so that a hundred thousand claims cannot be asked for nothing.
        defer { stepsLeft = max(0, stepsLeft - 50 - (allowed - max(0, logic.diagrams.budget))) }
        return try? body(&logic)
    }
}
