import DataFolder
import Feedback
import FeedbackTestSupport
import FoundationEssentials
import Markup
import QuestionnaireModel
import Records
import Testing

@Suite("Import: responses, validated as the form would")
struct ResponseImportTests {
    private static let bankMap = [(column: "loy3", name: "recommend")]

    @Test("the bank's 250 customers: all of them, and a repeat adds nothing")
    func bank() async throws {
        guard let data = Checkout.bytes(of: "../shared/datasets/satisfaction_bank_ecsi.csv") else {
            print("skipped: shared/datasets is not beside the checkout")
            return
        }
        let fixture = try await ImportFixture(publishing: ["bank-satisfaction"])
        let text = String(decoding: data, as: UTF8.self)
        let dry = try await fixture.responses(
            "bank.csv", text, survey: "bank-satisfaction", map: Self.bankMap, dry: true)
        #expect(dry.summary.description == "250 added, 0 changed, 0 unchanged, 0 rejected")
        #expect(try fixture.lines("bank-satisfaction").isEmpty)
        let outcome = try await fixture.responses("bank.csv", text, survey: "bank-satisfaction", map: Self.bankMap)
        #expect(outcome.summary.description == "250 added, 0 changed, 0 unchanged, 0 rejected" && outcome.rejects == [])
        let again = try await fixture.responses("bank.csv", text, survey: "bank-satisfaction", map: Self.bankMap)
        #expect(again.summary.description == "0 added, 0 changed, 250 unchanged, 0 rejected")
        let lines = try fixture.lines("bank-satisfaction")
        #expect(lines.count == 250 && Set(lines.map(\.id)).count == 250)
        let scores = lines.compactMap {
            if case .integer(let score)? = $0.answers["recommend"] { PromoterBand(score: score) } else { nil }
        }
        #expect(scores.filter { $0 == .detractor }.count == 86 && scores.filter { $0 == .promoter }.count == 65)
        #expect(
            lines.allSatisfy {
                $0.answers.entries.count == 27 && $0.fields["gender"] != nil && $0.channel == .import && $0.isComplete
            })
    }

    private static let header =
        "id,submitted,account,contact,role,language,wave,recommend,wrong,wrong.other,reason,delivery,contact-me,testimonial\n"

    @Test("rows that the form would refuse are rejected with line, question and reason; the others are imported")
    func rejects() async throws {
        let fixture = try await ImportFixture(publishing: ["post-purchase"])
        let rows =
            [
                ("ok1,2026-11-01,acme,maria,user,en,2026Q4,2,late;else,the \"box\",bad,1,yes,", nil),
                ("ok2,2026-11-01T10:00:00+01:00,,,,,,10,,,,5,,yes", nil),
                ("p1,,,,,,,,,,,4,,", nil),
                ("p2,,,,,,,5,,,,,,", nil),
                ("x1,,,,,,,11,,,,,,", "recommend: 11 is not a number from 0 to 10"),
                ("x2,,,,,,,5.5,,,,,,", "recommend: 5.5 is not a number from 0 to 10"),
                ("x3,,,,,,,１０,,,,,,", "recommend: \"１０\" is not a number from 0 to 10"),
                ("x4,,,,,,,9,late,,,,,", "wrong: this is only asked when recommend le 6"),
                ("x5,,,,,,,9,,,because,,,", "reason: this is only asked when recommend le 6"),
                ("x6,,,,,,,3,lost,,,,,", "wrong: \"lost\" is not one of the options"),
                ("x7,,,,,,,3,,,,,maybe,", "contact-me: \"maybe\" is not one of the options"),
                (
                    "x8,yesterday,,,,,,3,,,,,,",
                    "submitted: \"yesterday\" is not a moment such as 2026-11-21T10:12:00Z, or a date such as 2026-11-21"
                ),
                ("bad id!,,,,,,,3,,,,,,", "id: \"bad id!\" is not 1 to 64 letters, digits, - or _"),
                ("x9,,,,chief,,,3,,,,,,", "role: \"chief\" is not one of decision-maker, influencer, user"),
                ("x10,,,,,,,3,,,\"bell \u{7}\",,,", "reason: this holds a character that cannot be stored"),
                ("x11,,,,,,,,,,,,,", "there is no answer in this row"),
            ] as [(String, String?)]
        let outcome = try await fixture.responses(
            "r.csv", Self.header + rows.map { $0.0 + "\n" }.joined(), survey: "post-purchase")
        let expected = rows.enumerated().compactMap { index, row in row.1.map { "line \(index + 2): \($0)" } }
        #expect(outcome.rejects == expected)
        #expect(outcome.summary.description == "4 added, 0 changed, 0 unchanged, \(expected.count) rejected")
        let lines = try fixture.lines("post-purchase")
        #expect(
            lines.map(\.id.rawValue) == ["ok1", "ok2", "p1", "p2"]
                && lines.map(\.isComplete) == [true, true, false, false])
        #expect(
            lines[0].submitted.description == "2026-11-01T00:00:00.000Z"
                && lines[1].submitted.description == "2026-11-01T09:00:00.000Z")
        #expect(lines[2].submitted.description == "2026-11-22T10:00:00.000Z")
        #expect(
            lines[0].answers["wrong.other"] == .text("the \"box\"") && lines[0].role == .user
                && lines[0].wave == "2026Q4")
    }

    @Test("a known id with other answers is its next revision")
    func revisions() async throws {
        let fixture = try await ImportFixture(publishing: ["post-purchase"])
        for (score, words) in [
            (9, "1 added, 0 changed, 0 unchanged, 0 rejected"), (9, "0 added, 0 changed, 1 unchanged, 0 rejected"),
            (10, "0 added, 1 changed, 0 unchanged, 0 rejected"),
        ] {
            let text = "id,recommend\na,\(score)\n"
            #expect(
                try await fixture.responses("r.csv", text, survey: "post-purchase", dry: true).summary.description
                    == words)
            #expect(try await fixture.responses("r.csv", text, survey: "post-purchase").summary.description == words)
        }
        let lines = try fixture.lines("post-purchase")
        #expect(
            lines.map(\.revision) == [1, 2] && lines.map { $0.answers["recommend"] } == [.integer(9), .integer(10)])
    }

    @Test("rows without an id: the same row twice is two people, and a repeat of the file adds nothing")
    func contentIDs() async throws {
        let fixture = try await ImportFixture(publishing: ["post-purchase"])
        let text = "recommend,delivery\n9,5\n9,5\n8,\n"
        #expect(try await fixture.responses("r.csv", text, survey: "post-purchase").summary.added == 3)
        fixture.time.set(try #require(Timestamp("2026-12-22T10:00:00Z")))
        #expect(try await fixture.responses("r.csv", text, survey: "post-purchase").summary.unchanged == 3)
        // Other columns' order and empty columns do not make another row.
        let other = "delivery,recommend,reason\n5,9,\n5,9,\n,8,\n5,9,\n"
        let outcome = try await fixture.responses("r.csv", other, survey: "post-purchase")
        #expect(outcome.summary.unchanged == 3 && outcome.summary.added == 1)
    }

    @Test("columns that mean nothing stop it before anything is written")
    func columns() async throws {
        let fixture = try await ImportFixture(publishing: ["post-purchase"])
        for (text, map, words) in [
            ("recomend\n9\n", [], "\"recomend\" (did you mean \"recommend\"?)"),
            ("loy3\n9\n", [("loy3", "recomend")], "\"recomend\" (did you mean \"recommend\"?)"),
            ("loy3\n9\n", [("loy9", "recommend")], "has no column \"loy9\""),
            ("loy3,recommend\n9,9\n", [("loy3", "recommend")], "are both \"recommend\""),
            ("id,account\n9,9\n", [], "No column is a question"),
        ] as [(String, [(column: String, name: String)], String)] {
            let error = await #expect(throws: FolderError.self) {
                try await fixture.responses("r.csv", text, survey: "post-purchase", map: map)
            }
            #expect(error?.exitStatus == 65 && error?.message.contains(words) == true, "\(error?.message ?? "")")
        }
        #expect(try fixture.lines("post-purchase").isEmpty)
        let unpublished = await #expect(throws: FolderError.self) {
            try await fixture.responses("r.csv", "recommend\n9\n", survey: "relationship")
        }
        #expect(unpublished?.exitStatus == 66)
    }

    @Test("JSON Lines with flat keys, with objects of answers, and heed's own lines")
    func jsonl() async throws {
        let fixture = try await ImportFixture(publishing: ["post-purchase"])
        let text = """
            {"id":"flat","recommend":3,"wrong":["late","price"],"reason":"a\\r\\nb","contact-me":"no"}
            {"id":"deep","answers":{"recommend":10,"testimonial":{"given":true,"text":"ignored"}},"fields":{"order.product":"Kettle"}}
            {"v":1,"id":"own","revision":4,"survey":"post-purchase","version":"1","submitted":"2026-01-02T03:04:05.678Z","channel":"link","answers":{"recommend":8,"better":"x"}}
            {"id":"foreign","survey":"relationship","answers":{"recommend":8}}
            {"id":"odd","answers":{"recommend":{"x":1}}}
            {"id":"gone","answers":{"recommend":8,"nonsense":1}}
            {"id":"text","answers":"nine"}
            """
        let outcome = try await fixture.responses("r.jsonl", text, survey: "post-purchase")
        #expect(outcome.summary.description == "3 added, 0 changed, 0 unchanged, 4 rejected", "\(outcome.rejects)")
        #expect(outcome.rejects.map { String($0.prefix(7)) } == ["line 4:", "line 5:", "line 6:", "line 7:"])
        let lines = try fixture.lines("post-purchase")
        #expect(lines[0].answers["wrong"] == .list(["late", "price"]) && lines[0].answers["reason"] == .text("a\nb"))
        #expect(lines[1].fields["order.product"] == .text("Kettle"))
        guard case .consent(given: true, let digest)? = lines[1].answers["testimonial"] else {
            Issue.record("consent is kept")
            return
        }
        #expect(digest.count == 32)
        #expect(lines[2].submitted.description == "2026-01-02T03:04:05.678Z" && lines[2].revision == 1)
    }

    @Test("a contact's account is known without a column for it")
    func account() async throws {
        let fixture = try await ImportFixture(publishing: ["post-purchase"])
        var maria = ContactLine(id: try #require(ContactID("maria")))
        maria.account = AccountID("acme")
        try await fixture.folder.upsert(contacts: [maria])
        _ = try await fixture.responses("r.csv", "contact,recommend\nmaria,9\nsomebody,8\n", survey: "post-purchase")
        #expect(try fixture.lines("post-purchase").map(\.account) == [AccountID("acme"), nil])
    }

    @Test("an anonymous survey takes nothing about who answered, and only the day")
    func anonymous() async throws {
        let fixture = try await ImportFixture()
        let source = """
            <survey xmlns="urn:heed:survey:1" id="open" version="1" kind="relationship" languages="en" access="open" privacy="anonymous">
              <title>Open</title><page id="one"><nps id="recommend"><prompt>Would you?</prompt></nps></page>
              <ending><message>Thanks</message></ending></survey>
            """
        try await fixture.publish(Array(source.utf8))
        let outcome = try await fixture.responses(
            "r.csv", "id,submitted,contact,recommend\na,2026-11-01T10:11:12Z,,9\nb,2026-11-01,maria,9\n", survey: "open"
        )
        #expect(
            outcome.rejects == ["line 3: this survey is anonymous: nothing about who answered may be imported with it"])
        #expect(try fixture.lines("open").map(\.submitted.description) == ["2026-11-01T00:00:00.000Z"])
    }

    @Test(
        "the same answers through the form and through a table are the same bytes",
        arguments: 1...8 as ClosedRange<UInt64>)
    func sameBytes(seed: UInt64) async throws {
        let fixture = try await ImportFixture(publishing: ["post-purchase", "relationship"])
        var random = SeededGenerator(seed: seed)
        for survey in ["post-purchase", "relationship"] {
            let id = try #require(SurveyID(survey))
            let questionnaire = try #require(fixture.folder.catalog.live(id)?.questionnaire)
            var session = ResponseSession(questionnaire)
            var cells: [String: String] = [:]
            while let page = session.nextPage {
                var form = FormFields()
                for question in questionnaire.pages[page].questions {
                    let value = Self.answer(question, &random)
                    form.fields += question.type.formFields(cell: value, id: question.id)
                    cells[question.id.rawValue] = value
                    for option in question.type.options where option.takesText && value.contains(option.code) {
                        form.append(question.id.rawValue + ".other", "other \"text\"\n=1")
                        cells[question.id.rawValue + ".other"] = "other \"text\"\r\n=1"
                    }
                }
                let before = session
                guard case .accepted = session.accept(page: page, form) else {
                    Issue.record("the form takes what the test gives: \(session.accept(page: page, form))")
                    return
                }
                // What the form did not ask must not stand in the table.
                for question in questionnaire.pages[page].questions where session.answers[question.id.rawValue] == nil {
                    cells[question.id.rawValue] = nil
                    cells[question.id.rawValue + ".other"] = nil
                }
                _ = before
            }
            for (column, _) in cells {
                let owner = String(column.prefix { $0 != "." })
                if session.answers[owner] == nil { cells[column] = nil }
            }
            let columns = cells.keys.sorted()
            let table = CSVWriter.record(columns) + CSVWriter.record(columns.map { cells[$0] ?? "" })
            let outcome = try await fixture.responses(
                "\(survey).csv", String(decoding: table, as: UTF8.self), survey: survey)
            #expect(outcome.summary.added == 1, "seed \(seed): \(outcome.rejects)")
            let line = try #require(fixture.lines(survey).last)
            var written = JSONWriter()
            written.answers(line.answers)
            var expected = JSONWriter()
            expected.answers(session.answers)
            #expect(written.bytes == expected.bytes, "seed \(seed)")
            #expect(line.isComplete)
        }
    }

    private static func answer(_ question: Question, _ random: inout SeededGenerator) -> String {
        switch question.type.domain {
        case .integers(let range): String(Int.random(in: range, using: &random))
        case .oneOf(let codes): codes.randomElement(using: &random) ?? ""
        case .subsets(let codes):
            codes.filter { code in
                Bool.random(using: &random) && !question.type.options.contains { $0.code == code && $0.isExclusive }
            }.joined(separator: ";")
        case .consent: Bool.random(using: &random) ? "yes" : "no"
        case .numbers: "12"
        case .open:
            ["plain", "\"quotes\", commas\nand lines", "=1+1", "দেরি হয়েছে", " spaces ", "\\ back"].randomElement(
                using: &random) ?? ""
        case .dates, .orders, .rows, .none: ""
        }
    }
}
