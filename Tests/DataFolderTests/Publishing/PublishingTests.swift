import DataFolder
import Diagnostics
import Feedback
import FeedbackTestSupport
import Journal
import QuestionnaireModel
import SurveyCompiler
import Testing

@Suite("Publishing")
struct PublishingTests {
    private func edited(_ version: String = "1", _ title: String) -> String {
        Sample.one.replacing("version=\"1\"", with: "version=\"\(version)\"").replacing(
            "<title>One<", with: "<title>\(title)<")
    }

    @Test func `a version never changes; a new one takes its place and the old is still there`() async throws {
        let bench = try await FolderWorkbench(Sample.one)
        let (survey, folder) = (try surveyID("one"), bench.folder)
        let (first, second) = (try version("1"), try version("2"))
        #expect(try await FolderWorkbench.publish(Sample.one, in: folder) == .unchanged(survey, first))
        do {
            try await FolderWorkbench.publish(edited("1", "Changed"), in: folder)
            Issue.record("other bytes were taken")
        } catch let error as FolderError {
            #expect(error.exitStatus == 65)
            #expect(error.message.contains("version=\"2\""))
        }
        #expect(try await FolderWorkbench.publish(edited("2", "Changed"), in: folder) == .published(survey, second))
        #expect(folder.catalog.live(survey)?.questionnaire.version == second)
        #expect(folder.catalog.questionnaire(survey, first)?.version == first)
        #expect(folder.catalog.questionnaire(survey, try version("3")) == nil)
        // Back to the first, as after a mistake.
        #expect(try await FolderWorkbench.publish(Sample.one, in: folder) == .published(survey, first))
        #expect(bench.lines("published").count == 3)
        #expect(bench.lines("audit").count == 3)
        #expect(bench.files.files["data/definitions/one/1.xml"] == Array(Sample.one.utf8))
    }

    @Test func `a refusal names what would break, and a new version says what it breaks`() async throws {
        let bench = try await FolderWorkbench(Sample.one)
        let rename = { (version: String) in
            self.edited(version, "One").replacing("id=\"reason\"", with: "id=\"why\"").replacing(
                "Would you?", with: "Will you?")
        }
        do {
            try await FolderWorkbench.publish(rename("1"), in: bench.folder)
            Issue.record("a breaking change was taken")
        } catch let error as FolderError {
            #expect(error.exitStatus == 65)
            #expect(error.message.contains("question reason: was taken out"))
            #expect(error.message.contains("definitions/one/1.xml:4"))
        }
        let source = SourceText(file: "survey.xml", bytes: Array(rename("2").utf8))
        let questionnaire = try #require(SurveyCompiler().compile(source).questionnaire)
        let changes = try #require(try await bench.folder.changes(source, questionnaire).first)
        #expect(changes.lines(.breaksAnswers).count == 1)
        #expect(changes.lines(.breaksTrend) == ["survey.xml:3: question recommend: the wording changed"])
        #expect(
            try await bench.folder.publish(source, questionnaire, by: "test")
                == .published(try surveyID("one"), try version("2")))
        #expect(try await bench.folder.changes(source, questionnaire).isEmpty)
        // Both versions stay, each for the answers it was given.
        #expect(
            bench.folder.catalog.questionnaire(try surveyID("one"), try version("1"))?.question(
                try #require(QuestionID("reason"))) != nil)
    }

    @Test func `an id that comes back as something else is told, though the last version did not have it`() async throws
    {
        let bench = try await FolderWorkbench(Sample.one)
        let without = edited("2", "One").replacing("id=\"reason\"", with: "id=\"why\"")
        try await FolderWorkbench.publish(without, in: bench.folder)
        let back = edited("3", "One").replacing("<text id=\"reason\"", with: "<email id=\"reason\"")
            .replacing("</text>", with: "</email>")
        let source = SourceText(file: "survey.xml", bytes: Array(back.utf8))
        let questionnaire = try #require(SurveyCompiler().compile(source).questionnaire)
        let changes = try await bench.folder.changes(source, questionnaire)
        #expect(changes.map(\.oldVersion.rawValue) == ["2", "1"])
        #expect(changes[0].reuses.isEmpty && changes[1].reuses.count == 1)
        #expect(changes[1].reuses[0].contains("<text> became <email>"))
    }

    @Test func `what was published before it could be proven wrong goes on being asked and read`() async throws {
        let bench = try await FolderWorkbench()
        // As an earlier heed took it: a question that nobody can reach.
        let text = edited("1", "One").replacing(
            "<text id=\"reason\"", with: "<text id=\"reason\" show-if=\"recommend gt 10\"")
        let source = SourceText(file: "survey.xml", bytes: Array(text.utf8))
        #expect(SurveyCompiler().compile(source).questionnaire == nil)
        let questionnaire = try #require(SurveyCompiler().published(source).questionnaire)
        _ = try await bench.folder.publish(source, questionnaire, by: "test")
        let again = try bench.another()
        let live = try #require(again.catalog.live(try surveyID("one")))
        #expect(live.isOpen && live.questionnaire.digest == questionnaire.digest)
        // A file that is no survey any more is refused as before.
        #expect(
            SurveyCompiler().published(SourceText(file: "s.xml", bytes: Array("<survey".utf8))).questionnaire == nil)
    }

    @Test func `closing, closing again and opening again`() async throws {
        let bench = try await FolderWorkbench(Sample.one)
        let survey = try surveyID("one")
        let beside = try bench.another()
        #expect(try await beside.close(survey, by: "test"))
        #expect(try await bench.folder.close(survey, by: "test") == false)
        #expect(bench.folder.catalog.live(survey)?.isOpen == false)
        #expect(try await FolderWorkbench.publish(Sample.one, in: beside) == .published(survey, try version("1")))
        #expect(bench.folder.catalog.live(survey)?.isOpen == true)
        await #expect(throws: FolderError.self) { try await bench.folder.close(try surveyID("never"), by: "test") }
    }

    @Test func `a publish that failed half way can be done again, also with other bytes`() async throws {
        for failing in 0..<24 {
            let bench = try await FolderWorkbench()
            bench.files.setPlan { number, _ in number == failing ? .error(28) : nil }
            let isDone = (try? await FolderWorkbench.publish(edited("1", "First"), in: bench.folder)) != nil
            bench.files.setPlan(nil)
            let title = isDone ? "First" : "Second"
            try await FolderWorkbench.publish(edited("1", title), in: bench.folder)
            let again = try bench.another(.reading)
            #expect(again.catalog.live(try surveyID("one"))?.isOpen == true)
            #expect(again.mended == [])
            #expect(bench.files.files["data/definitions/one/1.xml"] == Array(edited("1", title).utf8))
        }
    }

    @Test func `a definition that is gone or was changed is told, and stops nothing else`() async throws {
        let bench = try await FolderWorkbench(Sample.one, Sample.trip)
        bench.folder.close()
        try bench.files.remove("data/definitions/one/1.xml")
        bench.files.overwrite(
            "data/definitions/trip/1.xml", with: Array(Sample.trip.replacing("Any wish", with: "No wish").utf8))
        let again = try bench.another(.serve)
        #expect(again.catalog.all.map(\.questionnaire.id.rawValue) == ["trip"])
        #expect(again.mended.count == 2)
        #expect(again.mended[0].contains("definitions/one/1.xml is missing"))
        #expect(again.mended[1].contains("definitions/trip/1.xml was changed"))
    }
}
