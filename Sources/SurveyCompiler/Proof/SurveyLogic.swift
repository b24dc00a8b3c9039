internal import Feedback
internal import QuestionnaireModel

/// A survey as conditions over finitely many kinds of answers: what is shown when, and what must be answered.
///
/// Every guard speaks of the answers themselves, for an answer that is not asked is silence: `rules` say so.
struct SurveyLogic {
    /// A condition as two diagrams; where neither holds it is unknown.
    struct Truth {
        var isTrue: Diagrams.Diagram
        var isFalse: Diagrams.Diagram

        static let always = Truth(isTrue: Diagrams.always, isFalse: Diagrams.never)
    }

    /// The variables of one question that conditions read.
    struct Parts {
        var variables: [Int32] = []
        var options: [String: Int32] = [:]
        var rows: [String: Int32] = [:]
        /// The variable of the options or rows that no condition reads.
        var others: Int32?
        /// The codes of those options or rows; of options those that exclude no others.
        var otherCodes: [String] = []
        /// An option that excludes the others and that no condition reads.
        var otherExclusive: String?
        /// That nothing of it is answered.
        var silence = Diagrams.always
    }

    let questionnaire: Questionnaire
    /// Whether what is calculated may come out any way; so nothing that is possible is missed.
    let isRelaxed: Bool
    var diagrams: Diagrams
    var variables: [AnswerVariable] = []
    var parts: [Int: Parts] = [:]
    var fields: [String: Int32] = [:]
    /// The conditions' parts that read a question, row or field.
    let atoms: [Reference: [Expression]]

    /// Whether the condition of each page holds.
    private(set) var pageGuards: [Diagrams.Diagram] = []
    /// Whether each question is shown, its page included.
    private(set) var questionGuards: [Diagrams.Diagram] = []
    /// Whether an option or row is offered, by question and code, for those with a condition.
    private(set) var optionGuards: [Int: [String: Diagrams.Diagram]] = [:]
    /// What the answers to a question must satisfy: silent where not asked, given where required, within bounds.
    private(set) var rules: [Int: [Diagrams.Diagram]] = [:]
    /// What the checks of pages ask.
    private(set) var checks: [(page: Int, rule: Diagrams.Diagram)] = []
    /// What each check rests on.
    private var checkClosures: [Int: (rules: [Diagrams.Diagram], questions: Set<Int>)] = [:]

    private var truths: [String: Truth] = [:]
    /// Conditions that are left out.
    private(set) var dropped: Set<Guard> = []

    /// The most steps that laying a survey out may take.
    static let mostSteps = 1_500_000

    init(_ questionnaire: Questionnaire, isRelaxed: Bool = false) throws(Diagrams.BudgetSpent) {
        self.questionnaire = questionnaire
        self.isRelaxed = isRelaxed
        diagrams = Diagrams(budget: Self.mostSteps)
        atoms = Self.atoms(of: questionnaire)
        try addVariables()
        for page in questionnaire.pages { pageGuards.append(truth(of: page.visibleWhen).isTrue) }
        for index in questionnaire.questions.indices { questionGuards.append(makeGuard(of: index)) }
        for index in parts.keys.sorted() {
            rules[index] =
                bounded { logic throws(Diagrams.BudgetSpent) in try logic.makeRules(index) } ?? [opaque().isTrue]
        }
        for page in questionnaire.pages.indices { addChecks(of: page) }
    }

    /// The same survey with some conditions left out, as if they were not written.
    func dropping(_ conditions: Set<Guard>) -> SurveyLogic {
        var other = self
        other.dropped = conditions
        other.checkClosures = [:]
        other.diagrams.budget = Self.mostSteps / 8
        for page in pageGuards.indices where conditions.contains(.page(page)) {
            other.pageGuards[page] = Diagrams.always
        }
        var touched: Set<Int> = []
        for index in questionGuards.indices {
            let entry = questionnaire.questions[index]
            let isTouched =
                conditions.contains(.question(index)) || conditions.contains(.page(entry.page))
                || entry.question.optionConditions.keys.contains { conditions.contains(.option(index, $0)) }
            guard isTouched else { continue }
            touched.insert(index)
            other.questionGuards[index] = other.makeGuard(of: index)
        }
        for index in touched where other.parts[index] != nil {
            other.rules[index] =
                other.bounded { logic throws(Diagrams.BudgetSpent) in try logic.makeRules(index) }
                ?? [other.opaque().isTrue]
        }
        for index in checks.indices where conditions.contains(.check(index)) {
            other.checks[index].rule = Diagrams.always
        }
        return other
    }

    /// The conditions' parts by what they read.
    private static func atoms(of questionnaire: Questionnaire) -> [Reference: [Expression]] {
        var found: [Reference: [Expression]] = [:]
        func collect(_ condition: Condition?) {
            guard let condition else { return }
            for atom in condition.expression.atoms {
                for reference in atom.references { found[reference, default: []].append(atom) }
            }
        }
        for page in questionnaire.pages {
            collect(page.visibleWhen)
            for check in page.checks { collect(check.that) }
            for question in page.questions {
                collect(question.visibleWhen)
                for condition in question.optionConditions.values { collect(condition) }
            }
        }
        for ending in questionnaire.endings { collect(ending.visibleWhen) }
        for rule in questionnaire.caseRules { collect(rule.when) }
        return found
    }

    // MARK: Guards

    /// When a question is shown: its page, its condition, and an option that is offered.
    private mutating func makeGuard(of index: Int) -> Diagrams.Diagram {
        let entry = questionnaire.questions[index]
        let question = entry.question
        var shown = dropped.contains(.question(index)) ? Diagrams.always : truth(of: question.visibleWhen).isTrue
        if !question.optionConditions.isEmpty {
            var any = Diagrams.never
            for option in question.type.offered {
                var offered = Diagrams.always
                if let condition = question.optionConditions[option.code] {
                    if !dropped.contains(.option(index, option.code)) { offered = truth(of: condition).isTrue }
                    optionGuards[index, default: [:]][option.code] = offered
                }
                let before = any
                any =
                    bounded { logic throws(Diagrams.BudgetSpent) in try logic.diagrams.least(before, offered) }
                    ?? opaque().isTrue
            }
            shown = conjunction(shown, any)
        }
        return conjunction(pageGuards[entry.page], shown)
    }

    private mutating func addChecks(of page: Int) {
        for check in questionnaire.pages[page].checks {
            let read = check.that.references.compactMap(\.question).compactMap { questionnaire.index(of: $0) }
            let truth = truth(of: check.that)
            let rule = bounded { logic throws(Diagrams.BudgetSpent) in
                var binds = Diagrams.never
                for index in read where logic.questionnaire.questions[index].page == page {
                    binds = try logic.diagrams.least(binds, logic.questionGuards[index])
                }
                let refused = try logic.diagrams.sum(binds, truth.isFalse)
                return try logic.diagrams.negation(refused)
            }
            checks.append((page, rule ?? opaque().isTrue))
        }
    }

    /// Whether a condition holds, is false, or neither; no condition always holds.
    mutating func truth(of condition: Condition?) -> Truth {
        guard let condition else { return .always }
        // The same words are the same condition, so that what is not understood of it is one thing too.
        if let known = truths[condition.source] { return known }
        let truth =
            bounded { logic throws(Diagrams.BudgetSpent) in try logic.truth(of: condition.expression) } ?? opaque()
        truths[condition.source] = truth
        return truth
    }

    /// Both conditions.
    mutating func conjunction(_ left: Diagrams.Diagram, _ right: Diagrams.Diagram) -> Diagrams.Diagram {
        bounded { logic throws(Diagrams.BudgetSpent) in try logic.diagrams.sum(left, right) } ?? opaque().isTrue
    }

    /// A result within the steps still allowed; nil when they end, and then what it was for is not understood.
    private mutating func bounded<Result>(
        _ body: (inout SurveyLogic) throws(Diagrams.BudgetSpent) -> Result
    ) -> Result? {
        let before = diagrams.budget
        // No single part takes more than an eighth, so that one monster does not spoil the rest.
        diagrams.budget = min(before, Self.mostSteps / 8)
        let allowed = diagrams.budget
        defer { diagrams.budget = max(0, before - (allowed - max(0, diagrams.budget))) }
        return try? body(&self)
    }

    /// A truth that may come out any way.
    mutating func opaque() -> Truth {
        let before = diagrams.budget
        defer { diagrams.budget = before }
        diagrams.budget = 1000
        variables.append(AnswerVariable(question: nil, part: .opaque))
        let variable = diagrams.addVariable(width: 3)
        // A budget of a thousand steps is enough for two nodes.
        guard let isTrue = try? diagrams.test(variable, { $0 == 1 }),
            let isFalse = try? diagrams.test(variable, { $0 == 2 })
        else { return .always }
        return Truth(isTrue: isTrue, isFalse: isFalse)
    }

    // MARK: What hangs together

    /// Everything that some diagrams rest on: with them the rules of all questions they read, and of what those read,
    /// and the checks that have a say in one of these.
    ///
    /// `page` leaves out what is asked later: it cannot make a difference to what is shown on that page.
    mutating func cone(
        of goals: [Diagrams.Diagram], upTo page: Int = .max
    ) throws(Diagrams.BudgetSpent) -> [Diagrams.Diagram] {
        goals + (try rules(around: goals, upTo: page))
    }

    /// The rules that some diagrams rest on, each once.
    mutating func rules(
        around goals: [Diagrams.Diagram], upTo page: Int = .max
    ) throws(Diagrams.BudgetSpent) -> [Diagrams.Diagram] {
        var (factors, seen) = try closure(of: goals, upTo: page)
        var open = checks.indices.filter { checks[$0].page <= page && checks[$0].rule != Diagrams.always }
        while true {
            var next: Int?
            try diagrams.spend(open.count)
            for place in open.indices {
                if try closure(ofCheck: open[place]).questions.isDisjoint(with: seen) { continue }
                next = place
                break
            }
            guard let next else { break }
            let (rules, questions) = try closure(ofCheck: open.remove(at: next))
            factors += rules
            seen.formUnion(questions)
        }
        return Array(Set(factors)).sorted()
    }

    /// The rules of what some diagrams read, and of what those read, with the questions that these are about.
    private mutating func closure(
        of goals: [Diagrams.Diagram], upTo page: Int = .max
    ) throws(Diagrams.BudgetSpent) -> (rules: [Diagrams.Diagram], questions: Set<Int>) {
        var factors: [Diagrams.Diagram] = []
        var open = goals
        var seen: Set<Int> = []
        while let diagram = open.popLast() {
            let support = diagrams.support(of: diagram)
            try diagrams.spend(support.count)
            for variable in support {
                guard let index = variables[Int(variable)].question, questionnaire.questions[index].page <= page,
                    seen.insert(index).inserted
                else { continue }
                factors += rules[index] ?? []
                open += rules[index] ?? []
            }
        }
        return (factors, seen)
    }

    private mutating func closure(
        ofCheck check: Int
    ) throws(Diagrams.BudgetSpent) -> (rules: [Diagrams.Diagram], questions: Set<Int>) {
        if let known = checkClosures[check] { return known }
        var found = try closure(of: [checks[check].rule])
        found.rules.append(checks[check].rule)
        checkClosures[check] = found
        return found
    }

    /// Whether some diagrams rest on something that is not understood.
    mutating func isOpaque(_ factors: [Diagrams.Diagram]) -> Bool {
        for factor in factors {
            for variable in diagrams.support(of: factor) where variables[Int(variable)].isOpaque { return true }
        }
        return false
    }

    /// Whether some questions or fields can hold other values that conditions might take otherwise.
    var hasSamples: Bool { variables.contains { !$0.isComplete } }
}
