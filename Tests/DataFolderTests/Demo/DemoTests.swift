import Analysis
import ArchiveExport
import DataFolder
import Diagnostics
import Feedback
import FeedbackTestSupport
import Markup
import QuestionnaireModel
import Records
import Testing

@Suite("Demo: a believable company")
struct DemoTests {
    private func laidOut(seed: UInt64 = 7) async throws -> (fixture: ImportFixture, summary: DemoCompany.Summary) {
        let fixture = try await ImportFixture()
        let sources = DemoCompany.surveys.map { survey in
            SourceText(file: "\(survey.id).xml", bytes: survey.asset.bytes)
        }
        return (fixture, try await DemoCompany.layOut(in: fixture.folder, surveys: sources, seed: seed))
    }

    @Test("it has customers, people, purchases and two years of responses, and verifies")
    func size() async throws {
        let (fixture, summary) = try await laidOut()
        #expect(
            summary.accounts == 40 && (150...220).contains(summary.contacts) && summary.events > 400
                && summary.responses > 500)
        let result = try await fixture.folder.verify()
        #expect(result.problems == [])
        #expect(try fixture.folder.verify(user: DemoCompany.userName, password: DemoCompany.password))
        let lines = try fixture.lines("relationship") + fixture.lines("post-purchase")
        #expect(lines.count == summary.responses)
        let first = try #require(lines.map(\.submitted).min())
        #expect(first < fixture.time.now().adding(days: -700) && lines.allSatisfy { $0.submitted < fixture.time.now() })
        // Every line stands in the segment of its month.
        for survey in DemoCompany.surveys {
            for path in try fixture.folder.responseSegments(of: try #require(SurveyID(survey.id))) {
                let month = String(path.split(separator: "/").last?.prefix(7) ?? "")
                #expect(try Self.lines(of: path).allSatisfy { $0.submitted.month == month })
            }
        }
    }

    private static func lines(of path: String) throws -> [ResponseLine] {
        var reader = JSONLReader(try ByteChunks(path: path))
        var lines: [ResponseLine] = []
        while let item = try reader.next() {
            guard case .record(let record) = item else { continue }
            var writer = JSONWriter()
            writer.value(.object(record.cells))
            lines.append(try ResponseLine(writer.bytes))
        }
        return lines
    }

    @Test("the same seed and moment give the same company, another seed another")
    func deterministic() async throws {
        let one = try await laidOut().fixture
        let two = try await laidOut().fixture
        let three = try await laidOut(seed: 8).fixture
        #expect(
            try one.lines("relationship") == two.lines("relationship") && one.folder.contacts() == two.folder.contacts()
        )
        #expect(try one.lines("relationship") != three.lines("relationship"))
    }

    @Test("what is said was answered as the form asks it, in several languages")
    func answers() async throws {
        let (fixture, _) = try await laidOut()
        var languages: Set<String> = []
        var texts: Set<String> = []
        for survey in DemoCompany.surveys {
            let id = try #require(SurveyID(survey.id))
            let questionnaire = try #require(fixture.folder.catalog.live(id)?.questionnaire)
            for line in try fixture.lines(survey.id) {
                if let language = line.language { languages.insert(language.rawValue) }
                let routing = Routing(
                    questionnaire, answers: line.answers, fields: ResponseSession.values(line.fields, questionnaire))
                try #require(routing.answers == line.answers)
                let isWhole = questionnaire.pages.indices.allSatisfy { routing.missing(on: $0).isEmpty }
                #expect(!line.isComplete || isWhole)
                for entry in line.answers.entries {
                    if case .text(let text) = entry.answer { texts.insert(text) }
                }
            }
        }
        #expect(languages.isSuperset(of: ["en", "bn", "ar"]))
        #expect(
            texts.contains { $0.contains("boiler") }
                && texts.contains { $0.unicodeScalars.contains { $0.properties.isAlphabetic && $0.value > 0x900 } })
    }

    @Test("the report has a few at high risk with their stories, some in between, some unknown, and most low")
    func report() async throws {
        let (fixture, _) = try await laidOut()
        let folder = fixture.folder
        let analyzer = PortfolioAnalyzer(
            try DataFiles(folder: folder.path),
            definitions: SurveyDefinitions { survey, version in folder.catalog.questionnaire(survey, version) })
        let report = try analyzer.analyze(asOf: fixture.time.now()).report()
        func accounts(_ band: RiskBand) -> [String] {
            report.accounts.filter { $0.risk == band }.map(\.id.rawValue).sorted()
        }
        #expect(accounts(.high) == ["bergmann-hotels", "harbour-and-pine", "lakeshore-hotels", "meghna-hotels"])
        #expect(
            accounts(.medium) == [
                "nordlicht-kliniken", "oasis-hotels", "padma-roasters", "pembroke-inns", "redwood-offices",
            ])
        #expect(accounts(.unknown) == ["falcon-lounge", "hotel-des-cedres", "union-hall"])
        #expect(accounts(.low).count == 28)
        let bergmann = try #require(report.accounts.first { $0.id.rawValue == "bergmann-hotels" })
        let fall = try #require(bergmann.flags.first { $0.rule == "person-fell" })
        #expect(fall.evidence[0].quote?.contains("boiler") == true && fall.isNew)
        let notices = report.accounts.flatMap(\.notices).map(\.rule)
        #expect(notices.contains("silent-decision-maker") && notices.filter { $0 == "renewal-near" }.count >= 5)
    }

    @Test("a folder with customers is not touched")
    func refused() async throws {
        let fixture = try await ImportFixture()
        try await fixture.folder.upsert(accounts: [AccountLine(id: try #require(AccountID("acme")))])
        let error = await #expect(throws: FolderError.self) {
            try await DemoCompany.layOut(in: fixture.folder, surveys: [])
        }
        #expect(error?.exitStatus == 73)
        #expect(try fixture.folder.accounts().count == 1)
    }

    @Test("Maria's link is the same until she has answered, then another one is open")
    func link() async throws {
        let (fixture, _) = try await laidOut()
        let first = try #require(try await DemoCompany.personalLink(in: fixture.folder))
        #expect(first.name == "Maria Keller" && first.path.hasPrefix("/s/post-purchase/"))
        #expect(try await DemoCompany.personalLink(in: fixture.folder) == first)
        let survey = try #require(SurveyID("post-purchase"))
        let token = String(first.path.split(separator: "/").last ?? "")
        let id = try #require(fixture.folder.links.verify(token, survey: survey, purpose: .answer))
        #expect(try fixture.folder.invitation(id)?.fields["order.product"] == .text("Copper kettle"))
        while let session = try fixture.folder.session(of: id, survey: survey), let page = session.nextPage {
            let form = FormFields([
                .init(name: "recommend", value: "9"), .init(name: "delivery", value: "5"),
                .init(name: "testimonial", value: "no"),
            ])
            _ = try await fixture.folder.submit(
                PageSubmission(
                    id: id, survey: survey, page: session.questionnaire.pages[page].id, form: form, channel: .link))
        }
        let second = try #require(try await DemoCompany.personalLink(in: fixture.folder))
        #expect(second != first)
    }
}
