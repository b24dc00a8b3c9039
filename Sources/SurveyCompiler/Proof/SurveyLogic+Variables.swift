internal import Feedback
internal import QuestionnaireModel

extension SurveyLogic {
    /// Variables for everything that conditions read, in the order it is asked.
    mutating func addVariables() throws(Diagrams.BudgetSpent) {
        for field in questionnaire.fields {
            guard let read = atoms[.field(field.name)] else { continue }
            let domain: AnswerDomain =
                switch field.type {
                case .number: .numbers(low: nil, high: nil)
                case .date: .dates(low: nil, high: nil)
                default: .open
                }
            fields[field.name] = try addWhole(
                AnswerVariable(question: nil, field: field.name, part: .whole), .field(field.name), domain, read
            ) { $0.typed != nil }
        }
        var read: [Int: [Reference]] = [:]
        for reference in atoms.keys {
            if let index = reference.question.flatMap({ questionnaire.index(of: $0) }) {
                read[index, default: []].append(reference)
            }
        }
        for index in read.keys.sorted() { try addParts(of: index, read[index] ?? []) }
    }

    private mutating func addParts(of index: Int, _ references: [Reference]) throws(Diagrams.BudgetSpent) {
        let question = questionnaire.questions[index].question
        var part = Parts()
        switch question.type.domain {
        case .none: return
        case .rows: try addRows(of: index, references, to: &part)
        case .subsets, .orders: addOptions(of: index, to: &part)
        default:
            let reference = Reference.question(question.id)
            part.variables = [
                try addWhole(
                    AnswerVariable(question: index, part: .whole), reference, question.type.domain,
                    atoms[reference] ?? []
                ) { question.type.takes($0, question.id) }
            ]
        }
        part.silence = try silence(of: part)
        parts[index] = part
    }

    /// That none of a question's variables holds anything.
    private mutating func silence(of part: Parts) throws(Diagrams.BudgetSpent) -> Diagrams.Diagram {
        var silence = Diagrams.always
        for variable in part.variables.reversed() {
            let others = [Diagrams.Diagram](
                repeating: Diagrams.never, count: diagrams.widths[Int(variable)] - 1)
            silence = try diagrams.node(variable, [silence] + others)
        }
        return silence
    }

    // MARK: Whole answers and rows

    /// A variable for one value: silence first, then one of each kind that conditions can tell apart.
    private mutating func addWhole(
        _ variable: AnswerVariable, _ reference: Reference, _ domain: AnswerDomain, _ read: [Expression],
        _ isTaken: (Value) -> Bool
    ) throws(Diagrams.BudgetSpent) -> Int32 {
        let (others, rivals) = compared(with: reference)
        let samples = AnswerSamples(domain, read: read, others: others, rivals: rivals, isTaken: isTaken)
        try diagrams.spend(read.count * samples.values.count / 4)
        var variable = variable
        variable.isComplete = samples.isComplete
        variable.values = [.unknown] + kinds(of: samples.values, reference, read)
        variables.append(variable)
        return diagrams.addVariable(width: variable.values.count)
    }

    /// The values of what it is compared with, and how many of those have values that cannot be counted.
    private func compared(with reference: Reference) -> (values: [Value], rivals: Int) {
        var group = [reference]
        var next = 0
        while next < group.count, group.count < 8 {
            for atom in atoms[group[next]] ?? [] {
                for other in atom.references where !group.contains(other) { group.append(other) }
            }
            next += 1
        }
        var values: [Value] = []
        var rivals = 0
        for other in group.dropFirst() {
            values += (atoms[other] ?? []).flatMap(\.constants)
            guard let domain = domain(of: other) else { continue }
            switch domain {
            case .integers(let range): values += range.map { .number(Double($0)) }
            case .oneOf(let codes): values += codes.map { .text($0) }
            case .numbers(let low, let high):
                rivals += 1
                values += [low, high].compactMap { $0.map(Value.number) }
            case .dates(let low, let high):
                rivals += 1
                values += [low, high].compactMap { $0.map(Value.date) }
            case .open: rivals += 1
            default: break
            }
        }
        return (values, rivals)
    }

    private func domain(of reference: Reference) -> AnswerDomain? {
        switch reference {
        case .field(let name):
            switch questionnaire.fields.first(where: { $0.name == name })?.type {
            case .number: .numbers(low: nil, high: nil)
            case .date: .dates(low: nil, high: nil)
            default: .open
            }
        case .question(let id): questionnaire.question(id)?.type.domain
        case .item(let id, _): questionnaire.question(id)?.type.row?.domain
        }
    }

    /// One value of each kind: those that all conditions take alike are one. Where a condition reads something else
    /// beside it every value is a kind of its own, and so is one whose option has a condition.
    private func kinds(of values: [Value], _ reference: Reference, _ read: [Expression]) -> [Value] {
        guard read.allSatisfy({ $0.references.count == 1 }) else { return values }
        let conditions = reference.question.flatMap { questionnaire.question($0) }?.optionConditions ?? [:]
        var seen: Set<[Value]> = []
        return values.filter { value in
            var signature = read.map { atom in atom.value { $0 == reference ? value : .unknown } }
            if case .text(let code) = value, conditions[code] != nil { signature.append(value) }
            return seen.insert(signature).inserted
        }
    }

    private mutating func addRows(
        of index: Int, _ references: [Reference], to part: inout Parts
    ) throws(Diagrams.BudgetSpent) {
        let question = questionnaire.questions[index].question
        guard let row = question.type.row else { return }
        for item in question.type.items {
            let reference = Reference.item(question.id, item.code)
            guard references.contains(reference) else {
                part.otherCodes.append(item.code)
                continue
            }
            let variable = try addWhole(
                AnswerVariable(question: index, part: .row(item.code)), reference, row.domain, atoms[reference] ?? []
            ) { row.takes($0, question.id) }
            part.rows[item.code] = variable
            part.variables.append(variable)
        }
        guard references.contains(.question(question.id)), !part.otherCodes.isEmpty else { return }
        variables.append(AnswerVariable(question: index, part: .otherRows))
        let variable = diagrams.addVariable(width: 2)
        part.others = variable
        part.variables.append(variable)
    }

    // MARK: Several options

    private mutating func addOptions(of index: Int, to part: inout Parts) {
        let question = questionnaire.questions[index].question
        let read = Set(
            (atoms[.question(question.id)] ?? []).flatMap { $0.readings(of: .question(question.id)) }.compactMap(\.code)
        )
        for option in question.type.options {
            if read.contains(option.code) || question.optionConditions[option.code] != nil {
                variables.append(AnswerVariable(question: index, part: .option(option.code)))
                let variable = diagrams.addVariable(width: 2)
                part.options[option.code] = variable
                part.variables.append(variable)
            } else if option.isExclusive {
                part.otherExclusive = part.otherExclusive ?? option.code
            } else {
                part.otherCodes.append(option.code)
            }
        }
        let width = part.otherCodes.count + (part.otherExclusive == nil ? 1 : 2)
        guard width > 1 else { return }
        variables.append(AnswerVariable(question: index, part: .otherOptions))
        let variable = diagrams.addVariable(width: width)
        part.others = variable
        part.variables.append(variable)
    }
}
