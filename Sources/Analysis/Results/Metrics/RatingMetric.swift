internal import Feedback
internal import QuestionnaireModel

/// The mean of a rating, in its own steps, with a t interval from five answers on; nil without answers (METRICS 3).
struct RatingMetric: QuestionMetric {
    static let kind = "rating"

    static func fits(_ measure: Measure) -> Bool { if case .rating = measure { true } else { false } }

    private var counts: [Int: Int] = [:]

    var n: Int { counts.values.reduce(0, +) }

    mutating func add(_ answer: Answer, _ mention: Mention) -> Bool {
        // No scale is that long; a line written by hand must not make one.
        guard case .integer(let step) = answer, (-1000...1000).contains(step) else { return false }
        counts[step, default: 0] += 1
        return true
    }

    mutating func merge(_ other: any QuestionMetric) {
        if let other = other as? RatingMetric { counts.merge(other.counts, uniquingKeysWith: +) }
    }

    func summary(of question: Question, in language: LanguageTag, _ settings: AnalysisSettings) -> MetricSummary {
        guard case .rating(let range)? = question.type.measure else { return MetricSummary() }
        // An older version may have had a longer scale; what was given counts.
        let steps = counts.keys
        var scale = ScaleCounts(
            min(
                range.lowerBound, steps.min() ?? range.lowerBound)...max(
                    range.upperBound, steps.max() ?? range.upperBound))
        for (step, count) in counts { scale.add(step, times: count) }
        return MetricSummary(
            figure: Figure(
                name: "mean", unit: .plain, value: scale.mean, interval: scale.meanInterval(level: settings.level),
                method: "Student's t"),
            distribution: scale.shares, isUniform: scale.isUniform)
    }
}
