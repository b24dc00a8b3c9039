import DataFolder
import Diagnostics
import Feedback
import FeedbackService
import FeedbackTestSupport
import Journal
import Markup
import QuestionnaireModel
import Records
import SurveyCompiler
import Testing

/// The whole service over a real data folder, asked without a network.
struct TestService: Sendable {
    let temporary: TemporaryFolder
    let folder: DataFolder
    let endpoint: Endpoint

    init(
        _ surveys: String..., options: ServiceOptions = ServiceOptions(), time: any TimeSource = SystemTime(),
        files: any FileSystem = PosixFiles()
    ) async throws {
        temporary = try TemporaryFolder()
        folder = try DataFolder.open(temporary.file("data"), as: .serve, time: time, files: files)
        for survey in surveys { try await Self.publish(survey, folder) }
        endpoint = Endpoint(folder: folder, options: options, time: time)
    }

    static func publish(_ xml: String, _ folder: DataFolder) async throws {
        let source = SourceText(file: "survey.xml", bytes: Array(xml.utf8))
        let compiled = SurveyCompiler().compile(source)
        let questionnaire = try #require(compiled.questionnaire, "\(compiled.diagnostics)")
        _ = try await folder.publish(source, questionnaire, by: "test")
    }

    /// A contact of an account, and the path of their personal link.
    func invite(_ contact: String, name: String? = nil, to survey: SurveyID, language: LanguageTag? = nil) async throws
        -> String
    {
        let id = try #require(ContactID(contact))
        var line = ContactLine(id: id)
        line.name = name
        line.language = language
        line.email = "\(contact)@example.com"
        try await folder.upsert(contacts: [line])
        let issued = try await folder.invite(survey, contacts: [id])
        guard case .link(_, let token, _)? = issued.first?.outcome else {
            Issue.record("no link: \(issued)")
            return ""
        }
        return "/s/\(survey)/\(token)"
    }

    /// The id behind a personal link.
    func id(of link: String) throws -> ResponseID {
        let parts = link.split(separator: "/").map(String.init)
        let survey = try #require(SurveyID(parts[1]))
        return try #require(folder.links.verify(parts[2], survey: survey, purpose: .answer))
    }

    func get(_ target: String, _ headers: [(name: String, value: String)] = []) async throws -> Page {
        Page(
            await endpoint.reply(
                to: try Request(
                    method: "GET", target: target, headers: Headers([("Host", "localhost")] + headers),
                    peer: "192.0.2.7")))
    }

    func post(
        _ target: String, _ fields: KeyValuePairs<String, String>, _ headers: [(name: String, value: String)] = [],
        peer: String = "192.0.2.7"
    ) async throws -> Page {
        let body = fields.map { Self.encoded($0) + "=" + Self.encoded($1) }.joined(separator: "&")
        let all = [("Host", "localhost"), ("Content-Type", "application/x-www-form-urlencoded")] + headers
        return Page(
            await endpoint.reply(
                to: try Request(
                    method: "POST", target: target, headers: Headers(all), body: Array(body.utf8), peer: peer)))
    }

    static func encoded(_ text: String) -> String {
        text.utf8.reduce(into: "") { $0 += "%" + ($1 < 16 ? "0" : "") + String($1, radix: 16) }
    }

    /// Every response line on disk.
    func responses(_ survey: SurveyID) throws -> [ResponseLine] {
        try folder.responseSegments(of: survey).flatMap { path in
            try bytes(path).split(separator: UInt8(ascii: "\n")).map { try ResponseLine($0) }
        }
    }
}

/// A reply as a test looks at it.
struct Page: Sendable {
    let status: Int
    let text: String
    private let headers: [(name: String, value: String)]

    init(_ reply: Reply) {
        status = reply.status
        text = String(decoding: reply.body, as: UTF8.self)
        headers = reply.headers
    }

    subscript(name: String) -> String? { headers.first { $0.name == name }?.value }

    /// Where a redirect leads.
    var location: String { self["location"] ?? "" }

    /// The value of a hidden field.
    func hidden(_ name: String) -> String? {
        let tags = text.split(separator: "<input").filter {
            $0.contains("name=\"\(name)\"") && $0.contains("type=\"hidden\"")
        }
        return tags.first?.split(separator: "value=\"").dropFirst().first?.split(separator: "\"").first.map(String.init)
    }

    /// Whether a choice is made.
    func isChecked(_ name: String, _ value: String) -> Bool {
        text.split(separator: "<").contains {
            $0.contains("name=\"\(name)\" value=\"\(value)\"") && $0.contains(" checked")
        }
    }
}

/// The bytes of a file.
func bytes(_ path: String) throws -> [UInt8] {
    guard let file = fopen(path, "rb") else { return [] }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
    return bytes
}

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Two pages, two languages, a question that opens on the same page, one that a text opens, endings by band.
let deliverySurvey = """
    <survey xmlns="urn:heed:survey:1" id="delivery" version="1" kind="transactional" touchpoint="delivery"
            languages="en bn" access="invited" privacy="named">
      <title>How was it?</title><title xml:lang="bn">কেমন ছিল?</title>
      <page id="score">
        <nps id="recommend" required="true"><prompt>Would you recommend us?</prompt><prompt xml:lang="bn">সুপারিশ করবেন?</prompt></nps>
        <text id="reason" max-length="200" show-if="recommend le 6"><prompt>Why?</prompt><prompt xml:lang="bn">কেন?</prompt></text>
      </page>
      <page id="more">
        <csat id="satisfaction" required="true"><prompt>Satisfied?</prompt><prompt xml:lang="bn">সন্তুষ্ট?</prompt></csat>
        <number id="days"><prompt>How many days?</prompt><prompt xml:lang="bn">কত দিন?</prompt></number>
        <text id="late" show-if="days gt 3"><prompt>What did that cost you?</prompt><prompt xml:lang="bn">ক্ষতি কত?</prompt></text>
      </page>
      <ending show-if="recommend ge 9"><message>A promoter, thank you!</message><message xml:lang="bn">ধন্যবাদ, প্রিয়!</message></ending>
      <ending><message>Thank you.</message><message xml:lang="bn">ধন্যবাদ।</message></ending>
    </survey>
    """

/// One page, open to all.
let openSurvey = """
    <survey xmlns="urn:heed:survey:1" id="open" version="1" kind="relationship" languages="en" access="open" privacy="named">
      <title>Open</title>
      <page id="all">
        <nps id="recommend" required="true"><prompt>Would you recommend us?</prompt></nps>
        <text id="reason"><prompt>Why?</prompt></text>
      </page>
      <ending><message>Thanks to all.</message></ending>
    </survey>
    """

extension SurveyID {
    static let delivery = named("delivery")
    static let open = named("open")

    private static func named(_ text: String) -> SurveyID {
        guard let id = SurveyID(text) else { preconditionFailure("\(text) is a survey id") }
        return id
    }
}
