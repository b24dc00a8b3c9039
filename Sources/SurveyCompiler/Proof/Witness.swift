package import Feedback
package import QuestionnaireModel

/// Somebody's answers, page by page, for whom a claim is true; tried on the survey itself before anybody sees them.
package struct Witness: Sendable {
    /// One page's form as it would be sent.
    package struct Page: Sendable {
        /// The page's index.
        package let index: Int
        /// The fields of its form.
        package let form: FormFields
    }

    /// What the invitation must bring along.
    package let fields: Answers
    /// The pages answered, in order; of the last one perhaps only a part.
    package let pages: [Page]
    /// The answers that count.
    package let answers: Answers
    /// Whether no fewer answers lead there.
    package let isShortest: Bool

    /// The answers in one line: `recommend = 3, contact-me = 'yes'`.
    package func line(_ questionnaire: Questionnaire) -> String {
        let given = fields.entries.map { "\($0.key) = \($0.answer.brief)" }
        let answered = answers.entries.flatMap { entry -> [String] in
            guard case .grid(let rows) = entry.answer else { return ["\(entry.key) = \(entry.answer.brief)"] }
            return rows.map { "\(entry.key).\($0.item) = \($0.answer.brief)" }
        }
        let all = given + answered
        return all.isEmpty ? "whoever answers nothing" : all.joined(separator: ", ")
    }
}

extension Answer {
    /// The answer as a condition would write it.
    var brief: String {
        switch self {
        case .integer(let number): String(number)
        case .number(let number): number.text
        case .text(let text):
            text.count > 40 ? "a text of \(text.unicodeScalars.count) characters" : "'\(text)'"
        case .list(let codes): codes.map { "'\($0)'" }.joined(separator: " and ")
        case .consent(let given, _): given ? "yes" : "no"
        case .grid(let rows): rows.map { "\($0.item): \($0.answer.brief)" }.joined(separator: "; ")
        }
    }
}

extension Prover {
    /// The fewest answers that make a claim true; nil when there are none, or none were found in the steps allowed.
    ///
    /// Every page before is answered as it must be, and of the page itself what the claim rests on.
    mutating func witness(of claim: Claim, _ extent: Extent = .whole) -> Witness? {
        guard let goal = try? logic.diagram(of: claim) else { return nil }
        return witness(of: [goal], extent) { claim.isTrue($0.routing, of: $0.questionnaire) }
    }

    /// The fewest answers that some diagrams hold for and that the survey itself, answered so, confirms.
    mutating func witness(
        of goals: [Diagrams.Diagram], _ extent: Extent = .whole, confirmedBy isTrue: (ResponseSession) -> Bool
    ) -> Witness? {
        for isShortest in [true, false] {
            let solution = Self.bounded(&logic, &tellingStepsLeft) { logic throws(Diagrams.BudgetSpent) in
                let factors = try logic.network(around: goals, extent, withAllCosts: isShortest)
                return try Elimination.solve(factors, &logic.diagrams)
            }
            guard let solution else { continue }
            guard let found = solution else { return nil }
            let witness = logic.witness(found.values, extent, isShortest: isShortest)
            if let witness, let session = witness.session(extent, questionnaire), isTrue(session) { return witness }
        }
        return nil
    }
}

extension Witness {
    /// The survey itself, answered so; nil when it does not lead as far as it should.
    func session(_ extent: Extent, _ questionnaire: Questionnaire) -> ResponseSession? {
        var session = ResponseSession(questionnaire, fields: fields)
        for page in pages {
            guard session.nextPage == page.index else { return nil }
            if case .within(page.index) = extent {
                // What is shown follows every answer at once, before the page is sent.
                _ = session.keep(page: page.index, page.form)
            } else {
                guard case .accepted = session.accept(page: page.index, page.form) else { return nil }
            }
        }
        switch extent {
        case .whole: if session.nextPage != nil { return nil }
        case .before(let page), .within(let page): if let next = session.nextPage, next < page { return nil }
        }
        return session
    }
}

extension SurveyLogic {
    /// What a witness of a goal must satisfy, and what each answer costs; without the costs of what the goal does not
    /// rest on where it need not be exact.
    fileprivate mutating func network(
        around goals: [Diagrams.Diagram], _ extent: Extent, withAllCosts: Bool
    ) throws(Diagrams.BudgetSpent) -> [Diagrams.Diagram] {
        var factors = try cone(of: goals, upTo: extent.lastPage)
        let core = Set(factors.flatMap { diagrams.support(of: $0) })
        for variable in core.sorted() { factors.append(try cost(of: variable)) }
        guard withAllCosts else { return factors }
        let lastWhole = if case .within(let page) = extent { page - 1 } else { extent.lastPage }
        try diagrams.spend(questionnaire.questions.count)
        for index in questionnaire.questions.indices {
            let entry = questionnaire.questions[index]
            guard entry.page <= lastWhole else { continue }
            if let part = parts[index] {
                guard !part.variables.contains(where: core.contains) else { continue }
                factors += rules[index] ?? []
                for variable in part.variables { factors.append(try cost(of: variable)) }
            } else if entry.question.isRequired, entry.question.type.domain != .none {
                factors.append(try cost(ofRequired: index))
            }
        }
        for check in checks where check.page <= lastWhole { factors.append(check.rule) }
        return factors
    }

    /// What an answer to a required question costs that no condition reads: as many as the form it gets has, under
    /// every pattern of what is offered.
    private mutating func cost(ofRequired index: Int) throws(Diagrams.BudgetSpent) -> Diagrams.Diagram {
        let question = questionnaire.questions[index].question
        let codes = question.type.offered.map(\.code)
        var guards: [(code: String, isOffered: Diagrams.Diagram)] = []
        for code in codes { if let own = optionGuards[index]?[code] { guards.append((code, own)) } }
        // Beyond a few the cost is a bound: whatever is offered is offered.
        if guards.count > 6 { guards = [] }
        var cost = try diagrams.negation(questionGuards[index])
        for pattern in 0..<(1 << guards.count) {
            var asked = questionGuards[index]
            var hidden: Set<String> = []
            for (bit, own) in guards.enumerated() {
                let isOffered = pattern >> bit & 1 == 1
                if !isOffered { hidden.insert(own.code) }
                asked = try diagrams.sum(asked, isOffered ? own.isOffered : try diagrams.negation(own.isOffered))
            }
            let count = question.type.offering(codes.filter { !hidden.contains($0) }).anyAnswer(question.id).count
            cost = try diagrams.least(cost, try diagrams.sum(asked, diagrams.leaf(Int32(count))))
        }
        return cost
    }

    /// One for every answer that a variable stands for; nothing for silence.
    private mutating func cost(of variable: Int32) throws(Diagrams.BudgetSpent) -> Diagrams.Diagram {
        let width = diagrams.widths[Int(variable)]
        if case .opaque = variables[Int(variable)].part { return Diagrams.always }
        var children: [Diagrams.Diagram] = []
        for value in 0..<width { children.append(diagrams.leaf(value == 0 ? 0 : costs(variable, value))) }
        return try diagrams.node(variable, children)
    }

    private func costs(_ variable: Int32, _ value: Int) -> Int32 {
        guard let index = variables[Int(variable)].question, let part = parts[index] else { return 1 }
        switch variables[Int(variable)].part {
        case .otherOptions: return value <= part.otherCodes.count ? Int32(value) : 1
        case .otherRows:
            return questionnaire.questions[index].question.isRequired ? Int32(part.otherCodes.count) : 1
        default: return 1
        }
    }

    // MARK: Forms

    /// The forms of the pages, filled in as some values say and elsewhere as they must be.
    fileprivate func witness(_ values: [Int32: Int], _ extent: Extent, isShortest: Bool) -> Witness? {
        var brought = Answers()
        for field in questionnaire.fields {
            guard let variable = fields[field.name], let value = values[variable], value > 0 else { continue }
            brought[field.name] = answer(for: variables[Int(variable)].values[value], field.type)
        }
        var session = ResponseSession(questionnaire, fields: brought)
        var pages: [Witness.Page] = []
        for page in questionnaire.pages.indices
        where page <= extent.lastPage && holds(pageGuards[page], values) {
            let isPartial = if case .within(page) = extent { true } else { false }
            var form = FormFields()
            for index in questionnaire.questions.indices where questionnaire.questions[index].page == page {
                for field in fieldsOf(index, values, isPartial) { form.append(field.name, field.value) }
            }
            if isPartial, form.fields.isEmpty { break }
            pages.append(Witness.Page(index: page, form: form))
            if isPartial {
                _ = session.keep(page: page, form)
            } else {
                _ = session.accept(page: page, form)
            }
        }
        return Witness(fields: brought, pages: pages, answers: session.answers, isShortest: isShortest)
    }

    private func holds(_ diagram: Diagrams.Diagram, _ values: [Int32: Int]) -> Bool {
        diagrams.cost(of: diagram) { values[$0] ?? 0 } != Diagrams.impossible
    }

    private func answer(for value: Value, _ type: ValueType) -> Answer? {
        switch value {
        case .number: value.typed.flatMap { DecimalNumber($0) }.map { Int($0.text).map(Answer.integer) ?? .number($0) }
        default: value.typed.map(Answer.text)
        }
    }

    private func fieldsOf(_ index: Int, _ values: [Int32: Int], _ isPartial: Bool) -> [FormFields.Field] {
        let question = questionnaire.questions[index].question
        guard holds(questionGuards[index], values) else { return [] }
        guard let part = parts[index] else {
            guard question.isRequired, !isPartial else { return [] }
            let guards = optionGuards[index] ?? [:]
            let offered = question.type.offered.map(\.code).filter { code in
                guards[code].map { holds($0, values) } ?? true
            }
            return question.type.offering(offered).anyAnswer(question.id)
        }
        switch question.type.domain {
        case .rows: return rows(index, part, values, isPartial)
        case .subsets, .orders: return options(index, part, values)
        default:
            guard let variable = part.variables.first, let value = values[variable],
                let typed = variables[Int(variable)].values[value].typed
            else { return [] }
            return [FormFields.Field(name: question.id.rawValue, value: typed)]
        }
    }

    private func rows(
        _ index: Int, _ part: Parts, _ values: [Int32: Int], _ isPartial: Bool
    ) -> [FormFields.Field] {
        let question = questionnaire.questions[index].question
        let guards = optionGuards[index] ?? [:]
        var answersOthers: Bool =
            if let others = part.others { (values[others] ?? 0) > 0 } else { question.isRequired && !isPartial }
        var fields: [FormFields.Field] = []
        for item in question.type.items where guards[item.code].map({ holds($0, values) }) ?? true {
            let name = "\(question.id).\(item.code)"
            if let variable = part.rows[item.code] {
                guard let typed = variables[Int(variable)].values[values[variable] ?? 0].typed else { continue }
                fields.append(FormFields.Field(name: name, value: typed))
            } else if answersOthers, let row = question.type.row?.anyAnswer(question.id).first {
                fields.append(FormFields.Field(name: name, value: row.value))
                // One row is enough where not all of them must be answered.
                if !question.isRequired { answersOthers = false }
            }
        }
        return fields
    }

    private func options(_ index: Int, _ part: Parts, _ values: [Int32: Int]) -> [FormFields.Field] {
        let question = questionnaire.questions[index].question
        var chosen = Set(part.options.filter { (values[$0.value] ?? 0) == 1 }.keys)
        if let others = part.others, let count = values[others] {
            if count > part.otherCodes.count {
                chosen.formUnion([part.otherExclusive].compactMap(\.self))
            } else {
                chosen.formUnion(part.otherCodes.prefix(count))
            }
        }
        return question.type.choosing(question.type.options.map(\.code).filter(chosen.contains), question.id)
    }
}

extension QuestionType {
    /// The form of some whole answer, the first that is taken; empty when none was found.
    func anyAnswer(_ id: QuestionID) -> [FormFields.Field] {
        switch domain {
        case .none: return []
        case .rows:
            guard let field = row?.anyAnswer(id).first else { return [] }
            return items.map { FormFields.Field(name: "\(id).\($0.code)", value: field.value) }
        case .subsets, .orders:
            let codes = options.filter { !$0.isExclusive }.map(\.code)
            if let count = takenCounts(of: codes, id).min() { return choosing(Array(codes.prefix(count)), id) }
            return choosing(Array(options.map(\.code).prefix(1)), id)
        default:
            let samples = AnswerSamples(domain, read: [], others: [], rivals: 0) { takes($0, id) }
            return samples.values.first?.typed.map { [FormFields.Field(name: id.rawValue, value: $0)] } ?? []
        }
    }
}
