internal import Feedback
internal import FeedbackTestSupport
internal import QuestionnaireModel
internal import Records
import Testing

@testable import Analysis

/// What one survey's answers say, question by question.
@Suite struct SurveyAnalyzerTests {
    private static let asOf = moment("2026-11-21")

    /// Real answers of a bank's customers, through the same files as any others.
    @Test(.enabled(if: SharedStatistics.isPresent)) func bankCustomers() throws {
        let survey = Surveys.compiled(
            """
            <survey xmlns="urn:heed:survey:1" id="bank" version="1" kind="relationship" languages="en">
              <title>Your bank</title>
              <page id="only"><nps id="loy3"><prompt>Would you recommend us?</prompt></nps>
                <rating id="sat1" from="0" to="10"><prompt>Satisfied?</prompt></rating></page>
              <ending><message>Thanks</message></ending>
            </survey>
            """)
        let folder = try AnalysisFolder([survey])
        let rows = SharedStatistics.rows("satisfaction_bank_ecsi.csv")
        try folder.write(
            responses: rows.enumerated().map { index, row in
                let answers = Answers(
                    ["loy3", "sat1"].map { .init(key: $0, answer: .integer(Int(SharedStatistics.number(row, $0)))) })
                return ResponseLine(
                    id: sure(ResponseID("row-\(index)")), survey: survey.id, version: survey.version,
                    submitted: moment("2026-11-01"), answers: answers)
            })
        let results = try folder.results(survey.id, Self.asOf, partSize: 5000)
        #expect(results.responses == 250 && results.partials == 0)
        let recommend = try #require(results.questions.first)
        #expect(recommend.kind == "nps" && recommend.n == 250)
        #expect(recommend.counts.map(\.count) == [86, 99, 65])
        #expect(isNear(recommend.figure?.value, -0.084, 1e-12))
        #expect(isNear(recommend.figure?.interval, [-0.178668, 0.012388], 1e-6))
        let mean = SharedStatistics.column("sat1", of: rows).reduce(0, +) / 250
        #expect(isNear(results.questions[1].figure?.value, mean, 1e-12))
    }

    @Test func everyMeasure() throws {
        let folder = try AnalysisFolder()
        func line(_ id: Int, _ answers: [(String, Answer)], complete: Bool = true) -> ResponseLine {
            var line = ResponseLine.score(
                id % 11, by: "p\(id)", on: "2026-11-0\(id % 9 + 1)", id: "r\(id)")
            line.answers = Answers(answers.map { .init(key: $0.0, answer: $0.1) })
            line.isComplete = complete
            return line
        }
        try folder.write(responses: [
            line(
                1,
                [
                    ("recommend", .integer(10)), ("satisfaction", .integer(5)), ("effort", .integer(7)),
                    ("quality", .integer(8)),
                    ("topics", .list(["price", "other"])), ("topics.other", .text("hours")), ("orders", .integer(3)),
                    ("quote-me", .consent(given: true, text: "aa")), ("reason", .text("one")),
                ]),
            line(
                2,
                [
                    ("recommend", .integer(0)), ("satisfaction", .integer(3)), ("effort", .integer(5)),
                    ("quality", .integer(9)),
                    ("topics", .list(["price"])), ("orders", .number(sure(DecimalNumber("0.5")))),
                    ("quote-me", .consent(given: false, text: "aa")), ("reason", .text("two")),
                ]),
            line(3, [("satisfaction", .integer(4)), ("orders", .integer(100))], complete: false),
        ])
        let results = try folder.results(Surveys.relationship.id, Self.asOf)
        #expect(results.responses == 2 && results.partials == 1)
        func question(_ id: String) throws -> QuestionResults { try #require(results.questions.first { $0.id == id }) }
        #expect(try question("recommend").figure?.value == 0)
        #expect(try question("satisfaction").figure?.value == 2.0 / 3)
        #expect(try question("satisfaction").besides.first?.value == 4)
        #expect(try question("satisfaction").n == 3, "answers on accepted pages count, complete or not")
        #expect(try question("effort").figure?.value == 0.5)
        #expect(try question("quality").figure?.value == 8.5 && question("quality").figure?.interval == nil)
        let topics = try question("topics")
        #expect(topics.n == 2 && topics.distribution.map(\.count) == [2, 0, 1])
        #expect(topics.distribution.map(\.label) == ["Price", "Speed", "Other"])
        let orders = try question("orders")
        #expect(orders.figure?.value == 34.5 && orders.besides.map(\.value) == [3, 0.5, 100])
        #expect(try question("quote-me").figure?.value == 0.5)
        let reason = try question("reason")
        #expect(reason.n == 2 && reason.quotes.map(\.text) == ["two", "one"] && reason.quotes.map(\.score) == [0, 10])
    }

    @Test func nobodyIsUndefinedAndNotZero() throws {
        let results = try AnalysisFolder().results(Surveys.relationship.id, Self.asOf)
        #expect(results.responses == 0 && results.questions.count == 8)
        for question in results.questions {
            #expect(question.n == 0 && question.figure?.value == nil && question.figure?.interval == nil)
        }
        #expect(throws: AnalysisError.noSurvey(sure(SurveyID("other")))) {
            try AnalysisFolder().results(sure(SurveyID("other")), Self.asOf)
        }
    }

    @Test func onlyTheTimeAskedFor() throws {
        let folder = try AnalysisFolder()
        let days = ["2026-10-31", "2026-11-01", "2026-11-15", "2026-12-01"]
        try folder.write(responses: days.enumerated().map { .score(9, by: "p\($0)", on: $1, survey: Surveys.delivery) })
        func n(_ since: String?, _ until: String?, asOf: String = "2026-12-31") throws -> Int {
            let selection = SurveyAnalyzer.Selection(
                since: since.map { Timestamp(startOf: sure(LocalDate($0))) },
                until: until.map { Timestamp(startOf: sure(LocalDate($0))) })
            return try folder.results(Surveys.delivery.id, moment(asOf), selection).responses
        }
        #expect(try n(nil, nil) == 4)
        #expect(try n("2026-11-01", nil) == 3, "since is inclusive")
        #expect(try n("2026-11-01", "2026-11-15") == 1, "until is exclusive")
        #expect(try n(nil, nil, asOf: "2026-11-15") == 3)
    }

    @Test func groupsAndSmallOnes() throws {
        func counts(_ survey: Questionnaire, _ groups: [(ContactRole, Int)]) throws -> [String: QuestionResults] {
            let folder = try AnalysisFolder()
            var lines: [ResponseLine] = []
            for (role, count) in groups {
                for index in 0..<count {
                    var line = ResponseLine.score(
                        index % 11, by: "\(role.rawValue)-\(index)", on: "2026-11-01", survey: survey)
                    line.role = role
                    lines.append(line)
                }
            }
            try folder.write(responses: lines)
            let results = try folder.results(survey.id, Self.asOf, .init(breakdown: .role))
            return Dictionary(uniqueKeysWithValues: results.groups.map { ($0.value ?? "", $0.questions[0]) })
        }
        let named = try counts(Surveys.relationship, [(.user, 9), (.influencer, 3)])
        #expect(named["user"]?.n == 9 && named["influencer"]?.isWithheld == false)
        // Twelve shown, nine of them and three: the three are hidden, and the nine would give them away.
        let small = try counts(Surveys.confidential, [(.user, 9), (.influencer, 3)])
        #expect(small["influencer"]?.isWithheld == true && small["user"]?.isWithheld == true)
        let enough = try counts(Surveys.confidential, [(.user, 12), (.influencer, 12)])
        #expect(enough.values.allSatisfy { !$0.isWithheld })
    }

    @Test func confidentialSurveysShowNoFewAnswers() throws {
        for count in 1...8 {
            let folder = try AnalysisFolder()
            try folder.write(
                responses: (0..<count).map {
                    .score(
                        $0 * 2 % 11, by: "p\($0)", on: "2026-11-01", survey: Surveys.confidential, words: "word \($0)")
                })
            let results = try folder.results(Surveys.confidential.id, Self.asOf)
            for question in results.questions {
                #expect(question.n == count)
                #expect(question.isWithheld == (count < 5))
                if count < 5 {
                    #expect(question.figure == nil && question.distribution.isEmpty && question.quotes.isEmpty)
                }
            }
        }
    }

    @Test func linesThatCannotBeRead() throws {
        let folder = try AnalysisFolder()
        var good: [UInt8] = []
        ResponseLine.score(9, by: "ann", on: "2026-11-01", survey: Surveys.delivery).append(to: &good)
        var other: [UInt8] = []
        ResponseLine.score(1, by: "bob", on: "2026-11-02", survey: Surveys.delivery).append(to: &other)
        let unknown = String(decoding: good, as: UTF8.self).replacing("\"version\":\"2\"", with: "\"version\":\"9\"")
            .replacing("r-ann", with: "r-old")
        // A torn end is no line yet.
        let torn = Array("{\"v\":1,\"id\":\"to".utf8)
        try folder.write(
            good + Array("{\"v\":1}\nnonsense\n\n".utf8) + Array(unknown.utf8) + other + torn,
            to: "responses/delivery/2026-11.jsonl")
        for size in [60, 1 << 20] {
            let results = try folder.results(Surveys.delivery.id, Self.asOf, partSize: size)
            #expect(results.responses == 2 && results.unreadableCount == 3)
            #expect(results.unreadable.map(\.line) == [2, 3, 4])
            #expect(results.unknownVersions == ["delivery 9": 1])
            let report = try folder.analysis(Self.asOf, partSize: size).report()
            #expect(report.unreadable.map(\.line) == [2, 3, 4] && report.unknownVersions == ["delivery 9": 1])
        }
        try folder.write(good + Array("{\"v\":2,\"id\":\"x\"}\n".utf8), to: "responses/delivery/2026-11.jsonl")
        #expect {
            _ = try folder.results(Surveys.delivery.id, Self.asOf)
        } throws: { error in
            guard case .newerLine(_, let line, _)? = error as? AnalysisError else { return false }
            return line == 2
        }
    }

    @Test func segmentsInTheirOrder() throws {
        let folder = try AnalysisFolder()
        for name in [
            "2026-11.10.jsonl", "2026-11.jsonl", "2026-11.2.jsonl", "2025-12.jsonl", "2026-11.1.jsonl", "x.jsonl",
            "2026-13.jsonl",
        ] {
            try folder.write([UInt8](), to: "responses/rel/\(name)")
        }
        let files = try folder.files
        #expect(
            files.segments.map { String($0.path.split(separator: "/").last ?? "") } == [
                "2025-12.jsonl", "2026-11.jsonl", "2026-11.2.jsonl", "2026-11.10.jsonl",
            ])
        #expect(throws: AnalysisError.noFolder(path: "/nowhere/at/all")) { try DataFiles(folder: "/nowhere/at/all") }
    }
}
