internal import Feedback
internal import FeedbackTestSupport
internal import QuestionnaireModel
internal import Records
import Testing

@testable import Analysis

/// Kept folds change no report, whatever happens to the journals or to what was kept.
@Suite struct FoldCacheTests {
    private static let moments = ["2026-10-20", "2026-11-20", "2026-12-31"].map(moment)

    @Test(arguments: 0..<14) func keptFoldsChangeNoReport(seed: UInt64) throws {
        var generator = SeededGenerator(seed: 3100 + seed)
        let lines = seed % 2 == 0 ? WinnersTests.lines(&generator) : Self.risingLines(&generator)
        let folder = try AnalysisFolder()
        var contacts = (0..<4).map { ContactLine.person("c\($0)", $0 == 0 ? .decisionMaker : .user, of: "a\($0 % 2)") }
        try folder.write(accounts: [.named("a0"), .named("a1")], contacts: contacts)
        let cuts = [0, 0].map { _ in Int.random(in: 0...lines.count, using: &generator) }.sorted()
        try folder.write(responses: Array(lines[..<cuts[0]]))
        try Self.expectSameReports(folder, &generator)
        // Lines are appended, some of them later revisions.
        try folder.append(responses: Array(lines[cuts[0]..<cuts[1]]))
        try Self.expectSameReports(folder, &generator)
        try folder.append(responses: Array(lines[cuts[1]...]))
        try Self.expectSameReports(folder, &generator)
        // Somebody moves to another account and somebody is no longer listed.
        contacts[1] = .person("c1", .decisionMaker, of: "a0")
        try folder.write(accounts: [.named("a0"), .named("a1")], contacts: Array(contacts[1...].reversed()))
        try Self.expectSameReports(folder, &generator)
        // Segments are written anew without somebody, and in another order.
        try folder.remove("responses")
        try folder.write(responses: lines.filter { $0.contact?.rawValue != "c2" }.shuffled(using: &generator))
        try Self.expectSameReports(folder, &generator)
    }

    @Test func everyDamageIsNoticedAndMended() throws {
        let folder = try AnalysisFolder()
        try folder.write(accounts: [.named("acme")], contacts: [.person("maria", .decisionMaker)])
        var second = ResponseLine.score(3, by: "maria", on: "2026-10-09", id: "one")
        second.revision = 2
        try folder.write(responses: [.score(9, by: "maria", on: "2026-10-05", id: "one", words: "good"), second])
        let asOf = moment("2026-11-01")
        let expected = try folder.analysis(asOf, keepsFolds: false).report()
        _ = try folder.analysis(asOf)
        let kept = folder.names(below: "cache/folds")
        #expect(kept == ["cache/folds/rel/2026-10.jsonl.0"])
        let file = try #require(kept.first)
        let whole = try #require(folder.bytes(of: file))
        func expectMended(_ bytes: [UInt8], _ what: String) throws {
            try folder.write(bytes, to: file)
            let report = try folder.analysis(asOf).report()
            #expect(report.accounts == expected.accounts && report.portfolio == expected.portfolio, "\(what)")
            #expect(folder.bytes(of: file) == whole, "\(what)")
        }
        let part = try #require(try SegmentPart.parts(of: folder.files.segments.map(\.path)).first)
        let cache = FoldCache(folder: try #require(try folder.files.cache) + "/folds", partSize: SegmentPart.usualSize)
        #expect(cache.load(part) != nil && cache.digests(part) != nil)
        for place in whole.indices {
            var damaged = whole
            damaged[place] ^= 1 << UInt8(place % 8)
            try folder.write(damaged, to: file)
            #expect(cache.load(part) == nil || cache.digests(part) == nil, "bit \(place % 8) of byte \(place)")
            if place % 29 == 0 { try expectMended(damaged, "bit \(place % 8) of byte \(place)") }
        }
        for count in stride(from: 0, to: whole.count, by: 41) {
            try expectMended(Array(whole[..<count]), "cut after \(count)")
        }
    }

    @Test func onlyNewLinesAreRead() throws {
        let folder = try AnalysisFolder()
        try folder.write(contacts: [.person("maria", .decisionMaker)])
        try folder.write(responses: (1...20).map { .score($0 % 11, by: "maria", on: "2026-10-05", id: "r\(10 + $0)") })
        _ = try folder.analysis(moment("2026-11-01"))
        try folder.append(responses: [.score(9, by: "maria", on: "2026-10-06", id: "s1")])
        let part = try #require(try SegmentPart.parts(of: folder.files.segments.map(\.path)).first)
        let cache = FoldCache(folder: try #require(try folder.files.cache) + "/folds", partSize: SegmentPart.usualSize)
        let reader = FoldReader(definitions: folder.definitions, cache: cache, members: MemberIndex(People()))
        let folds = try reader.folds(of: part)
        #expect(folds.folds.map(\.reading.lines) == [20, 1])
        // Many new bytes are kept, so that they are not read again and again.
        var eager = reader
        eager.mostUnkept = 0
        #expect(try eager.folds(of: part).folds.map(\.reading.lines) == [21])
        #expect(try reader.folds(of: part).folds.map(\.reading.lines) == [21])
    }

    @Test func aFolderWhereNothingMayBeWrittenIsReadAllTheSame() throws {
        let folder = try AnalysisFolder()
        try folder.write(contacts: [.person("maria", .decisionMaker)])
        try folder.write(responses: [.score(2, by: "maria", on: "2026-10-05")])
        try folder.write(["in the way"], to: "cache")
        for _ in 0..<2 {
            let account = try #require(try folder.accounts(moment("2026-11-01"))["acme"])
            #expect(account.nps.counts == PromoterCounts(detractors: 1))
        }
        #expect(folder.bytes(of: "cache") == Array("in the way\n".utf8))
    }

    @Test func aDefinitionPublishedLaterCounts() throws {
        let folder = try AnalysisFolder()
        try folder.write(contacts: [.person("maria", .decisionMaker)])
        try folder.write(responses: [.score(2, by: "maria", on: "2026-10-05")])
        let asOf = moment("2026-11-01")
        let none = try PortfolioAnalyzer(folder.files, definitions: SurveyDefinitions([])).analyze(asOf: asOf)
        #expect(none.frame.unknownVersions == ["rel 1": 1])
        let all = try folder.analysis(asOf)
        #expect(all.frame.unknownVersions.isEmpty)
        #expect(try all.report().accounts.map(\.nps.counts.count) == [1])
    }

    @Test(arguments: 0..<10) func giversKeepTheirNumbers(seed: UInt64) {
        var generator = SeededGenerator(seed: 60 + seed)
        var table = GiverTable()
        var reference: [[String]: UInt32] = [:]
        for _ in 0..<600 {
            let ids = [0, 0].map { _ in
                (0..<Int.random(in: 0...12, using: &generator)).map { _ in
                    ["a", "b", "ভ"].randomElement(using: &generator) ?? "a"
                }.joined()
            }
            let bytes = ByteWords.padded((ids[0] + ids[1]).utf8)
            let key = GiverTable.Key(
                bytes.span.bytes, account: ByteRange(start: 0, count: ids[0].utf8.count),
                contact: ByteRange(start: ids[0].utf8.count, count: ids[1].utf8.count))
            #expect(table.find(key, bytes.span.bytes) == reference[ids] ?? GiverTable.missing)
            let expected = reference[ids] ?? UInt32(reference.count)
            reference[ids] = expected
            #expect(table.insert(key, bytes.span.bytes) == expected)
        }
        let again = GiverList(table.list.bytes, count: table.count)
        #expect(again?.keys.count == reference.count)
        #expect(GiverList(table.list.bytes.dropLast(), count: table.count) == nil)
    }

    // MARK: Tools

    /// Reports of several moments, with nothing kept, with what was kept before, and with what that kept.
    private static func expectSameReports(
        _ folder: AnalysisFolder, _ generator: inout SeededGenerator,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let partSize = [700, 1 << 20].randomElement(using: &generator) ?? 700
        let mostUnkept = [0, 1 << 20].randomElement(using: &generator) ?? 0
        for asOf in moments.shuffled(using: &generator) {
            let expected = try folder.analysis(asOf, partSize: partSize, keepsFolds: false).report()
            for _ in 0..<2 {
                let report = try folder.analysis(asOf, partSize: partSize, mostUnkept: mostUnkept).report()
                #expect(report.accounts == expected.accounts, sourceLocation: sourceLocation)
                #expect(report.portfolio == expected.portfolio, sourceLocation: sourceLocation)
                #expect(report.unreadable == expected.unreadable, sourceLocation: sourceLocation)
                #expect(report.unknownVersions == expected.unknownVersions, sourceLocation: sourceLocation)
            }
        }
    }

    /// Lines as one heed writes them: ids rise, and now and then one is revised later.
    private static func risingLines(_ generator: inout SeededGenerator) -> [ResponseLine] {
        var lines = WinnersTests.lines(&generator).sorted { $0.known < $1.known }
        for index in lines.indices {
            var line = lines[index]
            line.revision = 1
            line.id = sure(ResponseID("r\(1000 + index)"))
            if index > 0, Int.random(in: 0..<8, using: &generator) == 0 {
                let first = lines[Int.random(in: 0..<index, using: &generator)]
                line.id = first.id
                line.survey = first.survey
                line.version = first.version
                line.revision = 2
            }
            lines[index] = line
        }
        return lines
    }
}
