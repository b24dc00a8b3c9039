internal import Feedback
internal import QuestionnaireModel

/// A person who goes through a questionnaire page by page, whatever it asks.
struct DemoAnswering {
    /// How likely they are to recommend us.
    let score: Int
    /// What they want to say, in the first place where words are asked for.
    var words: String?
    /// Whether they stop after the first page.
    var givesUp = false

    /// The answers that count, and whether the last page was reached; nil when the first page was not.
    func answer(
        _ questionnaire: Questionnaire, fields: Answers, _ random: inout DemoRandom
    ) -> (answers: Answers, isComplete: Bool)? {
        var session = ResponseSession(questionnaire, fields: fields)
        var words = words
        while let page = session.nextPage {
            if givesUp, !session.accepted.isEmpty { break }
            var form = FormFields()
            // The first pass shows which questions these answers lead to; words go to one that is asked.
            for question in questionnaire.pages[page].questions where question.type.measure != .verbatim {
                form.fields += formFields(question, &random)
            }
            if let said = words {
                var probe = session
                _ = probe.keep(page: page, form)
                let asked = probe.routing.shownQuestions(of: page).first { $0.type.measure == .verbatim }
                if let asked {
                    form.append(asked.id.rawValue, said)
                    words = nil
                }
            }
            guard case .accepted = session.accept(page: page, form) else { break }
        }
        if session.accepted.isEmpty { return nil }
        let isComplete = session.nextPage == nil
        return (isComplete ? session.answers : session.acceptedAnswers, isComplete)
    }

    private func formFields(_ question: Question, _ random: inout DemoRandom) -> [FormFields.Field] {
        if let row = question.type.row {
            return question.type.items.compactMap { item in
                values(row, isRequired: true, &random).first.map {
                    FormFields.Field(name: "\(question.id).\(item.code)", value: $0)
                }
            }
        }
        let given = values(question.type, isRequired: question.isRequired, &random)
        if case .orders = question.type.domain {
            return question.type.formFields(cell: given.joined(separator: ";"), id: question.id)
        }
        return given.map { FormFields.Field(name: question.id.rawValue, value: $0) }
    }

    private func values(_ type: any QuestionType, isRequired: Bool, _ random: inout DemoRandom) -> [String] {
        switch type.domain {
        case .integers(let range):
            if type.measure == .nps { return [String(score)] }
            if !isRequired, random.happens(8) { return [] }
            // The same mood on another scale, a step more or less.
            let steps = range.upperBound - range.lowerBound
            let middle = range.lowerBound + (score * steps + 5) / 10
            return [String(min(max(middle + random.number(-1...1), range.lowerBound), range.upperBound))]
        case .oneOf(let codes): return [random.pick(codes) ?? ""]
        case .subsets(let codes):
            let single = codes.filter { code in
                !type.options.contains { $0.code == code && ($0.isExclusive || $0.takesText) }
            }
            return Array(Set([random.pick(single), random.happens(30) ? random.pick(single) : nil].compactMap(\.self)))
                .sorted()
        case .consent: return [random.happens(65) ? "yes" : "no"]
        case .numbers(let low, _): return [String(Int(low ?? 0) + random.number(1...9))]
        case .orders(let codes): return codes.shuffled(using: &random)
        case .dates, .rows, .open, .none: return []
        }
    }
}
