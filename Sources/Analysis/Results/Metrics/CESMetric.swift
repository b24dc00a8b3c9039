internal import Feedback
internal import QuestionnaireModel

/// The share that found it easy, 6 or 7 of 1 to 7, on [0, 1] with Wilson's interval, the mean beside it; nil without
/// answers.
struct CESMetric: QuestionMetric {
    static let kind = "ces"

    static func fits(_ measure: Measure) -> Bool { measure == .ces }

    private var top = TopShare(1...7, cut: 6, name: "easy", key: "easy")

    var n: Int { top.scale.n }

    mutating func add(_ answer: Answer, _ mention: Mention) -> Bool { top.add(answer) }

    mutating func merge(_ other: any QuestionMetric) {
        if let other = other as? CESMetric { top.merge(other.top) }
    }

    func summary(of question: Question, in language: LanguageTag, _ settings: AnalysisSettings) -> MetricSummary {
        top.summary(settings)
    }
}
