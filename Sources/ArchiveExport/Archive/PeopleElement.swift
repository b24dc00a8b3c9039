internal import Feedback
internal import Records

/// Writes the records of the accounts and contacts that the responses name, as last written, in journal order.
struct PeopleElement {
    private let job: ExportJob
    private let people: NamedPeople

    init(_ job: ExportJob, _ people: NamedPeople) {
        self.job = job
        self.people = people
    }

    func write(to stream: ExportStream, _ summary: inout ExportSummary) async throws(ExportError) {
        summary.accounts = try await write(AccountLine.self, from: job.accountsPath, named: people.accounts, to: stream)
        summary.contacts = try await write(ContactLine.self, from: job.contactsPath, named: people.contacts, to: stream)
    }

    private func write<Line: PersonLine>(
        _ type: Line.Type, from path: String, named: FingerprintSet, to stream: ExportStream
    ) async throws(ExportError) -> Int {
        if named.count == 0 { return 0 }
        let journal = try Segments(existing: path)
        let blocks = Block.cover(journal, size: 256 << 10)
        let seed = people.seed
        // The last readable line of an id is the whole record.
        var last: [UInt64: Int] = [:]
        try await Pipeline.run(blocks, { block throws(ExportError) in
            try Self.places(type, in: LoadedBlock(block, of: journal), named: named, seed: seed)
        }) { (found: [(print: UInt64, place: Int)]) in
            for line in found { last[line.print] = line.place }
            return true
        }
        var count = 0
        let final = last
        try await Pipeline.run(blocks, { block throws(ExportError) in
            try Self.elements(type, of: LoadedBlock(block, of: journal), last: final, seed: seed)
        }) { (found: (bytes: [UInt8], count: Int)) throws(ExportError) in
            count += found.count
            try stream.put(found.bytes)
            return true
        }
        return count
    }

    private static func places<Line: PersonLine>(
        _ type: Line.Type, in block: LoadedBlock, named: FingerprintSet, seed: UInt64
    ) -> [(print: UInt64, place: Int)] {
        block.bytes.withUnsafeBytes { bytes in
            block.lines.compactMap { range in
                guard let print = print(type, of: LineScanner(bytes, range), seed: seed), named.contains(print) else { return nil }
                return (print, block.offset + range.lowerBound)
            }
        }
    }

    private static func print<Line: PersonLine>(_ type: Line.Type, of line: LineScanner, seed: UInt64) -> UInt64? {
        guard let record = try? Line(line.rest) else { return nil }
        return LineScanner.fingerprint(Array(record.key.utf8), seed: seed)
    }

    private static func elements<Line: PersonLine>(
        _ type: Line.Type, of block: LoadedBlock, last: [UInt64: Int], seed: UInt64
    ) -> (bytes: [UInt8], count: Int) {
        var count = 0
        var result: [UInt8] = []
        for range in block.lines {
            guard let record = try? Line(block.bytes[range]),
                last[LineScanner.fingerprint(Array(record.key.utf8), seed: seed)] == block.offset + range.lowerBound
            else { continue }
            count += 1
            // Every character takes six bytes at most, and there are fewer than 1 KB of names around them.
            result += [UInt8](unsafeUninitializedCapacity: range.count * 6 + 1024) { buffer, used in
                var out = LineWriter(buffer)
                record.writeElement(into: &out)
                used = out.count
            }
        }
        return (result, count)
    }
}

/// A record of an account or a contact that can be written into an archive.
private protocol PersonLine: RecordLine {
    var key: String { get }
    func writeElement(into out: inout LineWriter)
}

extension AccountLine: PersonLine {
    fileprivate var key: String { id.rawValue }

    fileprivate func writeElement(into out: inout LineWriter) {
        out.put("  <account")
        out.attribute("id", id.rawValue)
        out.attribute("name", name)
        out.attribute("tier", tier)
        out.attribute("manager", manager)
        out.attribute("annual-value", annualValue?.text)
        out.attribute("currency", currency)
        out.attribute("renewal", renewal?.description)
        out.attribute("since", since?.description)
        out.attribute("recorded", recorded?.description)
        out.put("/>\n")
    }
}

extension ContactLine: PersonLine {
    fileprivate var key: String { id.rawValue }

    fileprivate func writeElement(into out: inout LineWriter) {
        out.put("  <contact")
        out.attribute("id", id.rawValue)
        out.attribute("account", account?.rawValue)
        out.attribute("name", name)
        out.attribute("email", email)
        out.attribute("role", role?.rawValue)
        out.attribute("language", language?.rawValue)
        out.attribute("recorded", recorded?.description)
        out.put("/>\n")
    }
}

extension Segments {
    /// A single journal; one that is not there has no lines.
    fileprivate convenience init(existing path: String) throws(ExportError) {
        do { try self.init([path]) } catch ExportError.cannotRead(_, let code) where code == 2 {
            try self.init([])
        }
    }
}
