internal import Feedback
internal import FeedbackTestSupport
internal import QuestionnaireModel
internal import Records
import Testing

@testable import Analysis

/// The scanner against the full parser: whatever it accepts must mean the same.
@Suite struct LineScannerTests {
    private static let definitions = SurveyDefinitions([Surveys.relationship, Surveys.delivery, Surveys.confidential])

    @Test func ownLinesNeedNoFullParser() throws {
        var generator = SeededGenerator(seed: 41)
        var scanner = LineScanner(Self.definitions) { _ in true }
        for _ in 0..<2000 {
            let line = RandomLine.make(&generator)
            var bytes: [UInt8] = []
            line.append(to: &bytes)
            let keys = [line.account?.rawValue, line.contact?.rawValue, line.wave].compactMap { $0 }
            let isExotic =
                line.offers != nil || !line.unknown.isEmpty || line.wave == ""
                || keys.contains { $0.contains { "\"\\".contains($0) } }
            #expect(try Self.agrees(bytes, &scanner) || isExotic, "\(String(decoding: bytes, as: UTF8.self))")
        }
    }

    @Test func disturbedLinesMeanTheSameOrAreLeftToTheFullParser() throws {
        var generator = SeededGenerator(seed: 42)
        var scanner = LineScanner(Self.definitions) { _ in true }
        var accepted = 0
        for _ in 0..<6000 {
            var bytes: [UInt8] = []
            RandomLine.make(&generator).append(to: &bytes)
            if try Self.agrees(RandomLine.disturb(bytes, &generator), &scanner) { accepted += 1 }
        }
        #expect(accepted > 300, "most disturbances should not be so great that nothing is compared")
    }

    @Test func textsEndWhereTheyEnd() {
        var generator = SeededGenerator(seed: 43)
        let pieces = [
            "a", "bcdefgh", "é", "ভালো", "👍", "\\\"", "\\\\", "\\n", "\\u00e9", "\\ud83d\\udc4d", "\u{7F}", "🇧🇩",
        ]
        for _ in 0..<3000 {
            var content = (0..<Int.random(in: 0...9, using: &generator)).map { _ in
                pieces.randomElement(using: &generator) ?? ""
            }
            .joined().utf8.map { $0 }
            if Bool.random(using: &generator), !content.isEmpty {
                content[Int.random(in: 0..<content.count, using: &generator)] = UInt8.random(
                    in: 0...255, using: &generator)
            }
            let text = [UInt8(ascii: ":"), 0x22, 0x2C, 0x22] + content + [0x22]
            let bytes = ByteWords.padded(text)
            let parsed = try? JSONParser.parse([0x22] + content + [0x22]).string
            if let end = StringScanning.end(bytes.span.bytes, from: 4), end == text.count - 1 {
                #expect(parsed != nil, "\(content)")
            } else if let parsed, !content.contains(UInt8(ascii: "\\")) {
                Issue.record("a plain text was not accepted: \(parsed)")
            }
            let isValid = String(validating: content, as: UTF8.self) != nil
            #expect(StringScanning.isUTF8(bytes.span.bytes, 4, 4 + content.count) == isValid, "\(content)")
        }
    }

    /// Whether the scanner took the line; then it must agree with the full parser in everything.
    private static func agrees(_ line: [UInt8], _ scanner: inout LineScanner) throws -> Bool {
        let bytes = ByteWords.padded([UInt8(ascii: "\n")] + line)
        var scanned = ScannedLine()
        guard let feed = scanner.scan(bytes.span.bytes, from: 1, into: &scanned) else { return false }
        let text = String(decoding: line, as: UTF8.self)
        let parsed = try? ResponseLine(line[..<(feed - 1)])
        guard let parsed else {
            Issue.record("only the scanner takes \(text)")
            return true
        }
        func words(_ range: ByteRange) -> String? {
            range.isEmpty ? nil : String(decoding: bytes[range.start..<(range.start + range.count)], as: UTF8.self)
        }
        let version = scanner.versions[scanned.version]
        #expect(words(scanned.id) == parsed.id.rawValue && scanned.revision == parsed.revision, "\(text)")
        #expect(version.survey == parsed.survey && version.version == parsed.version, "\(text)")
        #expect(scanned.submitted == parsed.submitted.milliseconds, "\(text)")
        #expect(scanned.known == parsed.known.milliseconds && scanned.isComplete == parsed.isComplete, "\(text)")
        #expect(
            words(scanned.account) == parsed.account?.rawValue && words(scanned.contact) == parsed.contact?.rawValue,
            "\(text)")
        #expect(scanned.role == parsed.role && words(scanned.wave) == parsed.wave, "\(text)")
        #expect(words(scanned.language) == parsed.language?.rawValue, "\(text)")
        #expect("\(scanned.quarter / 4)Q\(scanned.quarter % 4 + 1)" == parsed.submitted.quarter, "\(text)")
        let questions = version.questionnaire?.questions ?? []
        let found = scanned.answers.map { answer -> Answers.Entry in
            let value = try? JSONParser.parse(bytes[answer.range.start..<(answer.range.start + answer.range.count)])
            let key = questions[version.keys?.questions[answer.key] ?? 0].question.id.rawValue
            if let integer = answer.integer { #expect(value.flatMap(Answer.init) == .integer(integer), "\(text)") }
            return Answers.Entry(key: key, answer: value.flatMap(Answer.init) ?? .text("unreadable"))
        }
        #expect(found == parsed.answers.entries.filter { !$0.key.hasSuffix(".other") }, "\(text)")
        return true
    }
}

/// Response lines of every kind, and what may become of them.
enum RandomLine {
    static func make(_ generator: inout SeededGenerator) -> ResponseLine {
        let survey =
            [Surveys.relationship, Surveys.relationship, Surveys.delivery, Surveys.confidential]
            .randomElement(using: &generator) ?? Surveys.relationship
        var line = ResponseLine(
            id: sure(
                ResponseID(
                    ["01KB2V8J3N5Q7R9T1W3Y5Z7A9C", "a", "inv_7-x", "0123456789abcdefghij"].randomElement(
                        using: &generator) ?? "")),
            revision: [1, 1, 1, 2, 17].randomElement(using: &generator) ?? 1, survey: survey.id,
            version: survey.version,
            submitted: time(&generator), isComplete: Int.random(in: 0..<5, using: &generator) > 0, answers: Answers())
        func maybe<T>(_ make: (inout SeededGenerator) -> T) -> T? {
            Int.random(in: 0..<3, using: &generator) > 0 ? make(&generator) : nil
        }
        line.recorded = maybe(time)
        line.account = maybe { sure(AccountID(text(&$0, isKey: true))) }
        line.contact = maybe { sure(ContactID(text(&$0, isKey: true))) }
        line.role = maybe { ContactRole.allCases.randomElement(using: &$0) ?? .user }
        line.wave = maybe { ["2026Q4", "spring", "", "wéve", "q\"uote"].randomElement(using: &$0) ?? "" }
        line.channel = maybe { ResponseChannel.allCases.randomElement(using: &$0) ?? .api }
        line.language = maybe {
            sure(LanguageTag(["en", "bn", "pt-br", "zh-hant-tw"].randomElement(using: &$0) ?? ""))
        }
        line.started = maybe(time)
        for (question, _) in survey.questions where Bool.random(using: &generator) {
            line.answers[question.id.rawValue] = answer(question, &generator)
            if question.type.options.contains(where: \.takesText), Bool.random(using: &generator) {
                line.answers[question.id.rawValue + ".other"] = .text(text(&generator))
            }
        }
        if Int.random(in: 0..<4, using: &generator) == 0 {
            line.fields["order.product"] = .text(text(&generator))
            line.fields["order.count"] = .integer(Int.random(in: -3...99, using: &generator))
            line.fields["order.price"] = .number(sure(DecimalNumber("19.95")))
        }
        if Int.random(in: 0..<20, using: &generator) == 0 {
            line.offers = .array([.object([.init("kind", .string("coupon")), .init("code", .string("K7"))])])
        }
        if Int.random(in: 0..<20, using: &generator) == 0 { line.unknown = [.init("shop", .number("7"))] }
        return line
    }

    private static func answer(_ question: Question, _ generator: inout SeededGenerator) -> Answer {
        switch question.type.measure {
        case .choices: .list(["price", "speed"].filter { _ in Bool.random(using: &generator) })
        case .number:
            .number(sure(DecimalNumber(["0.5", "-12.25", "1000.001"].randomElement(using: &generator) ?? "1")))
        case .consent: .consent(given: Bool.random(using: &generator), text: "0af3")
        case .verbatim: .text(text(&generator))
        default: .integer(Int.random(in: 0...10, using: &generator))
        }
    }

    private static func time(_ generator: inout SeededGenerator) -> Timestamp {
        Timestamp(milliseconds: Int64.random(in: -1_000_000_000...2_000_000_000_000, using: &generator))
    }

    private static func text(_ generator: inout SeededGenerator, isKey: Bool = false) -> String {
        let pieces =
            ["a", "acme-7", " ", "ভালো", "é", "👍", "x/y", ",", "}", "{\"", "\\"] + (isKey ? [] : ["\n", "\t", "\u{1}"])
        let text = (0..<Int.random(in: 1...6, using: &generator)).map { _ in
            pieces.randomElement(using: &generator) ?? ""
        }.joined()
        return isKey ? String(text.prefix(40)) : text
    }

    /// The line after something happened to it.
    static func disturb(_ line: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
        var bytes = line
        func place() -> Int { Int.random(in: 0..<bytes.count, using: &generator) }
        switch Int.random(in: 0..<8, using: &generator) {
        case 0: bytes[place()] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.remove(at: place())
        case 2:
            bytes.insert(
                contentsOf: Array(
                    [" ", "\"", ",", "}", "0", "\\", "e1"].randomElement(using: &generator)?.utf8 ?? " ".utf8),
                at: place())
        case 3: bytes = Array(bytes.prefix(place())) + [0x0A]
        case 4: return swapKeys(bytes)
        case 5:
            return Array(
                String(decoding: bytes, as: UTF8.self).replacing("\"answers\"", with: "\"\\u0061nswers\"").utf8)
        case 6:
            return Array(
                String(decoding: bytes, as: UTF8.self).replacing("\"channel\":", with: "\"role\":\"user\",\"channel\":")
                    .utf8)
        default: break
        }
        return bytes
    }

    private static func swapKeys(_ line: [UInt8]) -> [UInt8] {
        guard case .object(let members)? = try? JSONParser.parse(line) else { return line }
        var writer = JSONWriter()
        writer.value(.object(members.reversed()))
        writer.endLine()
        return writer.bytes
    }
}
