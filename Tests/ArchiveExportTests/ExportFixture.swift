import Diagnostics
import Feedback
import FeedbackTestSupport
import FoundationEssentials
import Glibc
import LibXML
import Markup
import QuestionnaireModel
import Records
import SurveyCompiler
import Testing

@testable import ArchiveExport

/// A survey with every kind of answer, a folder of segments, and the way from there to an export and back.
struct ExportFixture {
    static let source = """
        <?xml version="1.0" encoding="UTF-8"?>
        <survey xmlns="urn:heed:survey:1" id="club" version="1" kind="relationship" languages="en bn" access="invited" privacy="PRIVACY">
          <title>Our club</title>
          <title xml:lang="bn">আমাদের ক্লাব</title>
          <fields><field name="order.product" type="text"/><field name="order.amount" type="number"/></fields>
          <page id="one">
            <nps id="recommend" required="true"><prompt>Would you?</prompt><prompt xml:lang="bn">আপনি কি?</prompt></nps>
            <csat id="product"><prompt>Product?</prompt><prompt xml:lang="bn">পণ্য?</prompt></csat>
            <ces id="effort"><prompt>Easy?</prompt><prompt xml:lang="bn">সহজ?</prompt></ces>
            <rating id="stars" from="0" to="5"><prompt>Stars?</prompt><prompt xml:lang="bn">তারা?</prompt></rating>
          </page>
          <page id="two">
            <choices id="wrong"><prompt>What &lt;went&gt; wrong &amp; why?</prompt><prompt xml:lang="bn">কী?</prompt>
              <option code="late"><label>Late</label><label xml:lang="bn">দেরি</label></option>
              <option code="broken"><label>Broken</label><label xml:lang="bn">ভাঙা</label></option>
              <option code="other" other="true"><label>Other</label><label xml:lang="bn">অন্য</label></option>
            </choices>
            <choice id="call"><prompt>Call?</prompt><prompt xml:lang="bn">কল?</prompt>
              <option code="yes"><label>Yes</label><label xml:lang="bn">হ্যাঁ</label></option>
              <option code="no"><label>No</label><label xml:lang="bn">না</label></option>
            </choice>
            <number id="seats"><prompt>Seats?</prompt><prompt xml:lang="bn">আসন?</prompt></number>
            <text id="reason" max-length="5000"><prompt>Why?</prompt><prompt xml:lang="bn">কেন?</prompt></text>
            <consent id="quote"><prompt>Quote?</prompt><prompt xml:lang="bn">উদ্ধৃতি?</prompt></consent>
          </page>
          <ending><message>Thanks</message><message xml:lang="bn">ধন্যবাদ</message></ending>
        </survey>
        """

    let folder: TemporaryFolder
    let questionnaire: Questionnaire
    let source: [UInt8]
    private(set) var segments: [String] = []

    init(privacy: SurveyPrivacy = .named) throws {
        folder = try TemporaryFolder()
        let text = Self.source.replacing("PRIVACY", with: privacy.rawValue)
            .replacing("invited", with: privacy == .anonymous ? "open" : "invited")
        source = Array(text.utf8)
        let compiled = SurveyCompiler().compile(SourceText(file: "club.xml", bytes: source))
        questionnaire = try #require(compiled.questionnaire, "\(compiled.diagnostics)")
    }

    var job: ExportJob {
        ExportJob(
            survey: questionnaire.id, definitions: [PublishedDefinition(questionnaire: questionnaire, source: source)],
            accountsPath: folder.file("accounts.jsonl"), contactsPath: folder.file("contacts.jsonl"),
            made: Timestamp(milliseconds: 1_790_000_000_000), generator: "heed test")
    }

    /// Adds a segment with these bytes.
    mutating func add(_ bytes: [UInt8]) throws {
        let path = folder.file("2026-\(10 + segments.count).jsonl")
        try Files.write(bytes, to: path)
        segments.append(path)
    }

    mutating func add(_ lines: [ResponseLine]) throws {
        var bytes: [UInt8] = []
        for line in lines { line.append(to: &bytes) }
        try add(bytes)
    }

    func write(accounts: [AccountLine], contacts: [ContactLine]) throws {
        var bytes: [UInt8] = []
        for line in accounts { line.append(to: &bytes) }
        try Files.write(bytes, to: folder.file("accounts.jsonl"))
        bytes = []
        for line in contacts { line.append(to: &bytes) }
        try Files.write(bytes, to: folder.file("contacts.jsonl"))
    }

    func export(
        _ format: String = "archive", _ change: (inout ExportJob) -> Void = { _ in }
    ) async throws -> (bytes: [UInt8], summary: ExportSummary) {
        var job = job
        change(&job)
        let exporter = try #require(Exporter(job, format: format, segments: Segments(segments)))
        let sink = MemorySink()
        let summary = try await exporter.run(to: sink)
        return (sink.bytes, summary)
    }

    static let schema = XMLSchema(Asset.archiveSchema.bytes)

    /// The archive's root, once the schema has accepted it.
    static func parse(_ bytes: [UInt8], sourceLocation: SourceLocation = #_sourceLocation) throws -> MarkupElement {
        let schema = try #require(schema, "the schema of archives compiles")
        let document = XMLReader.read(SourceText(file: "archive.xml", bytes: bytes), schema: schema)
        #expect(
            document.diagnostics.isEmpty && document.violations.isEmpty, "\(document)", sourceLocation: sourceLocation)
        return try #require(document.root, sourceLocation: sourceLocation)
    }

    /// A line with every key, of the id given.
    func line(_ id: String, recommend: Int = 9, text: String = "fine") throws -> ResponseLine {
        var line = ResponseLine(
            id: try #require(ResponseID(id)), survey: questionnaire.id, version: questionnaire.version,
            submitted: Timestamp(milliseconds: 1_780_000_000_000),
            answers: Answers([
                .init(key: "recommend", answer: .integer(recommend)), .init(key: "reason", answer: .text(text)),
            ]))
        line.account = AccountID("acme")
        line.contact = ContactID("maria")
        line.channel = .link
        return line
    }
}

/// Reads an archive's responses back into lines.
struct ArchiveReading {
    let responses: [ResponseLine]

    init(_ root: MarkupElement, _ questionnaire: Questionnaire) throws {
        let survey = try #require(root["survey"].flatMap(SurveyID.init))
        let elements = try #require(root.element(named: "responses")).elements
        responses = try elements.map { element in
            var answers: [Answers.Entry] = []
            for child in element.elements where child.name == "answer" || child.name == "other" {
                let id = try #require(child["question"])
                let key = child.name == "other" ? id + ".other" : id
                answers.append(.init(key: key, answer: try Self.answer(child, key, questionnaire)))
            }
            var line = ResponseLine(
                id: try #require(element["id"].flatMap(ResponseID.init)),
                revision: element["revision"].flatMap { Int($0) } ?? 1,
                survey: survey, version: try #require(element["version"].flatMap(SurveyVersion.init)),
                submitted: try #require(element["submitted"].flatMap { Timestamp($0) }),
                isComplete: element["complete"] != "false", answers: Answers(answers))
            line.recorded = element["recorded"].flatMap { Timestamp($0) }
            line.account = element["account"].flatMap(AccountID.init)
            line.contact = element["contact"].flatMap(ContactID.init)
            line.role = element["role"].flatMap(ContactRole.init(rawValue:))
            line.wave = element["wave"]
            line.channel = element["channel"].flatMap(ResponseChannel.init(rawValue:))
            line.language = element["language"].flatMap(LanguageTag.init)
            line.started = element["started"].flatMap { Timestamp($0) }
            line.fields = Answers(
                try element.elements(named: "field").map { field in
                    let name = try #require(field["name"])
                    let isNumber = questionnaire.fields.first { $0.name == name }?.type == .number
                    return .init(key: name, answer: Self.value(field.text, isNumber: isNumber))
                })
            for extra in element.elements(named: "extra") {
                let value = try JSONParser.parse(extra.text.utf8)
                if extra["key"] == "offers" {
                    line.offers = value
                } else {
                    line.unknown.append(.init(extra["key"] ?? "", value))
                }
            }
            return line
        }
    }

    private static func answer(_ element: MarkupElement, _ key: String, _ questionnaire: Questionnaire) throws -> Answer
    {
        if let consent = element.element(named: "consent") {
            return .consent(given: consent["given"] == "true", text: consent["text"] ?? "")
        }
        if !element.elements(named: "code").isEmpty { return .list(element.elements(named: "code").map(\.text)) }
        let rows = element.elements(named: "row")
        if !rows.isEmpty {
            return .grid(
                rows.map { GridRow(item: $0["item"] ?? "", answer: value($0.text, isNumber: Int($0.text) != nil)) })
        }
        let type = QuestionID(key).flatMap { questionnaire.question($0) }?.type
        return value(element.text, isNumber: type?.valueType == .number)
    }

    private static func value(_ text: String, isNumber: Bool) -> Answer {
        guard isNumber, let number = DecimalNumber(text) else { return .text(text) }
        return Int(text).map(Answer.integer) ?? .number(number)
    }
}

/// Files of a test.
enum Files {
    static func write(_ bytes: [UInt8], to path: String) throws {
        try Data(bytes).write(to: URL(filePath: path))
    }

    static func read(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path))) }
}

extension Files {
    /// Appends to the very file, as the journal does.
    static func append(_ bytes: [UInt8], to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_APPEND)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        try #require(Glibc.write(descriptor, bytes, bytes.count) == bytes.count)
    }

    static func names(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    }
}
