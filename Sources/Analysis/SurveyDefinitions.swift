package import Feedback
package import QuestionnaireModel
internal import Synchronization

/// Every definition that responses may have been given under; each is looked up once and kept.
package final class SurveyDefinitions: Sendable {
    private struct Key: Hashable {
        let survey: SurveyID
        let version: SurveyVersion
    }

    private let lookup: @Sendable (SurveyID, SurveyVersion) -> Questionnaire?
    private let known = Mutex<[Key: Questionnaire?]>([:])

    /// Definitions found by a lookup, which is asked at most once a version and may take its time.
    package init(_ lookup: @escaping @Sendable (SurveyID, SurveyVersion) -> Questionnaire?) { self.lookup = lookup }

    /// The definitions given, and no others.
    package convenience init(_ questionnaires: [Questionnaire]) {
        let table = Dictionary(
            questionnaires.map { (Key(survey: $0.id, version: $0.version), $0) },
            uniquingKeysWith: { first, _ in first })
        self.init { table[Key(survey: $0, version: $1)] }
    }

    /// The questionnaire of a version, if it was ever published.
    package subscript(survey: SurveyID, version: SurveyVersion) -> Questionnaire? {
        let key = Key(survey: survey, version: version)
        return known.withLock { table in
            if let found = table[key] { return found }
            let found = lookup(survey, version)
            table[key] = .some(found)
            return found
        }
    }
}
