import Feedback
import FeedbackTestSupport
import Records
import Testing

@testable import ArchiveExport

@Suite("Archive: the quick way and the careful way")
struct ResponseElementTests {
    /// What both ways make of a line.
    private func both(_ bytes: [UInt8], _ element: ResponseElement) -> (
        quick: String?, careful: String?, tally: [LineOutcome?]
    ) {
        let padded = bytes + [UInt8](repeating: 0, count: LineScanner.padding)
        var outcomes: [LineOutcome?] = []
        func run(_ convert: (LineScanner, inout LineWriter) -> LineOutcome?) -> String? {
            var outcome: LineOutcome?
            let written = padded.withUnsafeBytes { padded in
                [UInt8](unsafeUninitializedCapacity: bytes.count * 12 + 4096) { buffer, count in
                    var out = LineWriter(buffer)
                    outcome = convert(LineScanner(padded, 0..<bytes.count), &out)
                    count = out.isFull ? 0 : out.count
                }
            }
            outcomes.append(outcome)
            guard case .written? = outcome else { return nil }
            return String(decoding: written, as: UTF8.self)
        }
        let quick = run { element.writeAtOnce($0, into: &$1, seed: 7) }
        let careful = run { element.writeWithCare($0, into: &$1, seed: 7) }
        return (quick, careful, outcomes)
    }

    @Test("both write the same of any line heed writes", arguments: [1, 2, 3, 4] as [UInt64])
    func same(seed: UInt64) throws {
        let fixture = try ExportFixture()
        let element = ResponseElement(fixture.job)
        var random = RandomLines(seed: seed)
        var quickly = 0
        for index in 0..<1500 {
            var bytes: [UInt8] = []
            random.line(try #require(ResponseID("r\(index)")), fixture.questionnaire).append(to: &bytes)
            bytes.removeLast()
            let result = both(bytes, element)
            try #require(result.careful != nil, "\(String(decoding: bytes, as: UTF8.self))")
            guard let quick = result.quick else { continue }
            quickly += 1
            try #require(quick == result.careful, "seed \(seed): \(String(decoding: bytes, as: UTF8.self))")
            try #require(result.tally[0] == result.tally[1])
        }
        // Even of these odd lines a fair share goes the quick way; the rest is decided by the careful one.
        #expect(quickly > 250)
    }

    @Test("what the careful way refuses, the quick way never takes", arguments: [1, 2, 3] as [UInt64])
    func refuses(seed: UInt64) throws {
        let fixture = try ExportFixture()
        let element = ResponseElement(fixture.job)
        var random = RandomLines(seed: seed)
        var generator = SeededGenerator(seed: seed)
        for index in 0..<400 {
            var bytes: [UInt8] = []
            random.line(try #require(ResponseID("r\(index)")), fixture.questionnaire).append(to: &bytes)
            bytes.removeLast()
            for _ in 0..<12 {
                var broken = bytes
                let place = Int.random(in: 0..<broken.count, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: broken[place] = .random(in: 0...255, using: &generator)
                case 1: broken.remove(at: place)
                case 2: broken.insert(.random(in: 0...255, using: &generator), at: place)
                default: broken = Array(broken[..<place])
                }
                if broken.contains(UInt8(ascii: "\n")) { continue }
                let result = both(broken, element)
                guard let quick = result.quick else { continue }
                try #require(
                    quick == result.careful,
                    "seed \(seed): \(broken.map { String($0, radix: 16) }.joined(separator: " "))")
            }
        }
    }

    @Test(
        "moments that do not exist are left to the careful way",
        arguments: [
            "2026-02-30T10:00:00.000Z", "2026-13-01T10:00:00.000Z", "2026-01-01T24:00:00.000Z",
            "0000-01-01T00:00:00.000Z", "2026-01-01T10:60:00.000Z",
        ])
    func moments(_ moment: String) throws {
        let fixture = try ExportFixture()
        let line =
            "{\"v\":1,\"id\":\"a\",\"revision\":1,\"survey\":\"club\",\"version\":\"1\",\"submitted\":\"\(moment)\",\"answers\":{}}"
        let result = both(Array(line.utf8), ResponseElement(fixture.job))
        #expect(result.quick == nil && result.careful == nil)
    }

    @Test("repeated keys, wrong surveys and newer lines are refused by both")
    func refused() throws {
        let element = ResponseElement(try ExportFixture().job)
        func line(_ answers: String, survey: String = "club", v: Int = 1) -> [UInt8] {
            Array(
                "{\"v\":\(v),\"id\":\"a\",\"revision\":1,\"survey\":\"\(survey)\",\"version\":\"1\",\"submitted\":\"2026-01-01T10:00:00.000Z\",\"answers\":{\(answers)}}"
                    .utf8)
        }
        #expect(both(line("\"recommend\":9"), element).quick != nil)
        for bytes in [
            line("\"recommend\":9,\"recommend\":3"), line("", survey: "other"), line("", v: 2),
            line("\"recommend\":09"),
        ] {
            let result = both(bytes, element)
            #expect(result.quick == nil && result.careful == nil)
        }
        #expect(both(line("", v: 2), element).tally[1] == .newer("written by a newer heed (v 2)"))
    }

    @Test("eight bytes at a time find exactly the special bytes")
    func special() {
        for byte in UInt8.min...UInt8.max {
            let isSpecial = byte < 0x20 || byte >= 0x80 || [0x22, 0x26, 0x3C, 0x3E, 0x5C].contains(byte)
            for place in 0..<8 {
                let word = (0..<8).reduce(UInt64(0)) { $0 | UInt64($1 == place ? byte : 0x61) << UInt64($1 * 8) }
                let found = SpecialBytes.find(in: word, withDelete: false)
                #expect(isSpecial ? found.trailingZeroBitCount / 8 == place : found == 0)
                let withDelete = SpecialBytes.find(in: word, withDelete: true)
                #expect(isSpecial || byte == 0x7F ? withDelete.trailingZeroBitCount / 8 == place : withDelete == 0)
            }
        }
    }
}
