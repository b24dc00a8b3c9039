internal import Feedback
internal import QuestionnaireModel

/// The share of satisfied answers, 4 or 5 of 1 to 5, on [0, 1] with Wilson's interval; nil without answers (METRICS 3).
struct CSATMetric: QuestionMetric {
    static let kind = "csat"

    static func fits(_ measure: Measure) -> Bool { measure == .csat }

    private var top = TopShare(1...5, cut: 4, name: "satisfied", key: "satisfied")

    var n: Int { top.scale.n }

    mutating func add(_ answer: Answer, _ mention: Mention) -> Bool { top.add(answer) }

    mutating func merge(_ other: any QuestionMetric) {
        if let other = other as? CSATMetric { top.merge(other.top) }
    }

    func summary(of question: Question, in language: LanguageTag, _ settings: AnalysisSettings) -> MetricSummary {
        top.summary(settings)
    }
}
