internal import Feedback
internal import QuestionnaireModel
internal import Synchronization

/// One recommend question in one wave, as far as reports must tell answers apart.
struct Series: Sendable {
    let survey: SurveyID
    let question: QuestionID
    /// The same for every version and wave of a question: within a unit the later answer takes the earlier one's place.
    let group: Int
    /// The same for the versions and waves in which it is asked alike: what a person's answers are compared within.
    let comparable: Int
    /// The same for every version of a survey's wave: the unit in which a contact counts once.
    let unit: Int
    /// Whether the survey is about the whole relationship.
    let isRelationship: Bool
    /// Whether it is the first recommend question of its survey.
    let isHeadline: Bool
    /// What is kept of who answered.
    let privacy: SurveyPrivacy
    /// The touchpoint, or the survey's id where it names none.
    let touchpoint: String
}

/// What is asked of series again and again, as columns of plain numbers.
struct SeriesColumns: Sendable {
    /// See `Series.group`.
    let groups: [Int32]
    /// See `Series.comparable`.
    let comparables: [Int32]
    /// See `Series.unit`.
    let units: [Int32]
    /// See `Series.isRelationship`.
    let isRelationship: [Bool]
    /// See `Series.isHeadline`.
    let isHeadline: [Bool]
    /// Whether answers may be told with names.
    let isNamed: [Bool]

    init(_ series: [Series]) {
        groups = series.map { Int32($0.group) }
        comparables = series.map { Int32($0.comparable) }
        units = series.map { Int32($0.unit) }
        isRelationship = series.map(\.isRelationship)
        isHeadline = series.map(\.isHeadline)
        isNamed = series.map { $0.privacy == .named }
    }
}

/// Numbers for series, shared by all threads; what numbers come out does not matter to any result.
final class SeriesRegistry: Sendable {
    private struct Key: Hashable {
        let survey: SurveyID
        let version: SurveyVersion
        let question: QuestionID
        let wave: String
    }

    private struct Group: Hashable {
        let survey: SurveyID
        let name: String
    }

    private struct Asked: Hashable {
        let group: Group
        let asked: ScoreSeries?
    }

    private struct State {
        var series: [Series] = []
        var asked: [SeriesBreak.Question: [SurveyVersion: ScoreSeries]] = [:]
        var comparables: [Asked: Int] = [:]
        var numbers: [Key: Int] = [:]
        var groups: [Group: Int] = [:]
        var units: [Group: Int] = [:]
    }

    private let state = Mutex(State())

    /// The number of a question of a version in a wave.
    func number(_ questionnaire: Questionnaire, question: Question, wave: String) -> Int {
        let key = Key(
            survey: questionnaire.id, version: questionnaire.version, question: question.id, wave: wave)
        return state.withLock { state in
            if let known = state.numbers[key] { return known }
            let group = Group(survey: key.survey, name: question.id.rawValue)
            let unit = Group(survey: key.survey, name: wave)
            let asked = questionnaire.scoreSeries(of: question.id)
            let name = SeriesBreak.Question(survey: key.survey, question: question.id)
            state.asked[name, default: [:]][key.version] = asked
            let series = Series(
                survey: key.survey, question: key.question,
                group: state.groups.number(of: group),
                comparable: state.comparables.number(of: Asked(group: group, asked: asked)),
                unit: state.units.number(of: unit),
                isRelationship: questionnaire.profile.kind == .relationship,
                isHeadline: questionnaire.recommendQuestion?.id == question.id,
                privacy: questionnaire.profile.privacy,
                touchpoint: questionnaire.profile.touchpoint ?? questionnaire.id.rawValue)
            state.numbers[key] = state.series.count
            state.series.append(series)
            return state.series.count - 1
        }
    }

    /// All series, by number.
    var all: [Series] { state.withLock { $0.series } }

    /// Where the answers to one version of a question are not compared with those to the one before.
    var breaks: [SeriesBreak] {
        let asked = state.withLock { $0.asked }
        return asked.sorted { $0.key < $1.key }.flatMap { SeriesBreak.between($0.value, of: $0.key) }
    }
}

extension Dictionary where Value == Int {
    /// The number of a key, the next one when it is new.
    fileprivate mutating func number(of key: Key) -> Int {
        if let known = self[key] { return known }
        self[key] = count
        return count - 1
    }
}
