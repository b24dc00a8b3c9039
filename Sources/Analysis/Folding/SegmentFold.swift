internal import Feedback
internal import QuestionnaireModel

/// What the lines of a part of a segment say of recommend questions, in whole numbers: nothing in it depends on a
/// report's moment, and folds of one part's stretches merge into the fold of all of them.
struct SegmentFold: Sendable {
    /// A version that lines were given under, with what the fold took from its definition.
    struct Version: Sendable, Equatable {
        let survey: SurveyID
        let version: SurveyVersion
        /// Its recommend questions; nil where it was never published here.
        let questions: [QuestionID]?
    }

    /// One recommend question of a version in one wave.
    struct Series: Sendable, Hashable {
        /// The version's place among the versions.
        let version: Int
        /// The question's place among the version's recommend questions.
        let question: Int
        /// The wave given, or the quarter.
        let wave: String
    }

    /// What reading found beside the answers.
    var reading = PartReading()
    /// The versions that lines were given under.
    var versions: [Version] = []
    /// The series that scores belong to.
    var series: [Series] = []
    /// Who gave the scores: first those whom the contacts list, in the contacts' order, then the others.
    var givers = GiverList()
    /// Which of the contacts each giver was when the fold was made, `GiverTable.missing` for none; only a hint.
    var hints: [UInt32] = []
    /// The scores by giver; each giver's by moment, those of one moment in the order of their lines.
    var scores = GivenScores()
    /// What is needed to tell which lines count, when an id stands on more than one.
    var ids = IDLedger()
    /// When responses of versions without a definition were known, by survey and version.
    var unknownVersions: [String: [Int64]] = [:]
    /// Nothing in the fold was sent or known later than this.
    var latest = Int64.min
    /// Whether the fold is what reading the same lines under these definitions would give.
    func agrees(with definitions: SurveyDefinitions) -> Bool {
        versions.allSatisfy { version in
            Self.questions(of: definitions[version.survey, version.version]) == version.questions
        }
    }

    /// The recommend questions of a definition.
    static func questions(of questionnaire: Questionnaire?) -> [QuestionID]? {
        questionnaire.map { own in own.questions.map(\.question).filter { $0.type.measure == .nps }.map(\.id) }
    }

    /// Takes in the fold of the lines that follow in the same part.
    mutating func append(_ later: SegmentFold) {
        reading.append(later.reading)
        var versionNumbers: [Int] = []
        for version in later.versions {
            versionNumbers.append(versions.number(of: version))
        }
        let seriesNumbers = later.series.map { own in
            UInt32(
                series.number(
                    of: Series(version: versionNumbers[own.version], question: own.question, wave: own.wave)))
        }
        var table = GiverTable(givers)
        let bytes = later.givers.entries.span.bytes
        var giverNumbers: [UInt32] = []
        for (place, key) in later.givers.keys.enumerated() {
            let number = table.insert(GiverTable.Key(bytes, account: key.account, contact: key.contact), bytes)
            if Int(number) == hints.count { hints.append(later.hints[place]) }
            giverNumbers.append(number)
        }
        givers = table.list
        scores = GivenScores(
            scores, later.scores, givers: giverNumbers, count: givers.count, series: seriesNumbers)
        ids.append(later.ids)
        unknownVersions.merge(later.unknownVersions, uniquingKeysWith: +)
        latest = max(latest, later.latest)
    }
}

extension Array where Element: Equatable {
    /// The place of an element, behind the others where it is new.
    fileprivate mutating func number(of element: Element) -> Int {
        if let known = firstIndex(of: element) { return known }
        append(element)
        return count - 1
    }
}
