import FeedbackService
import FeedbackTestSupport
import QuestionnaireModel
import Testing

@Suite struct PercentDecodingTests {
    private func fields(_ text: String) throws(Refusal) -> [[String]] {
        try PercentDecoding.fields(Array(text.utf8)[...]).fields.map { [$0.name, $0.value] }
    }

    @Test func `reads forms as browsers send them`() throws {
        #expect(try fields("a=1&b=2") == [["a", "1"], ["b", "2"]])
        #expect(try fields("a=x+y%2Bz&b=%E0%A6%AD") == [["a", "x y+z"], ["b", "ভ"]])
        #expect(try fields("topics=price&topics=speed") == [["topics", "price"], ["topics", "speed"]])
        #expect(try fields("a&b=&=c&&a=b=c&") == [["a", ""], ["b", ""], ["", "c"], ["a", "b=c"]])
        #expect(try fields("").isEmpty)
    }

    @Test func `CR LF and CR become LF, and nothing is trimmed`() throws {
        #expect(try fields("a=+x%0D%0Ay%0D%0A%0d%0a+") == [["a", " x\ny\n\n "]])
        #expect(try fields("a=x%0Dy%0A") == [["a", "x\ny\n"]])
    }

    @Test(arguments: ["a=%", "a=%4", "a=%zz", "a=%4g", "%=a", "a=%00", "a=b%00c", "%00=a"])
    func `a bad escape or a NUL refuses the whole form`(text: String) {
        #expect(throws: Refusal.self) { try fields(text) }
    }

    @Test(arguments: [
        "%ff", "%C0%80", "%C1%BF", "%E0%80%80", "%ED%A0%80", "%F4%90%80%80", "%F8%88%80%80%80", "%E2%82", "%80",
        "%EF%BF",
    ])
    func `what is not UTF-8 is refused, overlong forms and surrogates included`(text: String) {
        #expect(throws: Refusal.self) { try fields("a=\(text)") }
        #expect(throws: Refusal.self) { try PercentDecoding.segment(Array(text.utf8)[...]) }
    }

    @Test func `raw bytes that are not UTF-8 are refused`() {
        #expect(throws: Refusal.self) { try PercentDecoding.fields([0x61, 0x3D, 0xFF]) }
        #expect(throws: Refusal.self) { try PercentDecoding.fields([0x61, 0x3D, 0x00]) }
    }

    @Test func `no more than 500 fields`() throws {
        #expect(try fields(Array(repeating: "a=b", count: 500).joined(separator: "&")).count == 500)
        #expect(throws: Refusal.tooLarge) { try fields(Array(repeating: "a=b", count: 501).joined(separator: "&")) }
    }

    @Test func `any text survives being sent`() throws {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<500 {
            let pairs = (0..<Int.random(in: 0...5, using: &generator)).map { _ in
                [text(&generator) + "n", text(&generator)]
            }
            let sent = pairs.map { encoded($0[0], &generator) + "=" + encoded($0[1], &generator) }.joined(
                separator: "&")
            #expect(try fields(sent) == pairs)
        }
    }

    @Test func `no bytes end the program`() {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<5000 {
            let bytes = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
                Bool.random(using: &generator)
                    ? "%&=+0aAfF".utf8.randomElement(using: &generator) ?? 0
                    : UInt8.random(in: 0...255, using: &generator)
            }
            let decoded = try? PercentDecoding.fields(bytes[...])
            #expect(decoded?.fields.allSatisfy { !$0.name.utf8.contains(0) && !$0.value.utf8.contains(0) } ?? true)
            _ = try? PercentDecoding.segment(bytes[...])
            _ = try? RequestTarget(String(decoding: bytes, as: UTF8.self), host: "a")
        }
    }

    private func text(_ generator: inout SeededGenerator) -> String {
        String(
            String.UnicodeScalarView(
                (0..<Int.random(in: 0...12, using: &generator)).compactMap { _ in
                    Unicode.Scalar(UInt32.random(in: 0x20...0x2FFF, using: &generator))
                }))
    }

    private func encoded(_ text: String, _ generator: inout SeededGenerator) -> String {
        text.utf8.reduce(into: "") { result, byte in
            let isPlain = (48...57).contains(byte) || (97...122).contains(byte)
            if byte == 0x20, Bool.random(using: &generator) {
                result += "+"
            } else if isPlain, Bool.random(using: &generator) {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: Bool.random(using: &generator))
                result += "%" + (byte < 16 ? "0" : "") + digits
            }
        }
    }
}
