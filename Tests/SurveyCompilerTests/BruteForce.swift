import Feedback
import QuestionnaireModel
import SurveyCompiler

/// Tries every answer to a small survey, one page after another, on the survey's own routing: what the proof is
/// measured against. It knows nothing of diagrams, kinds of values or rules.
struct BruteForce {
    let questionnaire: Questionnaire
    private(set) var reached: Set<ProofTarget> = []
    /// The fewest answers with which a part was reached.
    private(set) var fewest: [ProofTarget: Int] = [:]
    /// Pages that somebody came to and that nothing typed there was accepted on.
    private(set) var stuck: Set<Int> = []
    /// The sets of questions that somebody who came to the end was asked.
    private(set) var paths: Set<[Bool]> = []
    private(set) var shortest = Int.max
    private(set) var longest = 0
    /// Whether somebody came to the end and to no ending.
    private(set) var hasGap = false
    private var steps = 0
    private let limit: Int
    /// The most forms that are tried; a survey with more is no small one.
    static let most = 1200

    /// Nil when there are too many ways.
    init?(_ questionnaire: Questionnaire, limit: Int = Self.most) {
        self.questionnaire = questionnaire
        self.limit = limit
        for fields in Self.broughtAlong(questionnaire) {
            guard walk(ResponseSession(questionnaire, fields: fields)) else { return nil }
        }
    }

    private mutating func walk(_ session: ResponseSession) -> Bool {
        guard let page = session.nextPage else {
            finish(session)
            return true
        }
        see(.page(page), session.answers, session.fields)
        var isAccepted = false
        for form in forms(of: page) {
            steps += 1
            if steps > limit { return false }
            var next = session
            guard case .accepted = next.accept(page: page, form) else { continue }
            isAccepted = true
            for index in questionnaire.questions.indices
            where questionnaire.questions[index].page == page && next.routing.questionIsShown[index] {
                see(.question(index), nil, next.fields)
                let question = questionnaire.questions[index].question
                for code in next.routing.offered(question) { see(.option(index, code), nil, next.fields) }
            }
            guard walk(next) else { return false }
        }
        if !isAccepted { stuck.insert(page) }
        return true
    }

    private mutating func finish(_ session: ResponseSession) {
        let endings = questionnaire.endings.indices
        if let index = endings.first(where: { session.routing.holds(questionnaire.endings[$0].visibleWhen) }) {
            see(.ending(index), session.answers, session.fields)
        } else {
            hasGap = true
        }
        for (index, rule) in questionnaire.caseRules.enumerated() where session.routing.holds(rule.when) {
            see(.caseRule(index), session.answers, session.fields)
        }
        paths.insert(session.routing.questionIsShown)
        let asked = questionnaire.questions.indices.count {
            session.routing.questionIsShown[$0] && questionnaire.questions[$0].question.type.domain != .none
        }
        shortest = min(shortest, asked)
        longest = max(longest, asked)
    }

    private mutating func see(_ target: ProofTarget, _ answers: Answers?, _ fields: Answers) {
        reached.insert(target)
        if let answers {
            fewest[target] = min(fewest[target] ?? .max, Self.count(answers) + fields.entries.count)
        }
    }

    /// How much was typed or chosen: every chosen option and every answered row counts.
    static func count(_ answers: Answers) -> Int {
        answers.entries.reduce(0) { sum, entry in
            switch entry.answer {
            case .list(let codes): sum + codes.count
            case .grid(let rows): sum + rows.count
            default: sum + 1
            }
        }
    }

    // MARK: Everything that can be typed

    private static func broughtAlong(_ questionnaire: Questionnaire) -> [Answers] {
        questionnaire.fields.reduce([Answers()]) { all, field in
            let values: [Answer?] =
                field.type == .number
                // Between two whole numbers, too: a field takes any.
                ? [nil] + (0...4).map { .integer($0) }
                    + (0...3).compactMap { DecimalNumber("\($0).5").map(Answer.number) }
                : [nil, "a", "bb", "ccc", "z", "zz", "zzz", "zzzz"].map { $0.map(Answer.text) }
            return all.flatMap { known in
                values.map { value in
                    var next = known
                    if let value { next[field.name] = value }
                    return next
                }
            }
        }
    }

    private func forms(of page: Int) -> [FormFields] {
        questionnaire.pages[page].questions.reduce([[]]) { all, question in
            let own = Self.ways(question)
            return all.flatMap { known in own.map { known + $0 } }
        }.map { FormFields($0) }
    }

    private static func ways(_ question: Question) -> [[FormFields.Field]] {
        let id = question.id.rawValue
        func each(_ values: [String]) -> [[FormFields.Field]] {
            [[]] + values.map { [FormFields.Field(name: id, value: $0)] }
        }
        switch question.type.domain {
        case .integers(let range): return each(range.map(String.init))
        case .oneOf(let codes): return each(codes)
        case .consent: return each(["yes", "no"])
        case .numbers: return each((0...3).map(String.init))
        case .dates: return each((1...4).map { "2026-01-0\($0)" })
        case .open: return each(["a", "bb", "ccc", "z", "zz", "zzz", "zzzz"])
        case .subsets(let codes):
            return (0..<1 << codes.count).map { bits in
                codes.indices.filter { bits >> $0 & 1 == 1 }.map { FormFields.Field(name: id, value: codes[$0]) }
            }
        case .orders(let codes):
            return [[], [codes[0]], [codes[1]], codes].map { ranked in
                ranked.enumerated().map { FormFields.Field(name: "\(id).\($1)", value: String($0 + 1)) }
            }
        case .rows(let rows):
            return rows.reduce([[]]) { all, row in
                all.flatMap { known in
                    [nil, "1", "2"].map { value in
                        known + (value.map { [FormFields.Field(name: "\(id).\(row)", value: $0)] } ?? [])
                    }
                }
            }
        case .none: return [[]]
        }
    }
}
