import DataFolder
import Feedback
import FeedbackTestSupport
import Journal
import Records
import Testing

@Suite("Imported responses, people and events")
struct StoredRecordsTests {
    @Test func `a repeat adds nothing, another answer is the next revision`() async throws {
        let bench = try await FolderWorkbench(Sample.one, as: .command)
        let survey = try surveyID("one")
        var line = ResponseLine(
            id: try responseID("a"), survey: survey, version: try version("1"),
            submitted: try #require(Timestamp("2025-01-02T03:04:05Z")),
            answers: Answers([.init(key: "recommend", answer: .integer(9))]))
        line.contact = ContactID("maria")
        #expect(try await bench.folder.append(imported: [line, line]) == outcome(added: 1, unchanged: 1))
        #expect(try await bench.folder.append(imported: [line]) == outcome(unchanged: 1))
        line.answers["recommend"] = .integer(3)
        #expect(try await bench.folder.append(imported: [line]) == outcome(changed: 1))
        let all = try bench.responses("one")
        #expect(all.map(\.revision) == [1, 2])
        #expect(all[0].recorded?.description == "2026-11-21T10:00:00.000Z")
        #expect(try bench.folder.state(of: line.id, survey: survey) == .complete(all[1]))
        #expect(try bench.folder.responseSegments(of: survey) == ["data/responses/one/2026-11.jsonl"])
        #expect(try bench.folder.surveysWithResponses() == [survey])
    }

    @Test func `people are upserted whole, and only when they differ`() async throws {
        let bench = try await FolderWorkbench(as: .command)
        var acme = AccountLine(id: try accountID("acme \"q\" ভালো\\"))
        acme.name = "Acme"
        #expect(try await bench.folder.upsert(accounts: [acme]) == outcome(added: 1))
        #expect(try await bench.folder.upsert(accounts: [acme]) == outcome(unchanged: 1))
        acme.name = "Acme Tools"
        #expect(try await bench.folder.upsert(accounts: [acme]) == outcome(changed: 1))
        #expect(bench.folder.account(acme.id)?.name == "Acme Tools")
        #expect(bench.folder.account(acme.id)?.recorded == bench.time.now())
        #expect(try bench.folder.accounts().map(\.name) == ["Acme Tools"])
        #expect(bench.lines("accounts").count == 2)
        // Another process sees it, and many fit into one step and several.
        let other = try bench.another(.reading)
        #expect(other.account(acme.id)?.name == "Acme Tools")
        let many = try (0..<5000).map { number in
            var contact = ContactLine(id: try contactID("c\(number)"))
            contact.account = acme.id
            return contact
        }
        #expect(try await bench.folder.upsert(contacts: many) == outcome(added: 5000))
        #expect(try await bench.folder.upsert(contacts: many) == outcome(unchanged: 5000))
        #expect(try bench.folder.contacts().count == 5000)
        #expect(bench.folder.contact(many[4321].id)?.account == acme.id)
    }

    @Test func `events are found by their id across months`() async throws {
        let bench = try await FolderWorkbench(as: .command)
        let event = EventLine(id: "ev-1", kind: .purchase, at: bench.time.now())
        #expect(try await bench.folder.append(events: [event]) == outcome(added: 1))
        bench.wait(minutes: 60 * 24 * 40)
        #expect(try await bench.folder.append(events: [event]) == outcome(unchanged: 1))
        var other = event
        other.note = "second thoughts"
        #expect(try await bench.folder.append(events: [other]) == outcome(changed: 1))
        #expect(try bench.folder.events().map(\.note) == ["second thoughts"])
        #expect(bench.folder.event("ev-1")?.note == "second thoughts")
        #expect(bench.files.files.keys.contains("data/events/2026-12.jsonl"))
    }

    private func outcome(added: Int = 0, changed: Int = 0, unchanged: Int = 0) -> UpsertOutcome {
        var outcome = UpsertOutcome()
        outcome.added = added
        outcome.changed = changed
        outcome.unchanged = unchanged
        return outcome
    }
}
