internal import Feedback
internal import QuestionnaireModel

/// The mean, median, least and greatest of free numbers; nil without answers.
struct NumberMetric: QuestionMetric {
    static let kind = "number"

    static func fits(_ measure: Measure) -> Bool { measure == .number }

    /// By the number's own shortest decimal, so that the order of answers cannot change a sum.
    private var counts: [DecimalNumber: Int] = [:]

    var n: Int { counts.values.reduce(0, +) }

    mutating func add(_ answer: Answer, _ mention: Mention) -> Bool {
        let number: DecimalNumber? =
            switch answer {
            case .number(let number): number
            case .integer(let whole): DecimalNumber(String(whole))
            default: nil
            }
        guard let number else { return false }
        counts[number, default: 0] += 1
        return true
    }

    mutating func merge(_ other: any QuestionMetric) {
        if let other = other as? NumberMetric { counts.merge(other.counts, uniquingKeysWith: +) }
    }

    func summary(of question: Question, in language: LanguageTag, _ settings: AnalysisSettings) -> MetricSummary {
        let sorted = counts.map { (value: $0.key.value, count: $0.value) }.sorted { $0.value < $1.value }
        let n = n
        let mean = n == 0 ? nil : sorted.reduce(0) { $0 + $1.value * Double($1.count) } / Double(n)
        func plain(_ name: String, _ value: Double?) -> Figure { Figure(name: name, unit: .plain, value: value) }
        return MetricSummary(
            figure: plain("mean", mean),
            besides: [
                plain("median", median(sorted, n)), plain("least", sorted.first?.value),
                plain("greatest", sorted.last?.value),
            ], isUniform: sorted.count == 1)
    }

    private func median(_ sorted: [(value: Double, count: Int)], _ n: Int) -> Double? {
        func value(at place: Int) -> Double? {
            var before = 0
            for entry in sorted {
                before += entry.count
                if place < before { return entry.value }
            }
            return nil
        }
        guard n > 0, let low = value(at: (n - 1) / 2), let high = value(at: n / 2) else { return nil }
        return (low + high) / 2
    }
}
