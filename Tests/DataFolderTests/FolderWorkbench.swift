import DataFolder
import Diagnostics
import Feedback
import FeedbackTestSupport
import Journal
import QuestionnaireModel
import Records
import SurveyCompiler
import Testing

/// A data folder in memory with some small surveys, and a clock to set.
struct FolderWorkbench {
    let files: MemoryFiles
    let time: SettableTime
    let folder: DataFolder

    init(files: MemoryFiles, time: SettableTime, folder: DataFolder) {
        (self.files, self.time, self.folder) = (files, time, folder)
    }

    init(_ surveys: String..., as use: DataFolder.Use = .serve) async throws {
        files = MemoryFiles()
        time = SettableTime(Timestamp("2026-11-21T10:00:00.000Z") ?? Timestamp(milliseconds: 0))
        folder = try DataFolder.open("data", as: use, time: time, files: files)
        for survey in surveys { try await Self.publish(survey, in: folder) }
    }

    /// The same folder opened once more, as another process would.
    func another(_ use: DataFolder.Use = .command) throws -> DataFolder {
        try DataFolder.open("data", as: use, time: time, files: files)
    }

    @discardableResult
    static func publish(_ xml: String, in folder: DataFolder) async throws -> PublishOutcome {
        let source = SourceText(file: "survey.xml", bytes: Array(xml.utf8))
        let compiled = SurveyCompiler().compile(source)
        #expect(compiled.diagnostics == [])
        return try await folder.publish(source, try #require(compiled.questionnaire), by: "test")
    }

    /// The raw lines of a journal folder or file, in the order of records.
    func lines(_ name: String) -> [String] {
        files.files.filter { $0.key.hasPrefix("data/" + name) && $0.key.hasSuffix(".jsonl") }.sorted { $0.key < $1.key }
            .flatMap { String(decoding: $0.value, as: UTF8.self).split(separator: "\n").map(String.init) }
    }

    func responses(_ survey: String) throws -> [ResponseLine] {
        try lines("responses/" + survey).map { try ResponseLine($0.utf8) }
    }

    /// Lets time pass.
    func wait(minutes: Int64) { time.set(time.now().adding(milliseconds: minutes * 60_000)) }

    /// A contact, and their invitation to a survey.
    func invite(_ contact: String = "maria", to survey: String = "trip", wave: String? = nil) async throws
        -> InvitationLine
    {
        var line = ContactLine(id: try contactID(contact))
        line.account = AccountID("acme")
        line.role = .decisionMaker
        line.email = "\(contact)@acme.example"
        try await folder.upsert(contacts: [line])
        let issued = try await folder.invite(try surveyID(survey), contacts: [line.id], wave: wave)
        guard case .link(let invitation, _, _)? = issued.first?.outcome else {
            throw FolderError(.refused, "no link: \(issued)")
        }
        return invitation
    }

    func send(
        _ id: ResponseID, _ survey: String, page: String? = nil, _ fields: KeyValuePairs<String, String>,
        intent: PageSubmission.Intent = .accept, drawn: Set<QuestionID>? = nil, in other: DataFolder? = nil
    ) async throws -> Acceptance {
        let form = FormFields(fields.map { FormFields.Field(name: $0.key, value: $0.value) })
        return try await (other ?? folder).submit(
            PageSubmission(
                id: id, survey: try surveyID(survey), page: page.flatMap { PageID($0) }, form: form, drawn: drawn,
                intent: intent, language: .english, channel: .link))
    }
}

extension Acceptance {
    /// The outcome in a word, with the next page where there is one.
    var word: String {
        switch self {
        case .accepted(let session): "accepted, next \(session.nextPage.map(String.init) ?? "none")"
        case .kept(_, let problems): "kept, \(problems.count) problems"
        case .completed: "completed"
        case .refused(_, let page, let problems, let revealed):
            "refused on \(page), \(problems.count) problems, \(revealed.count) revealed"
        case .alreadyAnswered: "already answered"
        case .unavailable(let reason): "unavailable: \(reason)"
        }
    }
}

func responseID(_ text: String) throws -> ResponseID { try #require(ResponseID(text)) }
func surveyID(_ text: String) throws -> SurveyID { try #require(SurveyID(text)) }
func version(_ text: String) throws -> SurveyVersion { try #require(SurveyVersion(text)) }
func contactID(_ text: String) throws -> ContactID { try #require(ContactID(text)) }
func accountID(_ text: String) throws -> AccountID { try #require(AccountID(text)) }

/// Surveys of these tests.
enum Sample {
    static let one = """
        <survey xmlns="urn:heed:survey:1" id="one" version="1" kind="relationship" languages="en" access="open">
          <title>One</title>
          <page id="only"><nps id="recommend" required="true"><prompt>Would you?</prompt></nps>
          <text id="reason"><prompt>Why?</prompt></text></page>
          <ending><message>Thanks.</message></ending></survey>
        """

    static let trip = """
        <survey xmlns="urn:heed:survey:1" id="trip" version="1" kind="transactional" languages="en" access="invited">
          <title>Trip</title>
          <page id="score"><nps id="recommend" required="true"><prompt>Would you?</prompt></nps>
          <text id="reason" show-if="recommend le 6"><prompt>Why?</prompt></text></page>
          <page id="more" show-if="recommend le 8"><csat id="satisfaction" required="true"><prompt>How satisfied?</prompt></csat></page>
          <page id="last"><text id="wish"><prompt>Any wish?</prompt></text></page>
          <ending><message>Thanks.</message></ending></survey>
        """

    static let secret = """
        <survey xmlns="urn:heed:survey:1" id="secret" version="1" kind="relationship" languages="en" access="open" privacy="anonymous">
          <title>Secret</title>
          <page id="score"><nps id="recommend" required="true"><prompt>Would you?</prompt></nps></page>
          <page id="last"><text id="wish"><prompt>Any wish?</prompt></text></page>
          <ending><message>Thanks.</message></ending></survey>
        """
}
