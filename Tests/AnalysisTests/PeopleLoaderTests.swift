internal import Feedback
internal import FeedbackTestSupport
internal import Records
import Testing

@testable import Analysis

/// Accounts and contacts by the quick scanner against the full parser.
@Suite struct PeopleLoaderTests {
    @Test(arguments: 0..<12) func peopleEqualThePlainReference(seed: UInt64) throws {
        var generator = SeededGenerator(seed: 70 + seed)
        let folder = try AnalysisFolder()
        var lines: [String] = []
        for _ in 0..<200 { lines.append(Self.contact(&generator)) }
        try folder.write(lines, to: "contacts.jsonl")
        let asOf = moment("2026-06-01")
        let earlier = moment("2026-03-01")
        // Cut anywhere, the parts say the same.
        let loader = try PeopleLoader.load(
            accounts: nil, contacts: try folder.files.contacts, asOf: asOf, earlier: earlier,
            partSize: seed % 3 == 0 ? 1 << 20 : 900 + Int(seed) * 50)
        var last: [ContactID: ContactLine] = [:]
        var before: [ContactID: ContactLine] = [:]
        var unreadable = 0
        for line in lines {
            guard let contact = try? ContactLine(line.utf8) else {
                unreadable += 1
                continue
            }
            if contact.recorded.map({ $0 <= asOf }) ?? true { last[contact.id] = contact }
            if contact.recorded.map({ $0 <= earlier }) ?? true { before[contact.id] = contact }
        }
        #expect(loader.unreadableCount == unreadable && unreadable > 0)
        for line in loader.unreadable { #expect((try? ContactLine(lines[line.line - 1].utf8)) == nil) }
        #expect(loader.people.contacts.count == last.count)
        for (id, line) in last {
            let number = try #require(loader.people.contactIDs.find(id.rawValue))
            let contact = loader.people.contacts[number]
            #expect(
                contact.role == line.role && contact.earlierRole == before[id]?.role
                    && contact.isEarlier == (before[id] != nil))
            #expect(loader.people.name(ofContact: number) == (line.name == "" ? nil : line.name))
            #expect(
                (contact.account < 0 ? nil : loader.people.accountIDs.name(Int(contact.account)))
                    == line.account?.rawValue)
        }
    }

    @Test func accountsKeepTheirLastLine() throws {
        let folder = try AnalysisFolder()
        var later = AccountLine.named("acme", value: "12.5", renewal: "2027-01-15")
        later.recorded = moment("2026-05-01")
        try folder.write(accounts: [.named("acme", value: "7"), .named("b\"e", value: "-3"), later])
        for (asOf, value) in [("2026-04-01", "7"), ("2026-06-01", "12.5")] {
            let loader = try PeopleLoader.load(
                accounts: try folder.files.accounts, contacts: nil, asOf: moment(asOf), earlier: moment(asOf),
                partSize: 60)
            let number = try #require(loader.people.accountIDs.find("acme"))
            #expect(loader.people.accounts[number]?.annualValue?.text == value)
            #expect(loader.people.accountIDs.find("b\"e") != nil && loader.people.accounts.count == 2)
        }
    }

    @Test func namesKeepTheirNumbers() {
        var generator = SeededGenerator(seed: 9)
        var table = NameTable()
        var reference: [String: Int] = [:]
        for _ in 0..<3000 {
            let name = (0..<Int.random(in: 0...20, using: &generator)).map { _ in
                ["a", "b", "ভ", "0"].randomElement(using: &generator) ?? "a"
            }.joined()
            let expected = reference[name] ?? reference.count
            reference[name] = expected
            #expect(table.insert(name) == expected && table.find(name) == expected)
        }
        for (name, number) in reference { #expect(table.name(number) == name) }
        #expect(table.find("missing") == nil)
    }

    private static func contact(_ generator: inout SeededGenerator) -> String {
        var line = ContactLine.person(
            "c\(Int.random(in: 0..<60, using: &generator))", ContactRole.allCases.randomElement(using: &generator),
            of: "a\(Int.random(in: 0..<9, using: &generator))",
            name: ["Ann", "Bö \"B\"", "", nil].randomElement(using: &generator) ?? nil)
        line.recorded =
            [nil, moment("2026-02-01"), moment("2026-05-01"), moment("2026-09-01")].randomElement(using: &generator)
            ?? nil
        if Bool.random(using: &generator) { line.language = .english }
        if Int.random(in: 0..<9, using: &generator) == 0 { line.unknown = [.init("shoe", .number("43"))] }
        var bytes: [UInt8] = []
        line.append(to: &bytes)
        var text = String(decoding: bytes.dropLast(), as: UTF8.self)
        switch Int.random(in: 0..<8, using: &generator) {
        case 0: text = text.replacing("\"role\":\"", with: "\"role\":\"x")
        case 1: text = text.replacing("{\"id\":", with: "{ \"id\":")
        case 2: text = text.replacing(",\"account\":\"a", with: ",\"account\":\"\\u0061")
        case 3: text = text.replacing("\"language\":\"en\"", with: "\"language\":\"EN\"")
        default: break
        }
        return text
    }
}
