import DataFolder
import Feedback
import FeedbackTestSupport
import Records
import Testing

@Suite("Import: accounts, contacts and events")
struct PeopleImportTests {
    @Test("accounts are added, changed and left alone; an absent column keeps, an empty cell clears")
    func accounts() async throws {
        let fixture = try await ImportFixture()
        let first = try fixture.file(
            "a.csv",
            "id,name,tier,annualValue,currency,renewal,manager\nacme,ACME,gold,9000.50,EUR,2027-01-15,ines\nbeta,Beta,silver,,,,\n"
        )
        var outcome = try await fixture.run { try await fixture.folder.importAccounts(first, $0) }
        #expect(outcome.summary.description == "2 added, 0 changed, 0 unchanged, 0 rejected")
        outcome = try await fixture.run { try await fixture.folder.importAccounts(first, $0) }
        #expect(outcome.summary.description == "0 added, 0 changed, 2 unchanged, 0 rejected")
        let second = try fixture.file("b.csv", "id,tier,renewal\nacme,,2028-01-15\nacme,platinum,\nbeta,silver,\n")
        outcome = try await fixture.run { try await fixture.folder.importAccounts(second, $0) }
        #expect(outcome.summary.description == "0 added, 2 changed, 1 unchanged, 0 rejected")
        let acme = try #require(AccountID("acme").flatMap { fixture.folder.account($0) })
        #expect(
            acme.name == "ACME" && acme.tier == "platinum" && acme.renewal == nil && acme.annualValue?.text == "9000.5")
        #expect(acme.manager == "ines" && acme.currency == "EUR")
    }

    @Test("a dry run says the same and writes nothing")
    func dry() async throws {
        let fixture = try await ImportFixture()
        let path = try fixture.file("a.csv", "id,name\nacme,ACME\nacme,ACME 2\nbeta,Beta\n,none\n")
        let dry = try await fixture.run(dry: true) { try await fixture.folder.importAccounts(path, $0) }
        #expect(try fixture.folder.accounts().isEmpty)
        let real = try await fixture.run { try await fixture.folder.importAccounts(path, $0) }
        #expect(dry.summary == real.summary && dry.rejects == real.rejects)
        #expect(real.summary.description == "2 added, 1 changed, 0 unchanged, 1 rejected")
        #expect(real.rejects == ["line 5: id: this is missing; every row needs it"])
    }

    @Test("an unknown column stops it before anything is written, with the name it probably stands for")
    func unknownColumns() async throws {
        let fixture = try await ImportFixture()
        let path = try fixture.file("a.csv", "id,annual_value,colour\nacme,1,red\n")
        let error = await #expect(throws: FolderError.self) {
            try await fixture.run { try await fixture.folder.importAccounts(path, $0) }
        }
        #expect(
            error?.exitStatus == 65
                && error?.message.contains("\"annual_value\" (did you mean \"annualValue\"?)") == true)
        #expect(error?.message.contains("\"colour\"") == true)
        #expect(try fixture.folder.accounts().isEmpty)
        for (text, words) in [
            ("name\nx\n", "\"id\" is missing"), ("", "is empty"), ("id,id\n1,2\n", "two columns are called \"id\""),
            ("id,,name\n1,2,3\n", "Column 2 has no name"),
        ] {
            let path = try fixture.file("b.csv", text)
            let error = await #expect(throws: FolderError.self) {
                try await fixture.run { try await fixture.folder.importAccounts(path, $0) }
            }
            #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
        }
        let missing = await #expect(throws: FolderError.self) {
            try await fixture.run { try await fixture.folder.importAccounts(fixture.files.file("none.csv"), $0) }
        }
        #expect(missing?.exitStatus == 66)
    }

    @Test("a field that a published survey declares is a column, and reaches the invitation with its type")
    func declaredFields() async throws {
        let fixture = try await ImportFixture()
        _ = try await FolderWorkbench.publish(
            """
            <survey xmlns="urn:heed:survey:1" id="order" version="1" kind="transactional" languages="en" access="invited" privacy="named">
              <title>Order</title>
              <fields><field name="order.product" type="text"/><field name="order.count" type="number"/></fields>
              <page id="all"><nps id="recommend"><prompt>How was {order.product|it}, {order.count|some} times?</prompt></nps></page>
              <ending><message>Thanks.</message></ending>
            </survey>
            """, in: fixture.folder)
        let path = try fixture.file("c.csv", "id,order.product,order.count\nmaria,Kettle,2\neva,,\nbob,Pot,many\n")
        let outcome = try await fixture.run { try await fixture.folder.importContacts(path, $0) }
        #expect(outcome.rejects == ["line 4: order.count: \"many\" is not a number such as 12 or 3.5"])
        let issued = try await fixture.folder.invite(try surveyID("order"))
        let fields = issued.compactMap { issued -> Answers? in
            guard case .link(let line, _, _) = issued.outcome else { return nil }
            return line.fields
        }
        #expect(fields.count == 2 && fields.contains(Answers()))
        #expect(
            fields.contains(
                Answers([
                    .init(key: "order.product", answer: .text("Kettle")),
                    .init(key: "order.count", answer: .integer(2)),
                ])))
        // An absent column keeps the value, an empty cell clears it.
        let next = try fixture.file("d.csv", "id,order.product\nmaria,\n")
        _ = try await fixture.run { try await fixture.folder.importContacts(next, $0) }
        let maria = try #require(ContactID("maria").flatMap { fixture.folder.contact($0) })
        #expect(maria.unknown == [JSONValue.Member("order.count", .number("2"))])
    }

    @Test("contacts: every cell that cannot be taken is a reject with its reason, the others are imported")
    func contacts() async throws {
        let fixture = try await ImportFixture()
        let path = try fixture.file(
            "c.csv",
            """
            id,account,name,email,role,language
            maria,acme,María,maria@example.org,decision-maker,pt-BR
            bad1,acme,X,not-an-address,user,en
            bad2,acme,X,x@y.z,boss,en
            bad3,acme,X,x@y.z,user,english language
            bad4,acme,"bell \u{7}",x@y.z,user,en
            short,acme
            ওমর,acme,ওমর,,,bn

            """)
        let outcome = try await fixture.run { try await fixture.folder.importContacts(path, $0) }
        #expect(outcome.summary.description == "2 added, 0 changed, 0 unchanged, 5 rejected")
        #expect(
            outcome.rejects == [
                "line 3: email: \"not-an-address\" is not an address such as maria@example.org",
                "line 4: role: \"boss\" is not one of decision-maker, influencer, user",
                "line 5: language: \"english language\" is not a language tag such as en or pt-br",
                "line 6: name: this holds a character that cannot be stored",
                "line 7: the row has 2 cells, the header 6",
            ])
        #expect(outcome.summary.notes.count == 1)
        let maria = try #require(ContactID("maria").flatMap { fixture.folder.contact($0) })
        #expect(maria.language?.rawValue == "pt-br" && maria.role == .decisionMaker && maria.name == "María")
    }

    @Test("events: other columns become fields, a repeat adds nothing, with and without ids")
    func events() async throws {
        let fixture = try await ImportFixture()
        for (name, text) in [
            (
                "e.csv",
                "id,kind,at,account,amount,currency,shop\nev1,purchase,2026-11-01,acme,12.50,EUR,Dhaka\nev2,party,2026-11-01,acme,1,EUR,\n"
            ),
            ("f.csv", "kind,at,account,shop\nusage,2026-11-01T10:00:00Z,acme,x\nusage,2026-11-01T10:00:00Z,acme,x\n"),
            ("g.jsonl", "{\"id\":\"ev3\",\"kind\":\"renewal\",\"at\":\"2026-11-01\",\"seats\":12,\"amount\":5}\n"),
        ] {
            let path = try fixture.file(name, text)
            let dry = try await fixture.run(dry: true) { try await fixture.folder.importEvents(path, $0) }
            let outcome = try await fixture.run { try await fixture.folder.importEvents(path, $0) }
            #expect(dry.summary == outcome.summary)
            let again = try await fixture.run { try await fixture.folder.importEvents(path, $0) }
            #expect(again.summary.added == 0 && again.summary.changed == 0)
            #expect(again.summary.unchanged == outcome.summary.added)
        }
        let events = try fixture.folder.events()
        #expect(events.count == 4)
        #expect(events[0].fields["shop"] == .text("Dhaka") && events[0].amount?.text == "12.5")
        #expect(events.last?.fields["seats"] == .integer(12) && events.last?.amount?.text == "5")
    }
}
