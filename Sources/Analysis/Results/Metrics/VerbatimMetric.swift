internal import Feedback
internal import QuestionnaireModel

/// How many wrote something, and where the latest words stand.
struct VerbatimMetric: QuestionMetric {
    static let kind = "text"
    /// How many of the latest words are shown.
    static let mostQuotes = 5

    static func fits(_ measure: Measure) -> Bool { measure == .verbatim }

    private(set) var n = 0
    /// Where the latest stand, the latest first; a few more, in case some are of one moment.
    private(set) var latest: [Mention] = []

    mutating func add(_ answer: Answer, _ mention: Mention) -> Bool {
        n += 1
        keep(mention)
        return true
    }

    mutating func merge(_ other: any QuestionMetric) {
        guard let other = other as? VerbatimMetric else { return }
        n += other.n
        for mention in other.latest { keep(mention) }
    }

    private mutating func keep(_ mention: Mention) {
        if latest.count == Self.mostQuotes, let last = latest.last, !Self.isBefore(mention, last) { return }
        let place = latest.firstIndex { Self.isBefore(mention, $0) } ?? latest.count
        latest.insert(mention, at: place)
        if latest.count > Self.mostQuotes { latest.removeLast() }
    }

    private static func isBefore(_ left: Mention, _ right: Mention) -> Bool {
        (left.submitted, left.part, left.offset) > (right.submitted, right.part, right.offset)
    }

    func summary(of question: Question, in language: LanguageTag, _ settings: AnalysisSettings) -> MetricSummary {
        MetricSummary()
    }
}
