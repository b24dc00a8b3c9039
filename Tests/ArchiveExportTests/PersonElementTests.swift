import Feedback
import FeedbackTestSupport
import Markup
import Records
import Testing

@testable import ArchiveExport

@Suite("Archive: people, the quick way and the careful way")
struct PersonElementTests {
    private func both(_ bytes: [UInt8], _ element: PersonElement) -> (quick: String?, careful: String?, ids: [String?])
    {
        let padded = bytes + [UInt8](repeating: 0, count: LineScanner.padding)
        var ids: [String?] = []
        func run(_ convert: (LineScanner, inout LineWriter) -> String?) -> String? {
            var id: String?
            let written = padded.withUnsafeBytes { padded in
                [UInt8](unsafeUninitializedCapacity: bytes.count * 6 + 256) { buffer, count in
                    var out = LineWriter(buffer)
                    id = convert(LineScanner(padded, 0..<bytes.count), &out)
                    #expect(!out.isFull)
                    count = out.count
                }
            }
            ids.append(id)
            return id == nil ? nil : String(decoding: written, as: UTF8.self)
        }
        let quick = run { line, out in
            element.writeAtOnce(line, into: &out).map { String(decoding: line.bytes($0), as: UTF8.self) }
        }
        return (quick, run { element.writeWithCare($0, into: &$1) }, ids)
    }

    private func account(_ random: inout RandomLines) throws -> AccountLine {
        func maybe() -> Bool { Bool.random(using: &random.random) }
        var line = AccountLine(
            id: try #require(
                AccountID(["acme", "o'neill & söhne", "\"q\"", "a<b"].randomElement(using: &random.random) ?? "")))
        if maybe() { line.name = random.text() }
        if maybe() { line.tier = random.text() }
        if maybe() { line.manager = "ines" }
        if maybe() {
            line.annualValue = DecimalNumber(["0", "9000.5", "-3", "12"].randomElement(using: &random.random) ?? "1")
        }
        if maybe() { line.currency = "EUR" }
        if maybe() { line.renewal = LocalDate("2028-02-29") }
        if maybe() { line.since = LocalDate("2019-12-31") }
        if maybe() { line.recorded = Timestamp(milliseconds: 1_780_000_000_123) }
        if Int.random(in: 0..<8, using: &random.random) == 0 { line.unknown = [.init("later", .boolean(true))] }
        return line
    }

    private func contact(_ random: inout RandomLines) throws -> ContactLine {
        func maybe() -> Bool { Bool.random(using: &random.random) }
        var line = ContactLine(id: try #require(ContactID(maybe() ? "maria" : "ওমর")))
        if maybe() { line.account = AccountID(maybe() ? "acme" : "a&b") }
        if maybe() { line.name = random.text() }
        if maybe() { line.email = "maria@example.org" }
        if maybe() { line.role = ContactRole.allCases.randomElement(using: &random.random) }
        if maybe() { line.language = LanguageTag(maybe() ? "en" : "pt-br") }
        if maybe() { line.recorded = Timestamp(milliseconds: 1_780_000_000_123) }
        return line
    }

    @Test(
        "both write the same, and what the careful way refuses the quick way never takes",
        arguments: 1...4 as ClosedRange<UInt64>)
    func same(seed: UInt64) throws {
        var random = RandomLines(seed: seed)
        var quickly = 0
        for index in 0..<1000 {
            let element: PersonElement = index % 2 == 0 ? .account : .contact
            var bytes: [UInt8] = []
            if index % 2 == 0 {
                try account(&random).append(to: &bytes)
            } else {
                try contact(&random).append(to: &bytes)
            }
            bytes.removeLast()
            let result = both(bytes, element)
            try #require(result.careful != nil)
            if result.quick != nil {
                quickly += 1
                try #require(
                    result.quick == result.careful && result.ids[0] == result.ids[1],
                    "\(String(decoding: bytes, as: UTF8.self))")
            }
            for _ in 0..<6 {
                var broken = bytes
                let place = Int.random(in: 0..<broken.count, using: &random.random)
                if Bool.random(using: &random.random) {
                    broken[place] = .random(in: 0...255, using: &random.random)
                } else {
                    broken.remove(at: place)
                }
                if broken.contains(UInt8(ascii: "\n")) { continue }
                let result = both(broken, element)
                if result.quick != nil { try #require(result.quick == result.careful, "seed \(seed)") }
            }
        }
        #expect(quickly > 150)
    }

    @Test("of a person whose last line cannot be read, the one before counts")
    func unreadable() async throws {
        var fixture = try ExportFixture()
        try fixture.add([fixture.line("a")])
        let good = "{\"id\":\"maria\",\"name\":\"Maria\"}\n"
        try Files.write(
            Array((good + "{\"id\":\"maria\",\"role\":\"queen\"}\nnonsense\n\n{\"id\":\"maria\"").utf8),
            to: fixture.folder.file("contacts.jsonl"))
        let people = try #require(try ExportFixture.parse(await fixture.export().bytes).element(named: "people"))
        #expect(people.elements(named: "contact").map { $0["name"] } == ["Maria"])
    }
}
