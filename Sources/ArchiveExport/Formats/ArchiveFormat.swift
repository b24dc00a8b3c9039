internal import Feedback
internal import Markup
internal import Records

/// The archive: one XML document with the definitions, the responses and the people, readable without heed.
struct ArchiveFormat: ExportFormat {
    static let name = "archive"
    static let fileExtension = "xml"
    static let summary = "One XML document with everything: definitions, responses and people, sealed with a digest."
    /// The namespace of archives (Assets/files/archive.xsd).
    static let namespace = "urn:heed:archive:1"

    private let job: ExportJob
    private let element: ResponseElement

    init(_ job: ExportJob) {
        self.job = job
        element = ResponseElement(job)
    }

    func isOwn(_ beginning: [UInt8]) -> Bool {
        beginning.starts(with: "\(Self.declaration)<archive xmlns=\"\(Self.namespace)\" survey=\"\(job.survey)\"".utf8)
    }

    private static let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

    func beginning() -> [UInt8] {
        var xml = XMLWriter()
        xml.start("archive")
        xml.attribute("xmlns", Self.namespace)
        xml.attribute("survey", job.survey.rawValue)
        xml.attribute("made", job.made.description)
        xml.attribute("by", job.generator)
        xml.attribute("since", job.since?.description)
        xml.attribute("until", job.until?.description)
        xml.element("note", text: Self.note)
        xml.start("definitions")
        for definition in job.definitions { DefinitionElement(definition).write(to: &xml) }
        xml.end()
        return xml.drain() + Array("\n <responses>\n".utf8)
    }

    /// What a reader who has never heard of heed needs to know.
    private static let note = """
        All answers to one survey, as they were stored. The definitions say what was asked and what each code means; \
        the file each one was published from stands inside it. The seal's digest is the SHA-256 of all bytes before \
        the seal's own less-than sign: head -c BYTES FILE | sha256sum. Times are in UTC.
        """

    func convert(_ line: LineScanner, into out: inout LineWriter, seed: UInt64) -> LineOutcome {
        element.write(line, into: &out, seed: seed)
    }

    func end(_ stream: ExportStream, people: NamedPeople, summary: inout ExportSummary) async throws(ExportError) {
        try stream.put(Array(" </responses>\n <people>\n".utf8))
        try await PeopleElement(job, people).write(to: stream, &summary)
        try stream.put(Array(" </people>\n ".utf8))
        var seal = XMLWriter()
        _ = seal.drain()
        seal.start("seal")
        seal.attribute("responses", String(summary.responses))
        seal.attribute("complete", String(summary.complete))
        seal.attribute("answers", String(summary.answers))
        seal.attribute("accounts", String(summary.accounts))
        seal.attribute("contacts", String(summary.contacts))
        if summary.unreadableCount > 0 { seal.attribute("unreadable", String(summary.unreadableCount)) }
        if summary.undefined > 0 { seal.attribute("undefined", String(summary.undefined)) }
        if summary.replaced > 0 { seal.attribute("replaced", String(summary.replaced)) }
        seal.attribute("bytes", String(stream.count))
        seal.attribute("sha256", stream.digest)
        seal.end()
        try stream.put(Array(seal.drain().drop { $0 != UInt8(ascii: "<") }) + Array("</archive>\n".utf8))
    }
}
