import DataFolder
import Feedback
import FeedbackTestSupport
import Journal
import QuestionnaireModel
import Records
import Testing

@Suite("Submitting pages")
struct SubmitTests {
    @Test func `a page of an open survey becomes the line that the contract shows`() async throws {
        let bench = try await FolderWorkbench(Sample.one)
        let id = try responseID("01KB2V8J3N5Q7R9T1W3Y5Z7A9C")
        #expect(try await bench.send(id, "one", ["recommend": "9", "reason": "Fast \"and\" kind"]).word == "completed")
        #expect(
            bench.lines("responses/one") == [
                #"{"v":1,"id":"01KB2V8J3N5Q7R9T1W3Y5Z7A9C","revision":1,"survey":"one","version":"1","#
                    + #""submitted":"2026-11-21T10:00:00.000Z","channel":"link","language":"en","#
                    + #""answers":{"recommend":9,"reason":"Fast \"and\" kind"}}"#
            ])
        #expect(bench.lines("drafts").isEmpty)
        #expect(bench.files.files.keys.contains("data/responses/one/2026-11.jsonl"))
    }

    @Test func `page by page, a draft after each, then one response with who answered`() async throws {
        let bench = try await FolderWorkbench(Sample.trip)
        let id = try await bench.invite(wave: "2026Q4").id
        #expect(
            try await bench.send(id, "trip", page: "score", ["recommend": "7", "reason": "hidden"]).word
                == "accepted, next 1")
        bench.wait(minutes: 1)
        #expect(try await bench.send(id, "trip", page: "more", ["satisfaction": "4"]).word == "accepted, next 2")
        guard case .draft(let draft) = try bench.folder.state(of: id, survey: try surveyID("trip")) else {
            Issue.record("no draft")
            return
        }
        #expect(draft.pages.map(\.rawValue) == ["score", "more"])
        #expect(
            draft.answers
                == Answers([
                    .init(key: "recommend", answer: .integer(7)), .init(key: "satisfaction", answer: .integer(4)),
                ]))
        #expect(draft.started.description == "2026-11-21T10:00:00.000Z")
        #expect(draft.recorded.description == "2026-11-21T10:01:00.000Z")
        #expect(try await bench.send(id, "trip", page: "last", ["wish": " "]).word == "completed")
        let response = try #require(try bench.responses("trip").first)
        #expect(response.contact?.rawValue == "maria")
        #expect(response.account?.rawValue == "acme")
        #expect(response.role == .decisionMaker)
        #expect(response.wave == "2026Q4")
        #expect(response.started?.description == "2026-11-21T10:00:00.000Z")
        #expect(response.answers == draft.answers)
        #expect(bench.lines("drafts").count == 2)
    }

    @Test func `the same again changes nothing; anything else after the end comes too late`() async throws {
        let bench = try await FolderWorkbench(Sample.trip)
        let id = try await bench.invite().id
        for _ in 0..<2 {
            #expect(try await bench.send(id, "trip", page: "score", ["recommend": "9"]).word == "accepted, next 2")
        }
        #expect(bench.lines("drafts").count == 1)
        for _ in 0..<2 { #expect(try await bench.send(id, "trip", page: "last", ["wish": "more"]).word == "completed") }
        #expect(try await bench.send(id, "trip", page: "score", ["recommend": "9"]).word == "completed")
        #expect(try await bench.send(id, "trip", page: "last", ["wish": "less"]).word == "already answered")
        #expect(try await bench.send(id, "trip", page: "score", ["recommend": "2"]).word == "already answered")
        #expect(
            try await bench.send(id, "trip", page: "score", ["recommend": "9"], intent: .keep).word
                == "already answered")
        #expect(bench.lines("responses/trip").count == 1)
        // And after a restart.
        bench.folder.close()
        let again = try bench.another(.serve)
        #expect(try await bench.send(id, "trip", page: "last", ["wish": "more"], in: again).word == "completed")
        #expect(try await bench.send(id, "trip", page: "last", ["wish": "less"], in: again).word == "already answered")
        #expect(bench.lines("responses/trip").count == 1)
    }

    @Test func `one link sent sixteen times at once gives one response`() async throws {
        let bench = try await FolderWorkbench(Sample.one)
        for isSame in [true, false] {
            let id = try responseID(isSame ? "same" : "different")
            let words = try await withThrowingTaskGroup(of: String.self) { group in
                for number in 0..<16 {
                    group.addTask {
                        try await bench.send(id, "one", ["recommend": isSame ? "9" : String(number % 11)]).word
                    }
                }
                return try await group.reduce(into: [String]()) { $0.append($1) }
            }
            #expect(
                words.count { $0 == "completed" }
                    == (isSame ? 16 : words.count - words.count { $0 == "already answered" }))
            #expect(try bench.responses("one").count { $0.id == id } == 1)
        }
    }

    @Test func `two processes at once give one response a link`() async throws {
        let bench = try await FolderWorkbench(Sample.one)
        let other = try bench.another()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<200 {
                group.addTask {
                    let id = try responseID("n\(number / 2)")
                    _ = try await bench.send(
                        id, "one", ["recommend": String(number % 11)], in: number % 2 == 0 ? other : nil)
                }
            }
            try await group.waitForAll()
        }
        let responses = try bench.responses("one")
        #expect(responses.count == 100)
        #expect(Set(responses.map(\.id)).count == 100)
    }

    @Test func `a thousand at once are all there, once`() async throws {
        let bench = try await FolderWorkbench(Sample.one)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<1000 {
                group.addTask {
                    let word = try await bench.send(
                        try responseID("n\(number)"), "one",
                        ["recommend": "\(number % 11)", "reason": "answer \(number)"]
                    ).word
                    #expect(word == "completed")
                }
            }
            try await group.waitForAll()
        }
        let responses = try bench.responses("one")
        #expect(Set(responses.compactMap { $0.answers["reason"] }).count == 1000)
        #expect(responses.count == 1000)
    }

    @Test func `a page with problems stores nothing and says them all`() async throws {
        let bench = try await FolderWorkbench(Sample.trip)
        let id = try await bench.invite().id
        #expect(try await bench.send(id, "trip", page: "score", [:]).word == "refused on 0, 1 problems, 0 revealed")
        #expect(
            try await bench.send(id, "trip", page: "score", ["recommend": "11"]).word
                == "refused on 0, 1 problems, 0 revealed")
        #expect(bench.lines("drafts").isEmpty)
        let drawn: Set<QuestionID> = [try #require(QuestionID("recommend"))]
        #expect(
            try await bench.send(id, "trip", page: "score", ["recommend": "3"], drawn: drawn).word
                == "refused on 0, 0 problems, 1 revealed")
        #expect(
            try await bench.send(id, "trip", page: "score", ["recommend": "9"], drawn: drawn).word == "accepted, next 2"
        )
    }

    @Test func `going back keeps what is valid without accepting the page`() async throws {
        let bench = try await FolderWorkbench(Sample.trip)
        let id = try await bench.invite().id
        #expect(
            try await bench.send(id, "trip", page: "score", ["recommend": "5", "reason": "slow"]).word
                == "accepted, next 1")
        #expect(try await bench.send(id, "trip", page: "more", [:], intent: .keep).word == "kept, 0 problems")
        #expect(bench.lines("drafts").count == 1)
        #expect(
            try await bench.send(id, "trip", page: "more", ["satisfaction": "2"], intent: .keep).word
                == "kept, 0 problems")
        #expect(bench.lines("drafts").count == 2)
        let session = try #require(try bench.folder.session(of: id, survey: try surveyID("trip")))
        #expect(session.nextPage == 1)
        #expect(session.answers["satisfaction"] == .integer(2))
        // A better score hides the second page, and its answer is dropped at that very post.
        #expect(
            try await bench.send(id, "trip", page: "score", ["recommend": "9", "reason": "slow"]).word
                == "accepted, next 2")
        #expect(try await bench.send(id, "trip", page: "last", ["wish": "x"]).word == "completed")
        #expect(try bench.responses("trip").first?.answers.entries.map(\.key) == ["recommend", "wish"])
    }

    @Test func `a failed sync stores nothing, and the same submission succeeds afterwards`() async throws {
        let bench = try await FolderWorkbench(Sample.one)
        let id = try responseID("a")
        bench.files.setPlan { _, call in call == .sync ? .error(5) : nil }
        await #expect(throws: FolderError.self) { _ = try await bench.send(id, "one", ["recommend": "9"]) }
        #expect(try bench.folder.state(of: id, survey: try surveyID("one")) == .none)
        bench.files.setPlan(nil)
        #expect(try await bench.send(id, "one", ["recommend": "8"]).word == "completed")
        #expect(try bench.responses("one").map { $0.answers["recommend"] } == [.integer(8)])
    }

    @Test func `when the clock steps back, recorded does not`() async throws {
        let bench = try await FolderWorkbench(Sample.one)
        _ = try await bench.send(try responseID("a"), "one", ["recommend": "9"])
        bench.wait(minutes: -60)
        _ = try await bench.send(try responseID("b"), "one", ["recommend": "9"])
        bench.folder.close()
        _ = try await bench.send(try responseID("c"), "one", ["recommend": "9"], in: try bench.another(.serve))
        let responses = try bench.responses("one")
        #expect(
            responses.map(\.submitted.description) == ["2026-11-21T10:00:00.000Z"]
                + Array(repeating: "2026-11-21T09:00:00.000Z", count: 2))
        #expect(responses.map(\.known.description) == Array(repeating: "2026-11-21T10:00:00.000Z", count: 3))
        #expect(responses[0].recorded == nil)
    }

    @Test func `what cannot be answered says why`() async throws {
        let bench = try await FolderWorkbench(Sample.one, Sample.trip)
        let nobody = try responseID("nobody")
        #expect(try await bench.send(nobody, "missing", ["recommend": "9"]).word == "unavailable: unknown")
        #expect(try await bench.send(nobody, "trip", ["recommend": "9"]).word == "unavailable: unknown")
        let early = try await bench.invite("early").id
        let late = try await bench.invite("late").id
        #expect(try await bench.send(early, "one", ["recommend": "9"]).word == "unavailable: unknown")
        #expect(try await bench.send(early, "trip", page: "score", ["recommend": "9"]).word == "accepted, next 2")
        bench.wait(minutes: 91 * 24 * 60)
        #expect(try await bench.send(late, "trip", ["recommend": "9"]).word == "unavailable: expired")
        bench.wait(minutes: -91 * 24 * 60)
        #expect(try await bench.send(early, "trip", page: "last", [:]).word == "completed")
        // Closed by a command beside the server.
        #expect(try await bench.another().close(try surveyID("trip"), by: "test"))
        #expect(bench.folder.catalog.live(try surveyID("trip"))?.isOpen == false)
        #expect(try await bench.send(late, "trip", ["recommend": "9"]).word == "unavailable: closed")
        #expect(try await bench.send(early, "trip", page: "last", [:]).word == "completed")
    }
}
