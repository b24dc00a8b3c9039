import DataFolder
import Feedback
import FeedbackTestSupport
import Records
import Testing

@Suite("Invitations and opting out")
struct InvitationTests {
    private func links(_ issued: [IssuedInvitation]) -> [String: String] {
        var links: [String: String] = [:]
        for invitation in issued {
            switch invitation.outcome {
            case .link(_, let token, let isNew):
                links[invitation.contact.id.rawValue] = (isNew ? "new " : "old ") + token
            case .skipped(let reason): links[invitation.contact.id.rawValue] = reason
            }
        }
        return links
    }

    @Test func `a repeat gives the same link, another wave another`() async throws {
        let bench = try await FolderWorkbench(Sample.trip)
        let survey = try surveyID("trip")
        for name in ["a", "b"] { _ = try await bench.invite(name) }
        let again = links(try await bench.folder.invite(survey))
        #expect(again.values.allSatisfy { $0.hasPrefix("old ") })
        #expect(links(try await bench.another().invite(survey)) == again)
        let next = links(try await bench.folder.invite(survey, wave: "2027Q1"))
        #expect(next.values.allSatisfy { $0.hasPrefix("new ") })
        #expect(bench.lines("invitations").count == 4)
        for (contact, text) in next {
            let token = String(text.dropFirst(4))
            let id = try #require(bench.folder.links.verify(token, survey: survey, purpose: .answer))
            let line = try #require(try bench.folder.invitation(id))
            #expect(line.contact.rawValue == contact)
            #expect(line.state == .sent)
            #expect(line.expires == bench.time.now().adding(days: 90))
        }
    }

    @Test func `who opted out or has answered is not asked`() async throws {
        let bench = try await FolderWorkbench(Sample.trip)
        let survey = try surveyID("trip")
        let (gone, done) = (try await bench.invite("gone"), try await bench.invite("done"))
        #expect(try await bench.folder.optOut(gone.id))
        #expect(try await bench.folder.optOut(gone.id) == false)
        _ = try await bench.send(done.id, "trip", page: "score", ["recommend": "9"])
        _ = try await bench.send(done.id, "trip", page: "last", [:])
        #expect(
            links(try await bench.folder.invite(survey)) == ["gone": "has opted out", "done": "has answered"])
        // The address stays known when the contact comes back under another id, and stands nowhere in the clear.
        var back = ContactLine(id: try contactID("back"))
        back.email = "GONE@acme.example"
        try await bench.folder.upsert(contacts: [back])
        #expect(try bench.folder.isSuppressed(back))
        #expect(links(try await bench.folder.invite(survey, contacts: [back.id])) == ["back": "has opted out"])
        #expect(!bench.lines("suppressions").joined().lowercased().contains("acme.example"))
    }

    @Test func `a link is not made where none can work`() async throws {
        let bench = try await FolderWorkbench(Sample.trip, Sample.secret)
        let trip = try surveyID("trip")
        await #expect(throws: FolderError.self) { _ = try await bench.folder.invite(try surveyID("secret")) }
        await #expect(throws: FolderError.self) { _ = try await bench.folder.invite(try surveyID("missing")) }
        await #expect(throws: FolderError.self) {
            _ = try await bench.folder.invite(trip, contacts: [try contactID("x")])
        }
        #expect(try await bench.folder.close(trip, by: "test"))
        await #expect(throws: FolderError.self) { _ = try await bench.folder.invite(trip) }
    }

    @Test func `a link made beside the server works at once`() async throws {
        let bench = try await FolderWorkbench(Sample.trip)
        #expect(try bench.folder.invitation(try responseID("unknown")) == nil)
        let command = try bench.another()
        var contact = ContactLine(id: try contactID("new"))
        contact.name = "Newcomer"
        try await command.upsert(contacts: [contact])
        let issued = try await command.invite(try surveyID("trip"))
        guard case .link(let line, _, _)? = issued.first?.outcome else {
            Issue.record("no link")
            return
        }
        #expect(try bench.folder.invitation(line.id) == line)
        #expect(bench.folder.contact(contact.id)?.name == "Newcomer")
        #expect(try await bench.send(line.id, "trip", ["recommend": "9"]).word == "accepted, next 2")
    }
}
