internal import Feedback
internal import QuestionnaireModel

/// What all answers to one question add up to; one file a metric, one line in the registry.
///
/// An implementer guarantees that the order of answers does not matter, that merging two parts equals adding all to
/// one, and
/// that without answers every figure is nil rather than 0.
protocol QuestionMetric: Sendable {
    /// The key of its JSON object, and its name in tables.
    static var kind: String { get }
    /// Whether it is the one for a measure.
    static func fits(_ measure: Measure) -> Bool

    /// No answers yet.
    init()
    /// How many answers count.
    var n: Int { get }
    /// Counts an answer; false for one that does not fit the measure, such as a score off its scale, which is not.
    mutating func add(_ answer: Answer, _ mention: Mention) -> Bool
    /// Adds what another part counted; both are of one metric.
    mutating func merge(_ other: any QuestionMetric)
    /// The figures.
    func summary(of question: Question, in language: LanguageTag, _ settings: AnalysisSettings) -> MetricSummary
}

/// Where an answer stands, and when it was sent.
struct Mention: Sendable {
    let submitted: Int64
    let part: Int
    let offset: Int
}

/// What a metric says in the end.
struct MetricSummary: Sendable {
    var figure: Figure?
    var besides: [Figure] = []
    var counts: [QuestionResults.Count] = []
    var distribution: [Share] = []
    /// Whether all answers were the same, which tells everybody's.
    var isUniform = false
}

/// Every metric there is; a new one is one file and one line here.
enum MetricRegistry {
    static let standard: [any QuestionMetric.Type] = [
        NPSMetric.self,
        CSATMetric.self,
        CESMetric.self,
        RatingMetric.self,
        ChoiceMetric.self,
        NumberMetric.self,
        VerbatimMetric.self,
        ConsentMetric.self,
    ]

    /// The metric of a measure, if there is one.
    static func metric(for measure: Measure) -> (any QuestionMetric.Type)? { standard.first { $0.fits(measure) } }
}
