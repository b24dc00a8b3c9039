import FeedbackTestSupport
import Records
import Testing

@Suite("Line outlines")
struct LineOutlineTests {
    private static let samples = [
        #"{"v":1,"id":"a b","answers":{"recommend":9,"topics":["x","y"],"ok":{"given":true,"text":""}},"n":-0.5e+3,"z":null}"#,
        #" { "id" : "q\"\\\/\b\f\n\r\té😀" , "list" : [ ] , "o" : { } , "t":true,"f":false } "#,
        #"{"id":"ভালো é 😀","amount":10.25}"#, "{}", "[]", "\"text\"", "1", "", "{\"a\":1", "{\"a\":01}", "{\"a\":1,}",
        "\u{FEFF}{}",
    ]

    private func agrees(_ bytes: [UInt8], sourceLocation: SourceLocation = #_sourceLocation) {
        let parsed = try? JSONParser.parse(bytes)
        var keys: [String] = []
        // Inside a larger array, as it is used.
        let padded = [0x7B] + bytes + [0x7D]
        let line = padded[1..<padded.count - 1]
        let isObject = LineOutline.scan(line) { key, _ in keys.append(String(decoding: padded[key], as: UTF8.self)) }
        if let members = parsed?.members {
            #expect(isObject, "\(bytes)", sourceLocation: sourceLocation)
            #expect(keys.count == members.count, "\(bytes)", sourceLocation: sourceLocation)
        } else if isObject {
            // The one thing it does not look for.
            #expect(
                parsed == nil && hasRepeatedKey(bytes), "\(String(decoding: bytes, as: UTF8.self))",
                sourceLocation: sourceLocation)
        }
    }

    private func hasRepeatedKey(_ bytes: [UInt8]) -> Bool {
        do throws(JSONParser.Failure) { _ = try JSONParser.parse(bytes) } catch {
            return error.reason.contains("stands twice")
        }
        return false
    }

    @Test func `it takes what the parser takes, also with any byte changed, cut or doubled`() {
        for sample in Self.samples {
            let bytes = Array(sample.utf8)
            agrees(bytes)
            for place in bytes.indices {
                for value in [
                    0, 0x22, 0x2C, 0x30, 0x5C, 0x7B, 0x7D, 0x80, 0xC0, 0xED, 0xF4, 0xFF, bytes[place] ^ 1,
                    bytes[place] ^ 0x20,
                ] {
                    var changed = bytes
                    changed[place] = value
                    agrees(changed)
                }
                agrees(Array(bytes[..<place]))
                agrees(Array(bytes[...place] + bytes[place...]))
                agrees(Array(bytes[..<place] + bytes[(place + 1)...]))
            }
        }
    }

    @Test func `random bytes and deep nesting never stop it`() {
        var random = SeededGenerator(seed: 7)
        let alphabet = Array("{}[]\",:\\u0123eE+-.tfn \u{E9}".utf8)
        for _ in 0..<20_000 {
            agrees(
                [0x7B]
                    + (0..<Int.random(in: 0..<24, using: &random)).map { _ in
                        alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
                    })
        }
        for depth in [30, 31, 32, 33, 100_000] {
            agrees(
                Array("{\"a\":".utf8) + [UInt8](repeating: 0x5B, count: depth) + [UInt8](repeating: 0x5D, count: depth)
                    + [0x7D])
        }
    }

    @Test func `it tells where keys and values are`() {
        let line = Array(#"{"id":"a\"b","n": 12 ,"o":{"id":"no"}}"#.utf8)
        var found: [String] = []
        #expect(
            LineOutline.scan(line[...]) { key, value in
                found.append(
                    String(decoding: line[key], as: UTF8.self) + "=" + String(decoding: line[value], as: UTF8.self))
            })
        #expect(found == [#"id=a\"b"#, "n=12", #"o={"id":"no"}"#])
    }
}
