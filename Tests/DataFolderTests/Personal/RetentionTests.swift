import DataFolder
import Feedback
import FeedbackTestSupport
import Journal
import QuestionnaireModel
import Records
import Testing

@Suite("Retention periods")
struct RetentionTests {
    private static let day: Int64 = 86_400_000

    /// A survey asked by personal link that keeps who answered for thirty days.
    private static let trip = Sample.trip.replacing("access=\"invited\"", with: "access=\"invited\" retain=\"30d\"")

    private func answer(_ bench: FolderWorkbench, _ contact: String, wave: String, _ score: String) async throws {
        let asked = try await bench.asked(contact, wave: wave)
        _ = try await bench.send(asked.id, "trip", page: "score", ["recommend": score])
        _ = try await bench.send(asked.id, "trip", page: "more", ["satisfaction": "4"])
        _ = try await bench.send(asked.id, "trip", page: "last", ["wish": "words of \(contact)"])
    }

    @Test(
        "past its period an answer loses who gave it and what was typed, and no score is lost; a repeat changes nothing"
    )
    func periods() async throws {
        let bench = try await FolderWorkbench(Self.trip, Sample.one)
        try await bench.person("maria-77", "Maria Lopez", "maria@acme.example")
        try await bench.person("bob-12", "Bob Stone", "bob@birch.example")
        try await answer(bench, "maria-77", wave: "2026Q4", "3")
        _ = try await bench.send(
            try responseID("open1"), "one", page: "only", ["recommend": "7", "reason": "for ever"])
        bench.time.set(bench.time.now().adding(milliseconds: 20 * Self.day))
        try await answer(bench, "bob-12", wave: "2026Q4", "9")
        let started = try await bench.asked("maria-77", wave: "2027Q1")
        _ = try await bench.send(started.id, "trip", page: "score", ["recommend": "5"])
        bench.time.set(bench.time.now().adding(milliseconds: 12 * Self.day))
        let scores = try bench.scores("trip")
        let before = bench.files.files

        let command = try bench.another()
        let dry = try await command.retain(isDry: true, by: "test")
        #expect(bench.files.files == before, "a dry run changes nothing")
        let summary = try await command.retain(isDry: false, by: "test")
        let trip = try surveyID("trip")
        #expect(summary == dry && summary.responses == [trip: 1])
        #expect(try bench.scores("trip") == scores)
        let lines = try bench.responses("trip")
        #expect(lines.compactMap { $0.contact?.rawValue }.filter { $0.hasPrefix("past-") }.count == 1)
        #expect(bench.files(holding: ["words of maria-77"]) == [])
        #expect(bench.files(holding: ["words of bob-12", "for ever"]).count == 2)
        // Of the drafts only the one that may still be finished is left, of the invitations the two younger ones.
        #expect(bench.lines("drafts").count == 1 && bench.lines("drafts").first?.contains(started.id.rawValue) == true)
        #expect(bench.lines("invitations").count == 2)
        #expect(try await command.retain(isDry: false, by: "test").isEmpty)
        #expect(
            try await bench.send(started.id, "trip", page: "more", ["satisfaction": "3"]).word == "accepted, next 2")
    }

    @Test("answers of one contact in one wave stay one until all of them are past")
    func units() async throws {
        let relationship = Sample.one.replacing("access=\"open\"", with: "access=\"open\" retain=\"10d\"")
        let bench = try await FolderWorkbench(relationship, as: .command)
        for (day, score) in [(0, 3), (8, 9)] {
            var line = ResponseLine(
                id: try responseID("r\(day)"), survey: try surveyID("one"), version: try version("1"),
                submitted: bench.time.now().adding(milliseconds: Int64(day) * Self.day),
                answers: Answers([.init(key: "recommend", answer: .integer(score))]))
            line.contact = try contactID("maria-77")
            try await bench.folder.append(imported: [line])
        }
        func contacts() throws -> Set<String> { Set(try bench.responses("one").compactMap { $0.contact?.rawValue }) }
        bench.time.set(bench.time.now().adding(milliseconds: 12 * Self.day))
        #expect(try await bench.folder.retain(isDry: false, by: "test").isEmpty)
        #expect(try contacts() == ["maria-77"])
        bench.time.set(bench.time.now().adding(milliseconds: 7 * Self.day))
        #expect(try await bench.folder.retain(isDry: false, by: "test").responses.values.reduce(0, +) == 2)
        let left = try contacts()
        #expect(left.count == 1 && left != ["maria-77"])
    }

    @Test("whatever fails, each line is as it was or as it should be, and a repeat finishes it")
    func faults() async throws {
        let bench = try await FolderWorkbench(Self.trip, as: .command)
        try await bench.person("maria-77", "Maria Lopez", "maria@acme.example")
        try await answer(bench, "maria-77", wave: "2026Q4", "3")
        bench.time.set(bench.time.now().adding(milliseconds: 40 * Self.day))
        bench.folder.close()
        let reference = bench.copy()
        _ = try await reference.another().retain(isDry: false, by: "test")
        var failing = 0
        var isDone = false
        while !isDone {
            let tried = bench.copy()
            tried.files.setPlan { [failing] number, _ in number >= failing ? .error(28) : nil }
            isDone = (try? await tried.another().retain(isDry: false, by: "test")) != nil
            tried.files.setPlan(nil)
            let left = FolderWorkbench(tried, tried.files.afterPowerCut { $0 / 2 })
            _ = try await left.another().retain(isDry: false, by: "test")
            #expect(left.content == reference.content, "failing at \(failing)")
            failing += 1
        }
        #expect(failing > 10)
    }
}
