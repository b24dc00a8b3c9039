internal import Feedback
internal import Markup
internal import QuestionnaireModel
internal import Records

/// A table with a line a response and a column a question (RFC 4180), safe to open in a spreadsheet.
///
/// On confidential surveys the column of contacts stays empty; on anonymous ones there is nobody to name.
struct CSVFormat: ExportFormat {
    static let name = "csv"
    static let fileExtension = "csv"
    static let summary = "A table for spreadsheets: one line a response, one column a question; UTF-8, RFC 4180."

    private enum Column: Sendable {
        case id, submitted, complete, account, contact, role, wave, channel, language, version
        case answer(String)
        case row(String, item: String)
        case field(String)
    }

    private static let fixed: [(title: String, column: Column)] = [
        ("id", .id), ("submitted", .submitted), ("complete", .complete), ("account", .account), ("contact", .contact),
        ("role", .role), ("wave", .wave), ("channel", .channel), ("language", .language), ("version", .version),
    ]

    private let element: ResponseElement
    private let columns: [(title: String, column: Column)]
    private let named: Set<SurveyVersion>

    init(_ job: ExportJob) {
        element = ResponseElement(job)
        named = Set(
            job.definitions.filter { $0.questionnaire.profile.privacy != .confidential }.map(\.questionnaire.version))
        var columns = Self.fixed
        var seen = Set(columns.map(\.title))
        func add(_ title: String, _ column: Column) {
            if seen.insert(title).inserted { columns.append((title, column)) }
        }
        // The newest version's order first; questions that only older ones had follow.
        for questionnaire in job.definitions.reversed().map(\.questionnaire) {
            for question in questionnaire.questions.map(\.question) where question.type.domain != .none {
                let id = question.id.rawValue
                if question.type.items.isEmpty { add(id, .answer(id)) }
                for item in question.type.items { add("\(id).\(item.code)", .row(id, item: item.code)) }
                if question.type.options.contains(where: \.takesText) { add(id + ".other", .answer(id + ".other")) }
            }
            for field in questionnaire.fields { add(field.name, .field(field.name)) }
        }
        self.columns = columns
    }

    /// The first columns are the same for every survey and version; what follows them is not.
    func isOwn(_ beginning: [UInt8]) -> Bool {
        beginning.starts(with: Self.fixed.map(\.title).joined(separator: ",").utf8)
    }

    func beginning() -> [UInt8] { header }

    private var header: [UInt8] { CSVWriter.record(columns.map { CSVWriter.safe($0.title) }) }

    func convert(_ line: LineScanner, into out: inout LineWriter, seed: UInt64) -> LineOutcome {
        let outcome = element.read(line, seed: seed) { response in
            out.put(CSVWriter.record(columns.map { cell($0.column, of: response) }))
        }
        guard case .written(var tally) = outcome else { return outcome }
        (tally.account, tally.contact) = (nil, nil)
        return .written(tally)
    }

    func end(_ stream: ExportStream, people: NamedPeople, summary: inout ExportSummary) async throws(ExportError) {}

    private func cell(_ column: Column, of response: ResponseLine) -> String {
        switch column {
        case .id: response.id.rawValue
        case .submitted: response.submitted.description
        case .complete: response.isComplete ? "true" : "false"
        case .account: CSVWriter.safe(response.account?.rawValue ?? "")
        case .contact: named.contains(response.version) ? CSVWriter.safe(response.contact?.rawValue ?? "") : ""
        case .role: response.role?.rawValue ?? ""
        case .wave: CSVWriter.safe(response.wave ?? "")
        case .channel: response.channel?.rawValue ?? ""
        case .language: response.language?.rawValue ?? ""
        case .version: response.version.rawValue
        case .answer(let key): response.answers[key].map(Self.words) ?? ""
        case .row(let key, let item):
            if case .grid(let rows)? = response.answers[key] {
                rows.first { $0.item == item }.map { Self.words($0.answer) } ?? ""
            } else {
                ""
            }
        case .field(let name): response.fields[name].map(Self.words) ?? ""
        }
    }

    private static func words(_ answer: Answer) -> String {
        switch answer {
        case .integer(let number): String(number)
        case .number(let number): number.text
        case .text(let text): CSVWriter.safe(text)
        case .list(let codes): CSVWriter.safe(codes.joined(separator: ";"))
        case .consent(let given, _): given ? "yes" : "no"
        case .grid(let rows): CSVWriter.safe(rows.map { "\($0.item)=\(words($0.answer))" }.joined(separator: ";"))
        }
    }
}
