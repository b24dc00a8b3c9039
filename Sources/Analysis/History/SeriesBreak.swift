package import Feedback
internal import QuestionnaireModel

/// Two versions of a score question whose answers are not one series, and why.
package struct SeriesBreak: Sendable, Equatable {
    /// A score question over all versions of its survey.
    package struct Question: Sendable, Hashable, Comparable {
        /// The survey.
        package let survey: SurveyID
        /// The question.
        package let question: QuestionID

        package static func < (left: Question, right: Question) -> Bool {
            (left.survey.rawValue, left.question.rawValue) < (right.survey.rawValue, right.question.rawValue)
        }
    }

    /// The question.
    package let question: Question
    /// The later version.
    package let version: SurveyVersion
    /// The version before it.
    package let earlier: SurveyVersion
    /// Why they are not compared, such as "the wording changed".
    package let reason: String

    /// The break in one sentence.
    package var sentence: String {
        "\(question.survey), \(question.question): version \(version) is not compared with version \(earlier): \(reason)."
    }

    /// The breaks between versions that follow one another.
    static func between(_ asked: [SurveyVersion: ScoreSeries], of question: Question) -> [SeriesBreak] {
        let versions = asked.sorted { $0.key.isBefore($1.key) }
        return zip(versions, versions.dropFirst()).compactMap { before, after in
            after.value.reason(against: before.value).map {
                SeriesBreak(question: question, version: after.key, earlier: before.key, reason: $0)
            }
        }
    }
}

extension SurveyVersion {
    /// By number where both are numbers, else as text.
    func isBefore(_ other: SurveyVersion) -> Bool {
        if let own = Int(rawValue), let others = Int(other.rawValue) { return own < others }
        return rawValue < other.rawValue
    }
}
