/// The winning lines just as they are stored.
struct JSONLFormat: ExportFormat {
    static let name = "jsonl"
    static let fileExtension = "jsonl"
    static let summary = "The winning line of every response, byte for byte as it is stored."

    private let element: ResponseElement

    init(_ job: ExportJob) { element = ResponseElement(job) }

    func isOwn(_ beginning: [UInt8]) -> Bool { beginning.starts(with: "{\"v\":1,\"id\":\"".utf8) }

    func beginning() -> [UInt8] { [] }

    func convert(_ line: LineScanner, into out: inout LineWriter, seed: UInt64) -> LineOutcome {
        let before = out
        // Writing the element is the quickest way to find out whether the line can be read.
        let outcome = element.write(line, into: &out, seed: seed)
        if out.isFull { return outcome }
        out.rewind(to: before)
        guard case .written(var tally) = outcome else { return outcome }
        (tally.account, tally.contact) = (nil, nil)
        out.put(line, line.at..<line.end)
        out.put("\n")
        return .written(tally)
    }

    func end(_ stream: ExportStream, people: NamedPeople, summary: inout ExportSummary) async throws(ExportError) {}
}
