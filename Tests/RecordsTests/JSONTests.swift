import FeedbackTestSupport
import Records
import Testing

@Suite struct JSONTests {
    @Test func `random values survive being written and read`() throws {
        var random = SeededGenerator(seed: 5)
        for _ in 0..<3000 {
            let value = Self.value(depth: 0, &random)
            var writer = JSONWriter()
            writer.value(value)
            #expect(try JSONParser.parse(writer.bytes) == value)
            #expect(!writer.bytes.contains(0x0A))
        }
    }

    @Test func `random bytes never trap the parser`() {
        var random = SeededGenerator(seed: 6)
        let pieces = [
            "{", "}", "[", "]", "\"", "\\", "u", "d83d", "\\ude00", ":", ",", "1", "-", "e", ".", "true", "null", " ",
            "\u{0}", "é",
        ]
        for _ in 0..<20_000 {
            let text = (0..<Int.random(in: 0...12, using: &random)).map { _ in
                pieces.randomElement(using: &random) ?? ""
            }.joined()
            _ = try? JSONParser.parse(Array(text.utf8))
        }
        _ = try? JSONParser.parse([UInt8](repeating: UInt8(ascii: "["), count: 1_000_000))
    }

    @Test(arguments: [
        "", "{", "{\"a\":1,\"a\":2}", "[1,]", "01", "1.", "1e", "\"\u{1}\"", "\"\\ud800\"", "\"\\ud800\\u0041\"",
        "\"\\x\"", "nul", "1 2",
        "{\"a\" 1}", "{a:1}", "\u{FEFF}1", "-", "+1", "\"", "\"\\u12",
    ])
    func `what is not strict JSON is refused`(text: String) {
        #expect(throws: JSONParser.Failure.self) { try JSONParser.parse(Array(text.utf8)) }
    }

    @Test func `strings escape only what must be`() {
        var writer = JSONWriter()
        writer.string("\"\\/\u{8}\n\r\t\u{1f}\u{7f}\u{2028}é")
        #expect(String(decoding: writer.bytes, as: UTF8.self) == "\"\\\"\\\\/\\u0008\\n\\r\\t\\u001f\u{7f}\u{2028}é\"")
    }

    @Test func `surrogate pairs and escapes are resolved`() throws {
        #expect(try JSONParser.parse(Array(#""\u00e9\ud83d\ude00\/\b""#.utf8)) == .string("é😀/\u{8}"))
    }

    private static func value(depth: Int, _ random: inout SeededGenerator) -> JSONValue {
        switch Int.random(in: 0...(depth > 4 ? 4 : 6), using: &random) {
        case 0: return .null
        case 1: return .boolean(.random(using: &random))
        case 2: return .number(String(Int.random(in: -1000...1000, using: &random)))
        case 3: return .number("-0.5e10")
        case 4: return .string(text(&random))
        case 5: return .array((0..<Int.random(in: 0...4, using: &random)).map { _ in value(depth: depth + 1, &random) })
        default:
            return .object(
                (0..<Int.random(in: 0...4, using: &random)).map {
                    .init("\($0)" + text(&random), value(depth: depth + 1, &random))
                })
        }
    }

    private static func text(_ random: inout SeededGenerator) -> String {
        String(
            String.UnicodeScalarView(
                (0..<Int.random(in: 0...8, using: &random)).compactMap { _ in
                    Unicode.Scalar(
                        [UInt32.random(in: 0...0x7F, using: &random), .random(in: 0...0x10FFFF, using: &random)]
                            .randomElement(using: &random) ?? 0)
                }))
    }
}
