package import Diagnostics
package import Feedback
internal import Markup
package import QuestionnaireModel

/// What one version of a survey means for the answers given to another, element by element.
package struct SurveyDiff: Sendable {
    /// What a change does, the worst last.
    package enum Verdict: String, Sendable, CaseIterable, Comparable {
        /// Answers are one series.
        case same
        /// Answers stay what they are, and are not compared with those given before.
        case breaksTrend = "breaks-trend"
        /// Stored answers would mean something else, or nothing.
        case breaksAnswers = "breaks-answers"

        package static func < (left: Verdict, right: Verdict) -> Bool { left.rank < right.rank }

        private var rank: Int {
            switch self {
            case .same: 0
            case .breaksTrend: 1
            case .breaksAnswers: 2
            }
        }

        /// The verdict in words.
        package var words: String {
            switch self {
            case .same: "same series"
            case .breaksTrend: "breaks the trend"
            case .breaksAnswers: "breaks stored answers"
            }
        }
    }

    /// A place in a survey file.
    package struct Place: Sendable, Equatable {
        /// The file as the user wrote it.
        package let file: String
        /// The line, from 1.
        package let line: Int
    }

    /// What became of one element.
    package struct Change: Sendable, Equatable {
        /// The kind of element, such as `question`.
        package let element: String
        /// Its id; of an option `question.code`, of a row `question.row`.
        package let name: String
        /// What it does to answers.
        package let verdict: Verdict
        /// What changed and why it matters, each in one clause; empty where nothing did.
        package let reasons: [String]
        /// Where it stands in the earlier version; nil where it is new.
        package let old: Place?
        /// Where it stands in the later version; nil where it was taken out.
        package let new: Place?

    }

    /// A version with the text that it was compiled from.
    package struct Version: Sendable {
        let questionnaire: Questionnaire
        let text: SourceText
        let elements: [ListedElement]

        /// A version with the text that it was compiled from.
        package init(_ questionnaire: Questionnaire, _ text: SourceText) {
            self.questionnaire = questionnaire
            self.text = text
            elements = ListedElement.all(of: text)
        }

        func place(of element: ListedElement) -> Place {
            Place(file: text.file, line: text.position(at: element.markup.startTag.lowerBound).line)
        }
    }

    /// The earlier version.
    package let old: Version
    /// The later version.
    package let new: Version
    /// Every element of either, in the order of the later file; what was taken out stands where it stood.
    package let changes: [Change]

    /// Compares two versions of a survey.
    package init(from old: Version, to new: Version) {
        self.old = old
        self.new = new
        let comparison = ElementComparison(old.questionnaire, new.questionnaire)
        // The survey itself is compared with the survey, whatever either is called.
        let isSurvey = { (key: ListedElement.Key) in key.kind == "survey" }
        let own = new.elements.map(\.key).first(where: isSurvey)
        let before = old.elements.map { (isSurvey($0.key) ? own ?? $0.key : $0.key, $0) }
        let earlier = Dictionary(before, uniquingKeysWith: { first, _ in first })
        let later = Dictionary(new.elements.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        changes = Self.merged(before.map(\.0), new.elements.map(\.key)).map { key in
            let (before, after) = (earlier[key], later[key])
            let found = comparison.findings(key, before?.markup, after?.markup)
            return Change(
                element: key.kind, name: key.name, verdict: found.map(\.verdict).max() ?? .same,
                reasons: found.sorted { $0.verdict > $1.verdict }.map(\.words), old: before.map(old.place),
                new: after.map(new.place))
        }
    }

    /// The version compared with.
    package var oldVersion: SurveyVersion { old.questionnaire.version }

    /// The worst that any change does.
    package var verdict: Verdict { changes.map(\.verdict).max() ?? .same }

    /// The changes of a verdict.
    package func changes(_ verdict: Verdict) -> [Change] { changes.filter { $0.verdict == verdict } }

    /// What breaks stored answers by standing in both versions as something else, each in one line.
    package var reuses: [String] {
        changes(.breaksAnswers).filter { $0.old != nil && $0.new != nil }.map(line)
    }

    /// The changes of a verdict, each in one line with its place in the later file, else in the earlier.
    package func lines(_ verdict: Verdict) -> [String] {
        changes(verdict).map(line)
    }

    private func line(_ change: Change) -> String {
        let place = (change.new ?? change.old).map { "\($0.file):\($0.line): " } ?? ""
        return "\(place)\(change.element) \(change.name): \(change.reasons.joined(separator: "; "))"
    }

    /// The later order, with what was taken out behind what stood before it.
    private static func merged(_ old: [ListedElement.Key], _ new: [ListedElement.Key]) -> [ListedElement.Key] {
        let kept = Set(new)
        var followers: [ListedElement.Key?: [ListedElement.Key]] = [:]
        var last: ListedElement.Key?
        for key in old {
            if kept.contains(key) { last = key } else { followers[last, default: []].append(key) }
        }
        return (followers[nil] ?? []) + new.flatMap { [$0] + (followers[$0] ?? []) }
    }
}
