internal import Feedback
internal import QuestionnaireModel

/// The versions that one thread has met so far, by the numbers that its lines carry.
final class KnownVersions {
    /// A version met so far.
    struct Version {
        let survey: SurveyID
        let version: SurveyVersion
        /// The definition, if it was ever published here.
        let questionnaire: Questionnaire?
        let keys: DefinitionKeys?
    }

    private let definitions: SurveyDefinitions
    private let wanted: @Sendable (Question) -> Bool
    private(set) var all: [Version] = []

    /// No versions yet; `wanted` chooses the questions whose answers are handed on.
    init(_ definitions: SurveyDefinitions, wanted: @escaping @Sendable (Question) -> Bool) {
        self.definitions = definitions
        self.wanted = wanted
    }

    /// A version by its number.
    subscript(number: Int) -> Version { all[number] }

    /// The number of a version, looked up when first met.
    func number(of survey: SurveyID, _ version: SurveyVersion) -> Int {
        if let known = all.firstIndex(where: { $0.survey == survey && $0.version == version }) { return known }
        let questionnaire = definitions[survey, version]
        let keys = questionnaire.map { DefinitionKeys($0, wanted: wanted) }
        all.append(Version(survey: survey, version: version, questionnaire: questionnaire, keys: keys))
        return all.count - 1
    }
}
