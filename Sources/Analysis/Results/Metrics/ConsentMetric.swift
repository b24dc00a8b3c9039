internal import Feedback
internal import QuestionnaireModel

/// The share that gave consent, on [0, 1] with Wilson's interval; nil without answers.
struct ConsentMetric: QuestionMetric {
    static let kind = "consent"

    static func fits(_ measure: Measure) -> Bool { measure == .consent }

    private(set) var n = 0
    private var given = 0

    mutating func add(_ answer: Answer, _ mention: Mention) -> Bool {
        guard case .consent(let isGiven, _) = answer else { return false }
        n += 1
        if isGiven { given += 1 }
        return true
    }

    mutating func merge(_ other: any QuestionMetric) {
        guard let other = other as? ConsentMetric else { return }
        n += other.n
        given += other.given
    }

    func summary(of question: Question, in language: LanguageTag, _ settings: AnalysisSettings) -> MetricSummary {
        MetricSummary(
            figure: Figure(
                name: "given", unit: .percent, value: n == 0 ? nil : Double(given) / Double(n),
                interval: WilsonInterval.of(given, among: n, z: settings.z), method: "Wilson's interval",
                numerator: given),
            counts: [.init(key: "given", count: given)], isUniform: n > 0 && (given == 0 || given == n))
    }
}
