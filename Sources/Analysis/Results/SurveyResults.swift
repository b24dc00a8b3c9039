package import Feedback

/// A figure with how sure it is.
package struct Figure: Sendable, Equatable {
    /// How a figure is read.
    package enum Unit: Sendable {
        /// NPS points: shown times 100, with a sign.
        case points
        /// A share: shown times 100.
        case percent
        /// A plain number.
        case plain
    }

    /// The figure's name, such as `NPS`.
    package var name: String
    /// How it is read.
    package var unit: Unit
    /// Its value; nil when nobody answered.
    package var value: Double?
    /// Its interval; nil when undefined.
    package var interval: Interval?
    /// The method of the interval, in a word or two.
    package var method: String?
    /// The whole number over n that the value is, where it is one, so that it can be shown times 100 without rounding
    /// twice.
    package var numerator: Int?
}

/// A part of the answers with how many gave it.
package struct Share: Sendable, Equatable {
    /// The stored code or number.
    package var code: String
    /// The words for it.
    package var label: String
    /// How many.
    package var count: Int
}

/// A customer's own words.
package struct Quote: Sendable, Equatable {
    /// The words.
    package var text: String
    /// The language they are in, if known.
    package var language: LanguageTag?
    /// When they were sent.
    package var at: Timestamp
    /// The score the same person gave, if any.
    package var score: Int?
}

/// One question's answers in figures.
package struct QuestionResults: Sendable, Equatable {
    /// The question's id.
    package var id: String
    /// What it measures, such as `nps`; the key of its JSON object.
    package var kind: String
    /// Its words, or its id.
    package var prompt: String
    /// How many answers count.
    package var n: Int
    /// How many answers do not, because they are none to this question, such as a score off its scale.
    package var rejected = 0
    /// Whether the group is too small to show anything else.
    package var isWithheld: Bool
    /// The main figure, if the measure has one.
    package var figure: Figure?
    /// Further figures, such as the mean beside a share.
    package var besides: [Figure]
    /// Whole numbers behind the figures, by JSON key, in order.
    package var counts: [Count]
    /// The answers by option or number; empty where that says nothing.
    package var distribution: [Share]
    /// The latest words, where the question asks for words.
    package var quotes: [Quote]
    /// The versions these answers were given to, where the question is asked in more than one way.
    package var versions: [SurveyVersion] = []
    /// What these answers are not compared with and why, such as "not compared with version 1: the wording changed".
    package var breaks: [String] = []

    /// A whole number behind a figure.
    package struct Count: Sendable, Equatable {
        /// The JSON key.
        package var key: String
        /// How many.
        package var count: Int
    }
}

/// What a group's answers are split by.
package enum Breakdown: String, Sendable, CaseIterable {
    case role, tier, language, manager
}

/// The results of one group of a breakdown.
package struct GroupResults: Sendable, Equatable {
    /// The group's value, or nil for those without one.
    package var value: String?
    /// Complete responses.
    package var responses: Int
    /// Partial responses.
    package var partials: Int
    /// The questions that have a main figure.
    package var questions: [QuestionResults]
}

/// Everything that one survey's answers say.
package struct SurveyResults: Sendable {
    /// The survey.
    package var survey: SurveyID
    /// Its title, if a definition is known.
    package var title: String
    /// Only what was known by then is read.
    package var asOf: Timestamp
    /// Only responses sent from then on, if set.
    package var since: Timestamp?
    /// Only responses sent before then, if set.
    package var until: Timestamp?
    /// What numbers were made with.
    package var settings: AnalysisSettings
    /// What is kept of who answered.
    package var privacy: SurveyPrivacy
    /// Complete responses.
    package var responses: Int
    /// Partial responses.
    package var partials: Int
    /// The questions, in definition order.
    package var questions: [QuestionResults]
    /// What the groups are split by, if they are.
    package var breakdown: Breakdown?
    /// The groups, by value.
    package var groups: [GroupResults]
    /// Lines that no number includes; the first hundred.
    package var unreadable: [UnreadableLine]
    /// How many lines no number includes.
    package var unreadableCount: Int
    /// Versions that were answered but never published here, with the number of their responses.
    package var unknownVersions: [String: Int]
}
