package import Feedback

/// One person of an account and what they last said.
package struct PersonDetail: Sendable, Equatable {
    /// The contact's id.
    package var id: ContactID
    /// Their name, if known.
    package var name: String?
    /// Their role, if known.
    package var role: ContactRole?
    /// Whether the contacts list them now.
    package var isListed: Bool
    /// Their latest score in the window; nil when silent.
    package var score: Int?
    /// When they gave it.
    package var at: Timestamp?
    /// The score before, to the same question.
    package var earlier: Int?
    /// When they gave that.
    package var earlierAt: Timestamp?
    /// Whether they answered a survey whose answers are not told with names.
    package var answeredInConfidence: Bool
}

/// Something that happened in an account.
package struct HistoryEntry: Sendable, Equatable {
    /// What happened.
    package enum Happening: Sendable, Equatable {
        /// Somebody answered.
        case answered(survey: SurveyID, isComplete: Bool, answers: [AnsweredQuestion])
        /// An event was recorded.
        case event(EventKind, amount: DecimalNumber?, currency: String?, note: String?)
    }

    /// When.
    package var at: Timestamp
    /// The record's id.
    package var id: String
    /// The person's id, if it concerns one.
    package var contact: ContactID?
    /// The person's name, if known.
    package var person: String?
    /// The person's role, if known.
    package var role: ContactRole?
    /// The language they answered in, if known.
    package var language: LanguageTag?
    /// What happened.
    package var happening: Happening
}

/// One question with the answer to it, in words.
package struct AnsweredQuestion: Sendable, Equatable {
    /// The question's id.
    package var id: String
    /// The question's words, or its id.
    package var prompt: String
    /// The answer in words.
    package var words: String
    /// The score, where the question measures the likelihood to recommend.
    package var score: Int?
    /// Whether the answer is the customer's own words.
    package var isVerbatim: Bool
}

/// One account with its people and what happened, for its own page.
package struct AccountDetail: Sendable, Equatable {
    /// The account as the report shows it.
    package var analysis: AccountAnalysis
    /// Its people: those who spoke by latest answer, then the silent, decision makers first.
    package var people: [PersonDetail]
    /// What happened, the latest first, at most a hundred entries.
    package var history: [HistoryEntry]
    /// Only what was known by then is read.
    package var asOf: Timestamp
    /// What numbers were made with.
    package var settings: AnalysisSettings
}
