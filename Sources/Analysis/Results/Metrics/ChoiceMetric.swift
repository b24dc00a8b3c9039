internal import Feedback
internal import QuestionnaireModel

/// How often every option was chosen; of several choices an answer counts once an option, and n stays the number of
/// answers.
struct ChoiceMetric: QuestionMetric {
    static let kind = "choice"

    static func fits(_ measure: Measure) -> Bool {
        switch measure {
        case .choice, .choices: true
        default: false
        }
    }

    private(set) var n = 0
    private var counts: [String: Int] = [:]

    mutating func add(_ answer: Answer, _ mention: Mention) -> Bool {
        switch answer {
        case .text(let code): counts[code, default: 0] += 1
        case .list(let codes): for code in Set(codes) { counts[code, default: 0] += 1 }
        // Codes made of digits may have been written as numbers.
        case .integer(let number): counts[String(number), default: 0] += 1
        default: return false
        }
        n += 1
        return true
    }

    mutating func merge(_ other: any QuestionMetric) {
        guard let other = other as? ChoiceMetric else { return }
        n += other.n
        counts.merge(other.counts, uniquingKeysWith: +)
    }

    func summary(of question: Question, in language: LanguageTag, _ settings: AnalysisSettings) -> MetricSummary {
        var shares = question.type.options.map { option in
            Share(
                code: option.code, label: option.label.filled(in: language) { _ in nil },
                count: counts[option.code] ?? 0)
        }
        let known = Set(shares.map(\.code))
        // Options that only older versions had.
        for (code, count) in counts.sorted(by: { $0.key < $1.key }) where !known.contains(code) {
            shares.append(Share(code: code, label: code, count: count))
        }
        return MetricSummary(distribution: shares, isUniform: n > 0 && counts.values.allSatisfy { $0 == n })
    }
}
