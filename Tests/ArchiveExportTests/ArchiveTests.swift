import Feedback
import FeedbackTestSupport
import FoundationEssentials
import Glibc
import LibXML
import Markup
import QuestionnaireModel
import Records
import Testing

@testable import ArchiveExport

@Suite("Archive: everything leaves, and can be read again")
struct ArchiveTests {
    /// Lines of random ids, some with later revisions and repeats, and the winner of each by the plain rule.
    private func lines(_ fixture: ExportFixture, seed: UInt64, count: Int) throws -> (
        lines: [[UInt8]], winners: [[UInt8]]
    ) {
        var random = RandomLines(seed: seed)
        var lines: [(line: ResponseLine, bytes: [UInt8])] = []
        for _ in 0..<count {
            let id = try #require(ResponseID("r\(Int.random(in: 0..<count * 2 / 3, using: &random.random))"))
            let line = random.line(id, fixture.questionnaire)
            var bytes: [UInt8] = []
            line.append(to: &bytes)
            lines.append((line, bytes))
            if Int.random(in: 0..<10, using: &random.random) == 0 { lines.append((line, bytes)) }
        }
        var best: [ResponseID: Int] = [:]
        for (index, entry) in lines.enumerated() {
            guard let before = best[entry.line.id] else {
                best[entry.line.id] = index
                continue
            }
            let old = lines[before]
            let isGreater =
                (entry.line.revision, entry.line.known.milliseconds) > (old.line.revision, old.line.known.milliseconds)
            let isTie = entry.line.revision == old.line.revision && entry.line.known == old.line.known
            if isGreater || (isTie && old.bytes.lexicographicallyPrecedes(entry.bytes)) { best[entry.line.id] = index }
        }
        return (lines.map(\.bytes), best.values.sorted().map { lines[$0].bytes })
    }

    @Test("every winning line is in it, in order, and says the same when read back", arguments: [1, 2, 3] as [UInt64])
    func roundTrip(seed: UInt64) async throws {
        var fixture = try ExportFixture()
        let (lines, winners) = try lines(fixture, seed: seed, count: 300)
        for part in 0..<3 {
            try fixture.add(Array(lines[part * lines.count / 3..<(part + 1) * lines.count / 3].joined()))
        }
        let (bytes, summary) = try await fixture.export()
        let reading = try ArchiveReading(ExportFixture.parse(bytes), fixture.questionnaire)
        #expect(summary.responses == winners.count && summary.overruled == lines.count - winners.count)
        try #require(reading.responses.count == winners.count)
        for (response, winner) in zip(reading.responses, winners) {
            var written: [UInt8] = []
            response.append(to: &written)
            // Three things an archive does not tell apart: an empty list and an empty text, CR, and which text was a
            // number.
            let expected = try ResponseLine(winner.dropLast())
            #expect(response.answers.entries.map(\.key) == expected.answers.entries.map(\.key))
            for (left, right) in zip(response.answers.entries, expected.answers.entries) {
                if right.answer == .list([]) { continue }
                #expect(left == right, "seed \(seed)")
            }
            #expect(
                response.fields == expected.fields && response.offers == expected.offers
                    && response.unknown == expected.unknown)
            #expect(response.submitted == expected.submitted && response.recorded == expected.recorded)
            #expect(
                response.account == expected.account && response.contact == expected.contact
                    && response.role == expected.role)
            #expect(
                response.wave == expected.wave && response.language == expected.language
                    && response.started == expected.started)
            #expect(response.revision == expected.revision && response.isComplete == expected.isComplete)
        }
    }

    @Test("lines come out the same whatever the blocks they are cut into")
    func blocks() async throws {
        var fixture = try ExportFixture()
        let (lines, _) = try lines(fixture, seed: 9, count: 60)
        try fixture.add(Array(lines.joined()))
        let segments = try Segments(fixture.segments)
        let format = JSONLFormat(fixture.job)
        for size in [1, 7, 64, 300, 1000, 1 << 20] {
            var written: [UInt8] = []
            for block in Block.cover(segments, size: size) {
                let conversion = BlockConversion(
                    try LoadedBlock(block, of: segments), format: format, overruled: [], seed: 1)
                written += conversion.pieces.joined()
            }
            #expect(written == Array(lines.joined()), "blocks of \(size)")
        }
    }

    @Test("what a reader in twenty years needs is in it: words, codes, the survey file itself")
    func definition() async throws {
        var fixture = try ExportFixture()
        try fixture.add([fixture.line("a")])
        let root = try ExportFixture.parse(try await fixture.export().bytes)
        let definition = try #require(root.element(named: "definitions")?.element(named: "definition"))
        #expect(definition.element(named: "source")?.text == String(decoding: fixture.source, as: UTF8.self))
        let questions = definition.elements(named: "page").flatMap { $0.elements(named: "question") }
        #expect(questions.compactMap { $0["id"] } == fixture.questionnaire.questions.map(\.question.id.rawValue))
        let wrong = try #require(questions.first { $0["id"] == "wrong" })
        #expect(wrong.elements(named: "option").compactMap { $0["code"] } == ["late", "broken", "other"])
        #expect(wrong.element(named: "option")?.elements(named: "label").map(\.text) == ["Late", "দেরি"])
        #expect(questions[0].elements(named: "prompt").map(\.text) == ["Would you?", "আপনি কি?"])
    }

    @Test("only people whom the responses name, as last written; none of confidential and anonymous surveys")
    func people() async throws {
        for (privacy, accounts, contacts) in [(SurveyPrivacy.named, 1, 1), (.confidential, 1, 0), (.anonymous, 0, 0)] {
            var fixture = try ExportFixture(privacy: privacy)
            try fixture.add([fixture.line("a")])
            var old = AccountLine(id: try #require(AccountID("acme")))
            old.name = "Old"
            var acme = old
            acme.name = "ACME & <Sons>\u{1}"
            acme.annualValue = DecimalNumber("9000.5")
            acme.renewal = LocalDate("2027-01-15")
            var maria = ContactLine(id: try #require(ContactID("maria")))
            maria.name = "María \"M\" \n"
            maria.role = .decisionMaker
            let stranger = ContactLine(id: try #require(ContactID("nobody")))
            try fixture.write(
                accounts: [old, AccountLine(id: try #require(AccountID("zeta"))), acme], contacts: [stranger, maria])
            let (bytes, summary) = try await fixture.export()
            #expect(summary.accounts == accounts && summary.contacts == contacts, "\(privacy)")
            let people = try #require(try ExportFixture.parse(bytes).element(named: "people"))
            #expect(
                people.elements(named: "account").map { $0["name"] } == (accounts == 1 ? ["ACME & <Sons>\u{FFFD}"] : [])
            )
            #expect(people.elements(named: "contact").map { $0["name"] } == (contacts == 1 ? ["María \"M\" \n"] : []))
        }
    }

    @Test("only what was submitted from since on and before until")
    func range() async throws {
        var fixture = try ExportFixture()
        var lines: [ResponseLine] = []
        for day in 1...9 {
            var line = try fixture.line("r\(day)")
            line.submitted = try #require(Timestamp("2026-11-0\(day)T00:00:00.000Z"))
            lines.append(line)
        }
        // One that is written in another order of keys goes the careful way.
        try fixture.add(lines)
        let text = String(decoding: try Files.read(fixture.segments[0]), as: UTF8.self)
        try Files.write(
            Array(text.replacing("{\"v\":1,\"id\":\"r3\"", with: "{\"id\":\"r3\",\"v\":1").utf8),
            to: fixture.segments[0])
        let (bytes, summary) = try await fixture.export {
            $0.since = Timestamp("2026-11-03T00:00:00Z")
            $0.until = Timestamp("2026-11-06T00:00:00Z")
        }
        #expect(summary.responses == 3)
        #expect(
            try ArchiveReading(ExportFixture.parse(bytes), fixture.questionnaire).responses.map(\.id.rawValue) == [
                "r3", "r4", "r5",
            ])
    }

    @Test("characters that XML cannot hold become U+FFFD and are counted")
    func forbidden() async throws {
        var fixture = try ExportFixture()
        try fixture.add([fixture.line("a", text: "bell \u{7}, NUL \u{0}, \u{FFFE}\u{FFFF}, CR \r!")])
        let (bytes, summary) = try await fixture.export()
        #expect(summary.replaced == 4)
        let root = try ExportFixture.parse(bytes)
        let reading = try ArchiveReading(root, fixture.questionnaire)
        #expect(
            reading.responses[0].answers["reason"] == .text("bell \u{FFFD}, NUL \u{FFFD}, \u{FFFD}\u{FFFD}, CR \r!"))
        #expect(root.element(named: "seal")?["replaced"] == "4")
    }

    @Test("xmllint accepts it with the schema that heed prints")
    func xmllint() async throws {
        guard
            let xmllint = ["/usr/bin/xmllint", "/usr/local/bin/xmllint"].first(
                where: FileManager.default.isExecutableFile)
        else {
            print("skipped: xmllint is not installed (apt-get install libxml2-utils)")
            return
        }
        var fixture = try ExportFixture()
        try fixture.add(Array(try lines(fixture, seed: 5, count: 200).lines.joined()))
        let path = fixture.folder.file("archive.xml")
        let schema = fixture.folder.file("archive.xsd")
        try Files.write(try await fixture.export().bytes, to: path)
        try Files.write(Asset.archiveSchema.bytes, to: schema)
        #expect(run(xmllint, "--noout", "--nonet", "--schema", schema, path) == 0)
    }
}

/// Runs a program and gives its exit status.
func run(_ arguments: String...) -> Int32 {
    var pid = pid_t()
    var cArguments: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    defer { cArguments.forEach { free($0) } }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    guard posix_spawn(&pid, arguments[0], &actions, nil, &cArguments, environ) == 0 else { return -1 }
    var status: Int32 = 0
    waitpid(pid, &status, 0)
    return status
}
