package import Feedback

/// How a score is asked for: answers given under two versions of a survey are one series where these are equal.
///
/// The one place that says so: `heed diff`, publishing and every comparison of scores rest on it. Help texts, page
/// breaks, other languages and who is asked may change without a break.
package struct ScoreSeries: Sendable, Hashable {
    /// What a break can lie in.
    package enum Aspect: Sendable, CaseIterable {
        case kind, type, wording, scale, labels, position
    }

    /// About the whole relationship, or about one contact moment: their scores are never mixed.
    package let kind: SurveyKind
    /// The question's element, such as `nps`.
    package let type: String
    /// The words that ask, in the survey's first language; of a matrix's row with the row's own.
    package let wording: [String]
    /// The numbers that can be given.
    package let scale: ClosedRange<Int>
    /// The words of the scale's ends in the first language; empty where heed's own stand.
    package let labels: [String]
    /// Its place among the survey's questions, from 1, and among the rows of a matrix unless they are shuffled.
    package let position: [Int]

    /// What differs from an earlier version's series, in the order of `Aspect`; empty where the series goes on.
    package func breaks(since earlier: ScoreSeries) -> [Aspect] {
        Aspect.allCases.filter { aspect in
            switch aspect {
            case .kind: kind != earlier.kind
            case .type: type != earlier.type
            case .wording: wording != earlier.wording
            case .scale: scale != earlier.scale
            case .labels: labels != earlier.labels
            case .position: position != earlier.position
            }
        }
    }

    /// Why it does not go on from an earlier version's series, as the end of "not compared with version 1: …"; nil
    /// where it does.
    package func reason(against earlier: ScoreSeries) -> String? {
        let words = breaks(since: earlier).map { aspect in
            switch aspect {
            case .kind: "the survey was \(earlier.kind.rawValue) and is \(kind.rawValue)"
            case .type: "<\(earlier.type)> became <\(type)>"
            case .wording: "the wording changed"
            case .scale: "the scale was \(Self.words(earlier.scale)) and is \(Self.words(scale))"
            case .labels: "the labels changed"
            case .position: "it was \(Self.words(earlier.position)) and is \(Self.words(position))"
            }
        }
        return words.isEmpty ? nil : words.joined(separator: "; ")
    }

    private static func words(_ scale: ClosedRange<Int>) -> String { "\(scale.lowerBound) to \(scale.upperBound)" }

    private static func words(_ position: [Int]) -> String {
        let question = "question \(position.first ?? 0)"
        return position.count > 1 ? "row \(position[1]) of \(question)" : question
    }
}

extension Questionnaire {
    /// The series that a score question's answers belong to, or those to a row of a matrix of scores; nil for what is
    /// no score.
    package func scoreSeries(of id: QuestionID, row: String? = nil) -> ScoreSeries? {
        guard let index = index(of: id) else { return nil }
        let question = questions[index].question
        let language = profile.languages[0]
        func written(_ text: LocalizedText?) -> String { text?.version(in: language)?.text.written ?? "" }
        var wording = [written(question.prompt)]
        var position = [questions[...index].count { $0.question.type.domain != .none }]
        var scoring = question.type
        if let row {
            guard let type = question.type.row, let place = question.type.items.firstIndex(where: { $0.code == row })
            else { return nil }
            scoring = type
            wording.append(written(question.type.items[place].label))
            if !question.isShuffled { position.append(place + 1) }
        }
        guard let asked = scoring as? any ScaleQuestion else { return nil }
        return ScoreSeries(
            kind: profile.kind, type: Swift.type(of: question.type).shape.name, wording: wording,
            scale: asked.scale.range, labels: [written(asked.scale.low), written(asked.scale.high)],
            position: position)
    }
}
