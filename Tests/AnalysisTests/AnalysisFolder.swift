internal import Diagnostics
internal import Feedback
internal import FeedbackTestSupport
internal import FoundationEssentials
internal import QuestionnaireModel
internal import Records
internal import SurveyCompiler

@testable import Analysis

/// A data folder that a test fills, with the analyses of it.
struct AnalysisFolder {
    private let folder: TemporaryFolder
    let definitions: SurveyDefinitions
    private let live: [SurveyID: SurveyVersion]

    init(_ surveys: [Questionnaire] = [Surveys.relationship, Surveys.delivery, Surveys.confidential]) throws {
        folder = try TemporaryFolder()
        definitions = SurveyDefinitions(surveys)
        live = Dictionary(surveys.map { ($0.id, $0.version) }, uniquingKeysWith: { first, _ in first })
    }

    /// The journals of the folder.
    var files: DataFiles { get throws { try DataFiles(folder: folder.path) } }

    /// Replaces a file of the folder.
    func write(_ lines: [String], to file: String) throws {
        try write(Array((lines.joined(separator: "\n") + "\n").utf8), to: file)
    }

    /// Replaces a file of the folder.
    func write(_ bytes: [UInt8], to file: String) throws {
        let path = folder.file(file)
        let parent = path.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }
        try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    /// Replaces the people of the folder.
    func write(accounts: [AccountLine] = [], contacts: [ContactLine] = []) throws {
        var bytes: [UInt8] = []
        accounts.forEach { $0.append(to: &bytes) }
        try write(bytes, to: "accounts.jsonl")
        bytes = []
        contacts.forEach { $0.append(to: &bytes) }
        try write(bytes, to: "contacts.jsonl")
    }

    /// Replaces the responses of the folder: one segment a survey and month of appending.
    func write(responses: [ResponseLine]) throws {
        for (path, lines) in Dictionary(grouping: responses, by: { "responses/\($0.survey)/\($0.known.month).jsonl" }) {
            var bytes: [UInt8] = []
            lines.forEach { $0.append(to: &bytes) }
            try write(bytes, to: path)
        }
    }

    /// Writes responses behind those that are there.
    func append(responses: [ResponseLine]) throws {
        for (path, lines) in Dictionary(grouping: responses, by: { "responses/\($0.survey)/\($0.known.month).jsonl" }) {
            var bytes = bytes(of: path) ?? []
            lines.forEach { $0.append(to: &bytes) }
            try write(bytes, to: path)
        }
    }

    /// The bytes of a file of the folder.
    func bytes(of file: String) -> [UInt8]? { FileManager.default.contents(atPath: folder.file(file)).map(Array.init) }

    /// Removes a file or folder of the folder.
    func remove(_ file: String) throws { try FileManager.default.removeItem(atPath: folder.file(file)) }

    /// The files below a folder of the folder, by their paths in it.
    func names(below file: String) -> [String] {
        let found = (try? FileManager.default.subpathsOfDirectory(atPath: folder.file(file))) ?? []
        return found.map { "\(file)/\($0)" }.filter { bytes(of: $0) != nil }.sorted()
    }

    /// The report of a moment.
    func analysis(
        _ asOf: Timestamp, comparedWith earlier: Timestamp? = nil, partSize: Int = SegmentPart.usualSize,
        keepsFolds: Bool = true, mostUnkept: Int = FoldReader.usuallyUnkept
    ) throws -> PortfolioAnalysis {
        var files = try files
        if !keepsFolds { files.cache = nil }
        var analyzer = PortfolioAnalyzer(files, definitions: definitions)
        analyzer.partSize = partSize
        analyzer.mostUnkept = mostUnkept
        return try analyzer.analyze(asOf: asOf, comparedWith: earlier)
    }

    /// The accounts of the report of a moment, by id.
    func accounts(_ asOf: Timestamp, partSize: Int = SegmentPart.usualSize) throws -> [String: AccountAnalysis] {
        let report = try analysis(asOf, partSize: partSize).report()
        return Dictionary(uniqueKeysWithValues: report.accounts.map { ($0.id.rawValue, $0) })
    }

    /// The results of a survey at a moment.
    func results(
        _ survey: SurveyID, _ asOf: Timestamp, _ selection: SurveyAnalyzer.Selection = .init(),
        partSize: Int = SegmentPart.usualSize
    ) throws -> SurveyResults {
        var analyzer = SurveyAnalyzer(try files, definitions: definitions)
        analyzer.partSize = partSize
        return try analyzer.results(of: survey, live: live[survey], asOf: asOf, selection: selection)
    }
}

/// Surveys that tests answer.
enum Surveys {
    static let relationship = compiled(
        """
        <survey xmlns="urn:heed:survey:1" id="rel" version="1" kind="relationship" languages="en bn">
          <title>How are we doing?</title><title xml:lang="bn">কেমন?</title>
          <page id="only">
            <nps id="recommend"><prompt>Would you recommend us?</prompt><prompt xml:lang="bn">?</prompt></nps>
            <csat id="satisfaction"><prompt>How satisfied are you?</prompt><prompt xml:lang="bn">?</prompt></csat>
            <ces id="effort"><prompt>How easy was it?</prompt><prompt xml:lang="bn">?</prompt></ces>
            <rating id="quality" from="1" to="10"><prompt>Quality</prompt><prompt xml:lang="bn">?</prompt></rating>
            <choices id="topics"><prompt>Topics</prompt><prompt xml:lang="bn">?</prompt>
              <option code="price"><label>Price</label><label xml:lang="bn">?</label></option>
              <option code="speed"><label>Speed</label><label xml:lang="bn">?</label></option>
              <option code="other" other="true"><label>Other</label><label xml:lang="bn">?</label></option></choices>
            <number id="orders"><prompt>Orders</prompt><prompt xml:lang="bn">?</prompt></number>
            <consent id="quote-me"><prompt>May we quote you?</prompt><prompt xml:lang="bn">?</prompt></consent>
            <text id="reason"><prompt>Why?</prompt><prompt xml:lang="bn">?</prompt></text>
          </page>
          <ending><message>Thanks</message><message xml:lang="bn">?</message></ending>
        </survey>
        """)
    static let delivery = compiled(
        """
        <survey xmlns="urn:heed:survey:1" id="delivery" version="2" kind="transactional" touchpoint="delivery" languages="en">
          <title>Delivery</title>
          <page id="only"><nps id="recommend"><prompt>Would you recommend us?</prompt></nps>
            <text id="reason"><prompt>Why?</prompt></text></page>
          <ending><message>Thanks</message></ending>
        </survey>
        """)
    static let confidential = compiled(
        """
        <survey xmlns="urn:heed:survey:1" id="quiet" version="1" kind="relationship" privacy="confidential" languages="en">
          <title>Quiet</title>
          <page id="only"><nps id="recommend"><prompt>Would you recommend us?</prompt></nps>
            <text id="reason"><prompt>Why?</prompt></text></page>
          <ending><message>Thanks</message></ending>
        </survey>
        """)

    static func compiled(_ xml: String) -> Questionnaire {
        let result = SurveyCompiler().compile(SourceText(file: "test.xml", bytes: Array(xml.utf8)))
        guard let questionnaire = result.questionnaire else {
            fatalError("a test's survey does not compile: \(result.diagnostics.map(\.message))")
        }
        return questionnaire
    }
}

/// A value that a test writes.
func sure<T>(_ value: T?) -> T {
    guard let value else { fatalError("a test wrote something that is none") }
    return value
}

/// A moment that a test writes, such as `2026-11-21` or with its time.
func moment(_ text: String) -> Timestamp { sure(Timestamp(text.count == 10 ? text + "T12:00:00.000Z" : text)) }

extension ResponseLine {
    /// An answer to the recommend question that a test writes.
    static func score(
        _ score: Int, by contact: String?, of account: String? = "acme", on date: String,
        survey: Questionnaire = Surveys.relationship,
        id: String? = nil, words: String? = nil
    ) -> ResponseLine {
        var answers = Answers([.init(key: "recommend", answer: .integer(score))])
        if let words { answers["reason"] = .text(words) }
        let name = id ?? "r-\(contact ?? "x")-\(survey.id)-\(date.filter { $0.isNumber })-\(score)"
        var line = ResponseLine(
            id: sure(ResponseID(name)), survey: survey.id, version: survey.version, submitted: moment(date),
            answers: answers)
        line.account = account.map { sure(AccountID($0)) }
        line.contact = contact.map { sure(ContactID($0)) }
        line.language = .english
        return line
    }
}

extension ContactLine {
    /// A contact that a test writes.
    static func person(_ id: String, _ role: ContactRole? = .user, of account: String = "acme", name: String? = nil)
        -> ContactLine
    {
        var line = ContactLine(id: sure(ContactID(id)))
        line.account = sure(AccountID(account))
        line.role = role
        line.name = name
        return line
    }
}

extension AccountLine {
    /// An account that a test writes.
    static func named(_ id: String, value: String? = nil, renewal: String? = nil) -> AccountLine {
        var line = AccountLine(id: sure(AccountID(id)))
        line.name = id.uppercased()
        line.annualValue = value.flatMap { DecimalNumber($0) }
        line.currency = value == nil ? nil : "EUR"
        line.renewal = renewal.flatMap { LocalDate($0) }
        return line
    }
}
