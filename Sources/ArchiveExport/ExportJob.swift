package import Feedback
package import QuestionnaireModel

/// What is to be exported: one survey, all its definitions, and the people whom its responses may name.
package struct ExportJob: Sendable {
    /// The survey.
    package var survey: SurveyID
    /// Every published version, oldest first.
    package var definitions: [PublishedDefinition]
    /// The journal of accounts; it may be absent.
    package var accountsPath: String
    /// The journal of contacts; it may be absent.
    package var contactsPath: String
    /// Only responses submitted then or later.
    package var since: Timestamp?
    /// Only responses submitted before.
    package var until: Timestamp?
    /// The moment of the export.
    package var made: Timestamp
    /// The program and its version, such as `heed 0.1.0`.
    package var generator: String

    /// An export of one survey.
    package init(
        survey: SurveyID, definitions: [PublishedDefinition], accountsPath: String, contactsPath: String,
        since: Timestamp? = nil, until: Timestamp? = nil, made: Timestamp, generator: String
    ) {
        self.survey = survey
        self.definitions = definitions
        self.accountsPath = accountsPath
        self.contactsPath = contactsPath
        self.since = since
        self.until = until
        self.made = made
        self.generator = generator
    }
}

/// A published version of a survey with the very bytes it was published from.
package struct PublishedDefinition: Sendable {
    /// The compiled definition.
    package let questionnaire: Questionnaire
    /// The survey file, byte for byte.
    package let source: [UInt8]

    /// A published version.
    package init(questionnaire: Questionnaire, source: [UInt8]) {
        self.questionnaire = questionnaire
        self.source = source
    }
}

/// What an export holds, and what it could not.
package struct ExportSummary: Sendable, Equatable {
    /// Responses written: the winning line of each.
    package var responses = 0
    /// Those among them that reached the last page.
    package var complete = 0
    /// Answers written.
    package var answers = 0
    /// Lines that an other line of the same id overrules.
    package var overruled = 0
    /// Characters that XML cannot hold, written as U+FFFD.
    package var replaced = 0
    /// Responses to a version whose definition is not in the data folder.
    package var undefined = 0
    /// Accounts written beside the responses.
    package var accounts = 0
    /// Contacts written beside the responses.
    package var contacts = 0
    /// Lines that could not be read, as `file:line: reason`; the first thousand.
    package var unreadable: [String] = []
    /// How many lines could not be read.
    package var unreadableCount = 0
}
