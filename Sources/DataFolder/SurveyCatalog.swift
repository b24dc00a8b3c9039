package import Feedback
package import QuestionnaireModel

/// One survey as it is published now.
package struct PublishedSurvey: Sendable {
    /// Whether it takes answers.
    package enum State: String, Sendable {
        /// It takes answers.
        case open
        /// It takes none any more.
        case closed
    }

    /// The live version, compiled.
    package let questionnaire: Questionnaire
    /// Whether it takes answers.
    package let state: State
    /// When this version was published.
    package let published: Timestamp

    /// Whether it takes answers.
    package var isOpen: Bool { state == .open }
}

/// Every published survey at one moment: an immutable snapshot that is swapped whole.
package struct SurveyCatalog: Sendable {
    private let surveys: [SurveyID: PublishedSurvey]
    private let definition: @Sendable (SurveyID, SurveyVersion) -> Questionnaire?

    /// A snapshot, with a way to the definitions of versions that are not live.
    package init(
        _ surveys: [SurveyID: PublishedSurvey] = [:],
        definition: @escaping @Sendable (SurveyID, SurveyVersion) -> Questionnaire? = { _, _ in nil }
    ) {
        self.surveys = surveys
        self.definition = definition
    }

    /// The live version of a survey, open or closed; nil when it was never published.
    package func live(_ survey: SurveyID) -> PublishedSurvey? { surveys[survey] }

    /// A version that was ever published, compiled; old ones are read when first asked for.
    package func questionnaire(_ survey: SurveyID, _ version: SurveyVersion) -> Questionnaire? {
        if let live = surveys[survey], live.questionnaire.version == version { return live.questionnaire }
        return definition(survey, version)
    }

    /// Every survey ever published, by id.
    package var all: [PublishedSurvey] { surveys.values.sorted { $0.questionnaire.id < $1.questionnaire.id } }
}
