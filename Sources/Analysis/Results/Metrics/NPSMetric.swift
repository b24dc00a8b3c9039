internal import Feedback
internal import QuestionnaireModel

/// Promoters less detractors as a share of all answers, -1 to 1, with Tango's score interval; nil without answers
/// (METRICS 2.1).
struct NPSMetric: QuestionMetric {
    static let kind = "nps"

    static func fits(_ measure: Measure) -> Bool { measure == .nps }

    private var scale = ScaleCounts(0...10)

    var n: Int { scale.n }

    mutating func add(_ answer: Answer, _ mention: Mention) -> Bool { scale.add(answer) }

    mutating func merge(_ other: any QuestionMetric) {
        if let other = other as? NPSMetric { scale.merge(other.scale) }
    }

    func summary(of question: Question, in language: LanguageTag, _ settings: AnalysisSettings) -> MetricSummary {
        var bands = PromoterCounts()
        for (score, count) in zip(0...10, scale.counts) {
            switch PromoterBand(score: score) {
            case .detractor: bands.detractors += count
            case .passive: bands.passives += count
            case .promoter, nil: bands.promoters += count
            }
        }
        return MetricSummary(
            figure: Figure(
                name: "NPS", unit: .points, value: bands.value, interval: ScoreInterval.of(bands, z: settings.z),
                method: "Tango's score interval", numerator: bands.promoters - bands.detractors),
            counts: [
                .init(key: "detractors", count: bands.detractors), .init(key: "passives", count: bands.passives),
                .init(key: "promoters", count: bands.promoters),
            ], distribution: scale.shares, isUniform: [bands.detractors, bands.passives, bands.promoters].contains(n))
    }
}
