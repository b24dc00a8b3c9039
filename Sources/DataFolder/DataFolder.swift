package import Feedback
package import QuestionnaireModel
package import Records
package import Diagnostics

/// A data folder: everything heed keeps, and the operations on it (DESIGN section 5).
package final class DataFolder: Sendable {
    /// What a folder is opened for.
    package enum Use: Sendable {
        /// The one server of the folder.
        case serve
        /// A command that may write.
        case command
        /// A command that only reads; nothing is created or written.
        case reading
    }

    /// The folder's path.
    package let path: String
    /// Signs links and forms.
    package let links: LinkKeys
    /// The clock.
    package let time: any TimeSource

    init() { fatalError("being written") }

    /// Opens a folder, creating what is missing unless it is only read; one server at a time.
    package static func open(
        _ path: String, as use: Use, time: any TimeSource = SystemTime(), ids: any IDSource = RandomIDs()
    ) throws(FolderError) -> DataFolder { fatalError("being written") }

    /// Ends the work in progress and lets the folder go.
    package func close() { fatalError("being written") }

    /// What start-up mended or could not read, in words: torn tails that were cut, unreadable lines with file and line.
    package var mended: [String] { fatalError("being written") }

    /// Every published survey, as of the last look.
    package var catalog: SurveyCatalog { fatalError("being written") }

    /// What the operator has set, as of the last look.
    package var settings: Settings { fatalError("being written") }

    /// Catches up with what other processes appended, such as a publish or new invitations.
    package func refresh() async throws(FolderError) { fatalError("being written") }

    /// A fresh response id: one that tells nothing on anonymous surveys.
    package func makeResponseID(for questionnaire: Questionnaire) -> ResponseID { fatalError("being written") }
}

// MARK: People and events

/// How many records an upsert touched.
package struct UpsertOutcome: Sendable, Equatable {
    /// Records that were not there before.
    package var added = 0
    /// Records that were changed.
    package var changed = 0
    /// Records that were there already, just so.
    package var unchanged = 0

    /// Nothing touched yet.
    package init() {}
}

extension DataFolder {
    /// The contact of an id, as last written.
    package func contact(_ id: ContactID) -> ContactLine? { fatalError("being written") }
    /// The account of an id, as last written.
    package func account(_ id: AccountID) -> AccountLine? { fatalError("being written") }
    /// Every contact as last written, by id.
    package func contacts() throws(FolderError) -> [ContactLine] { fatalError("being written") }
    /// Every account as last written, by id.
    package func accounts() throws(FolderError) -> [AccountLine] { fatalError("being written") }
    /// Every event, in journal order.
    package func events() throws(FolderError) -> [EventLine] { fatalError("being written") }

    /// Writes accounts that differ from what is there; each line is the whole record, its `recorded` is set here.
    @discardableResult
    package func upsert(accounts: [AccountLine]) async throws(FolderError) -> UpsertOutcome { fatalError("being written") }
    /// Writes contacts that differ from what is there; each line is the whole record, its `recorded` is set here.
    @discardableResult
    package func upsert(contacts: [ContactLine]) async throws(FolderError) -> UpsertOutcome { fatalError("being written") }
    /// Writes events that differ from what is there under their id; `recorded` is set here.
    @discardableResult
    package func append(events: [EventLine]) async throws(FolderError) -> UpsertOutcome { fatalError("being written") }
}

// MARK: Responses

extension DataFolder {
    /// Stores imported responses: a new id is added, a known id with other content becomes its next revision, the same again is
    /// left alone. Revision and `recorded` are set here, under the lock; one call is one step.
    @discardableResult
    package func append(imported: [ResponseLine]) async throws(FolderError) -> UpsertOutcome { fatalError("being written") }

    /// What is known of a response.
    package func state(of id: ResponseID, survey: SurveyID) throws(FolderError) -> ResponseState { fatalError("being written") }

    /// The session to draw a page from: resumed where there is a draft, else fresh under the invitation's or the live version.
    /// Nil when the response is finished or the survey unknown.
    package func session(of id: ResponseID, survey: SurveyID) throws(FolderError) -> ResponseSession? { fatalError("being written") }

    /// Takes a page: decided in the one serial step, durable on return; a repeat of the same submission gets the same outcome.
    package func submit(_ submission: PageSubmission) async throws(FolderError) -> Acceptance { fatalError("being written") }

    /// Writes drafts that nobody touched for the survey's partial-after as incomplete responses; says how many.
    @discardableResult
    package func settlePartials() async throws(FolderError) -> Int { fatalError("being written") }

    /// The response files of a survey, oldest first.
    package func responseSegments(of survey: SurveyID) throws(FolderError) -> [String] { fatalError("being written") }

    /// Every survey that has response files, by id.
    package func surveysWithResponses() throws(FolderError) -> [SurveyID] { fatalError("being written") }
}

// MARK: Publishing

/// What a publish came to.
package enum PublishOutcome: Sendable, Equatable {
    /// The version is live now.
    case published(SurveyID, SurveyVersion)
    /// The very same definition was live already.
    case unchanged(SurveyID, SurveyVersion)
}

extension DataFolder {
    /// Makes a compiled definition the one being asked; other bytes under a published version are refused.
    package func publish(_ source: SourceText, _ questionnaire: Questionnaire, by: String) async throws(FolderError) -> PublishOutcome {
        fatalError("being written")
    }

    /// Ends a survey: it takes no more answers until it is published again.
    package func close(_ survey: SurveyID, by: String) async throws(FolderError) { fatalError("being written") }
}

// MARK: Invitations

/// What came of asking one contact.
package struct IssuedInvitation: Sendable, Equatable {
    /// The contact.
    package let contact: ContactLine
    /// The invitation with its token, or why there is none.
    package let outcome: Outcome

    /// A link, or the reason for none.
    package enum Outcome: Sendable, Equatable {
        /// A link; `isNew` is false when this contact already had it.
        case link(InvitationLine, token: String, isNew: Bool)
        /// No link, and why in words.
        case skipped(String)
    }
}

extension DataFolder {
    /// Makes personal links for contacts, unique by survey, contact and wave: a repeat returns the same link.
    package func invite(
        _ survey: SurveyID, contacts: [ContactID]? = nil, wave: String? = nil
    ) async throws(FolderError) -> [IssuedInvitation] { fatalError("being written") }

    /// The invitation of an id, as last written.
    package func invitation(_ id: ResponseID) throws(FolderError) -> InvitationLine? { fatalError("being written") }

    /// Records that the person behind an invitation wants no more mail; false when it was recorded already.
    @discardableResult
    package func optOut(_ id: ResponseID) async throws(FolderError) -> Bool { fatalError("being written") }

    /// Whether a contact has opted out.
    package func isSuppressed(_ contact: ContactLine) throws(FolderError) -> Bool { fatalError("being written") }
}

// MARK: Users and audit

extension DataFolder {
    /// Adds a user who may sign in, or changes their password.
    package func addUser(_ name: String, password: String, by: String) async throws(FolderError) { fatalError("being written") }
    /// Takes a user's sign-in away.
    package func removeUser(_ name: String, by: String) async throws(FolderError) { fatalError("being written") }
    /// Names of the users who may sign in, sorted.
    package func users() throws(FolderError) -> [String] { fatalError("being written") }
    /// Whether a name and password belong together; takes the same time for unknown names. Slow on purpose: call it off the hot path.
    package func verify(user name: String, password: String) throws(FolderError) -> Bool { fatalError("being written") }
    /// Notes who did what, for things that change what others see.
    package func audit(_ action: String, object: String, by: String, fields: Answers = Answers()) async throws(FolderError) {
        fatalError("being written")
    }
}
