internal import Feedback
internal import Journal
internal import Markup
internal import Records

/// Rewrites a table of responses (`--format csv`).
struct TableRewriting: ExportRewriting {
    /// The columns that every table begins with.
    private static let fixed = [
        "id", "submitted", "complete", "account", "contact", "role", "wave", "channel", "language", "version",
    ]

    private let scrub: LineScrub
    private(set) var outcome = ExportOutcome()
    private var columns: [String] = []
    /// The lines of a row whose quotes are still open.
    private var row: [UInt8] = []

    static func isOwn(_ beginning: ArraySlice<UInt8>) -> Bool {
        beginning.starts(with: fixed.joined(separator: ",").utf8)
    }

    init(_ scrub: LineScrub) { self.scrub = scrub }

    mutating func take(_ line: ArraySlice<UInt8>) -> [UInt8] {
        row += line + [0x0A]
        guard row.count(where: { $0 == UInt8(ascii: "\"") }).isMultiple(of: 2) else { return [] }
        return finish()
    }

    mutating func finish() -> [UInt8] {
        defer { row = [] }
        var reader = try? CSVReader(ByteChunks([row]))
        guard let cells = try? reader?.next()?.cells, !cells.isEmpty else { return row }
        guard !columns.isEmpty else {
            columns = cells
            return row
        }
        guard cells.count == columns.count else { return row }
        let scrubbed = scrubbed(cells)
        if let id = cell("id", cells).flatMap(ResponseID.init) {
            // The table does not say which survey it is of.
            outcome.note(isTouched: scrubbed != cells, isOurs: scrub.holds(nil, id))
        }
        guard let changed = scrubbed else {
            outcome.removed += 1
            return []
        }
        if changed == cells { return row }
        outcome.changed += 1
        return CSVWriter.record(changed)
    }

    private func cell(_ name: String, _ cells: [String]) -> String? {
        columns.firstIndex(of: name).map { cells[$0] }
    }

    /// The cells without the person; nil when nothing of the row stays.
    private func scrubbed(_ cells: [String]) -> [String]? {
        guard let id = cell("id", cells).flatMap(ResponseID.init) else { return cells }
        let surveys = scrub.responses.filter { $0.value.contains(id) }.keys.sorted()
        let isTheirs = cell("contact", cells) == CSVWriter.safe(scrub.terms.id.rawValue)
        guard isTheirs || !surveys.isEmpty else { return withoutMentions(cells, id) }
        if scrub.kept == .nothing { return nil }
        let survey = surveys.first
        let version = JSONValue.object([.init("version", .string(cell("version", cells) ?? ""))])
        let isOpen = survey.map { scrub.openQuestions(of: version, $0) } ?? { _, value in value.string != nil }
        return zip(columns, cells).map { column, cell in
            switch column {
            case "id": return survey.map { scrub.secrets.pseudonym(of: id, in: $0).rawValue } ?? ""
            case "contact": return cell.isEmpty ? "" : scrub.secrets.pseudonym(of: scrub.terms.id).rawValue
            case "role" where scrub.kept == .scores: return ""
            case let name where Self.fixed.contains(name): return cell
            default: break
            }
            if scrub.kept == .words { return scrub.terms.redacted(cell) }
            // A column a row of a matrix: `question.item`.
            let question = String(column.prefix { $0 != "." })
            let isItem = question != column && !column.hasSuffix(".other")
            return isOpen(isItem ? question : column, Int(cell) == nil ? .string(cell) : .number(cell)) ? "" : cell
        }
    }

    private func withoutMentions(_ cells: [String], _ id: ResponseID) -> [String] {
        zip(columns, cells).map { column, cell in
            let hits = Self.fixed.contains(column) ? [] : scrub.terms.hits(in: cell)
            if hits.isEmpty { return cell }
            let isCertain = hits.contains(where: \.isCertain)
            let isChosen =
                scrub.mentions.takesCertain && isCertain
                // The table does not say which survey it is of.
                || scrub.mentions.named.contains { name in
                    ["\(id)#\(column)", "\(id)#fields.\(column)"].contains { name.hasSuffix(":" + $0) }
                }
            return isChosen ? scrub.terms.redacted(cell) : cell
        }
    }
}
