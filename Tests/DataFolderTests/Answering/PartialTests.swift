import DataFolder
import Feedback
import FeedbackTestSupport
import Journal
import QuestionnaireModel
import Records
import Testing

@Suite("Responses left unfinished")
struct PartialTests {
    @Test func `a draft left alone is counted with its accepted pages, once, and finishing it is the next revision`()
        async throws
    {
        let bench = try await FolderWorkbench(Sample.trip)
        let id = try await bench.invite().id
        _ = try await bench.send(id, "trip", page: "score", ["recommend": "5"])
        _ = try await bench.send(id, "trip", page: "more", ["satisfaction": "2"], intent: .keep)
        bench.wait(minutes: 59)
        #expect(try await bench.folder.settlePartials() == 0)
        bench.wait(minutes: 1)
        #expect(try await bench.folder.settlePartials() == 1)
        bench.wait(minutes: 600)
        #expect(try await bench.folder.settlePartials() == 0)
        let partial = try #require(try bench.responses("trip").first)
        #expect(!partial.isComplete)
        #expect(partial.revision == 1)
        #expect(partial.answers.entries.map(\.key) == ["recommend"])
        #expect(partial.submitted.description == "2026-11-21T10:00:00.000Z")
        #expect(partial.recorded?.description == "2026-11-21T11:00:00.000Z")
        #expect(partial.contact?.rawValue == "maria")
        // The customer comes back, still finds their place, and goes on a little; then leaves again.
        let session = try #require(try bench.folder.session(of: id, survey: try surveyID("trip")))
        #expect(session.nextPage == 1)
        #expect(session.answers["satisfaction"] == .integer(2))
        #expect(try await bench.send(id, "trip", page: "more", ["satisfaction": "3"]).word == "accepted, next 2")
        bench.wait(minutes: 61)
        #expect(try await bench.folder.settlePartials() == 1)
        #expect(try await bench.send(id, "trip", page: "last", ["wish": "tea"]).word == "completed")
        let all = try bench.responses("trip")
        #expect(all.map(\.revision) == [1, 2, 3])
        #expect(all.map(\.isComplete) == [false, false, true])
        #expect(all[2].answers.entries.map(\.key) == ["recommend", "satisfaction", "wish"])
        bench.wait(minutes: 61)
        #expect(try await bench.folder.settlePartials() == 0)
    }

    @Test func `after a restart, with or without the cache, drafts are settled just once`() async throws {
        for keepsCache in [true, false] {
            let bench = try await FolderWorkbench(Sample.trip)
            var ids: [ResponseID] = []
            for number in 0..<6 { ids.append(try await bench.invite("c\(number)").id) }
            for id in ids { _ = try await bench.send(id, "trip", page: "score", ["recommend": "5"]) }
            _ = try await bench.send(ids[0], "trip", page: "more", ["satisfaction": "5"])
            _ = try await bench.send(ids[0], "trip", page: "last", [:])
            bench.wait(minutes: 30)
            _ = try await bench.send(ids[1], "trip", page: "more", ["satisfaction": "5"])
            bench.wait(minutes: 30)
            #expect(try await bench.folder.settlePartials() == 4)
            bench.folder.close()
            if !keepsCache {
                for path in bench.files.files.keys where path.hasPrefix("data/cache/") { try bench.files.remove(path) }
            }
            let again = try bench.another(.serve)
            #expect(try await again.settlePartials() == 0)
            bench.wait(minutes: 30)
            #expect(try await again.settlePartials() == 1)
            #expect(try await again.settlePartials() == 0)
            #expect(try bench.responses("trip").count == 6)
        }
    }

    @Test func `pages that were only kept are no partial response`() async throws {
        let bench = try await FolderWorkbench(Sample.trip)
        let id = try await bench.invite().id
        _ = try await bench.send(id, "trip", page: "score", ["recommend": "5"], intent: .keep)
        bench.wait(minutes: 600)
        #expect(try await bench.folder.settlePartials() == 0)
        #expect(try bench.responses("trip").isEmpty)
    }

    @Test func `an anonymous response tells neither who nor when`() async throws {
        let bench = try await FolderWorkbench(Sample.secret)
        let questionnaire = try #require(bench.folder.catalog.live(try surveyID("secret"))?.questionnaire)
        let ids = (0..<2).map { _ in bench.folder.makeResponseID(for: questionnaire) }
        for id in ids {
            #expect(try await bench.send(id, "secret", page: "score", ["recommend": "9"]).word == "accepted, next 1")
        }
        bench.wait(minutes: 3)
        #expect(try await bench.send(ids[0], "secret", page: "last", ["wish": "tea"]).word == "completed")
        // Only the day is known, so the hour is counted from its end.
        bench.wait(minutes: 60 * 14)
        #expect(try await bench.folder.settlePartials() == 0)
        bench.wait(minutes: 60)
        #expect(try await bench.folder.settlePartials() == 1)
        for line in bench.lines("responses/secret") + bench.lines("drafts") {
            #expect(!line.contains("T10:") && !line.contains("T11:"), "\(line)")
            #expect(line.contains("T00:00:00.000Z"))
        }
        for line in try bench.responses("secret") {
            #expect(line.started == nil && line.contact == nil && line.account == nil && line.role == nil)
        }
        // Two ids of the same moment have nothing in common that tells it.
        #expect(ids[0].rawValue.prefix(6) != ids[1].rawValue.prefix(6))
    }
}
