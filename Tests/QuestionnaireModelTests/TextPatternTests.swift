import Feedback
import FeedbackTestSupport
import QuestionnaireModel
import Testing

/// Patterns take what the standard library's expressions take, in time that grows with the text alone.
@Suite struct TextPatternTests {
    /// A pattern that both understand alike, over the letters a, b and c.
    private static func pattern(_ depth: Int, _ random: inout SeededGenerator) -> String {
        guard depth > 0 else {
            return ["a", "b", "c", "[ab]", "[^a]", ".", "[a-b]", "\\w", "\\."].randomElement(using: &random) ?? "a"
        }
        let inner = pattern(depth - 1, &random)
        switch Int.random(in: 0..<7, using: &random) {
        case 0: return "(\(inner))" + (["*", "+", "?", "{2}", "{0,2}", "{1,}"].randomElement(using: &random) ?? "*")
        case 1: return "(\(inner)|\(pattern(depth - 1, &random)))"
        case 2: return inner + pattern(depth - 1, &random)
        case 3: return "(\(inner)|)" + pattern(depth - 1, &random)
        default: return inner + pattern(depth - 1, &random)
        }
    }

    @Test(arguments: 0..<150) func agreesWithTheStandardLibrary(_ seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let source = Self.pattern(4, &random)
        let pattern = try TextPattern(source)
        let regex = try Regex(source)
        for _ in 0..<60 {
            let length = Int.random(in: 0...6, using: &random)
            let text = String((0..<length).map { _ in "abc.".randomElement(using: &random) ?? "a" })
            #expect(pattern.matches(text) == (text.wholeMatch(of: regex) != nil), "\(source) and \(text)")
            guard pattern.matches(text) else { continue }
            #expect(length >= pattern.least && length <= pattern.most ?? .max)
        }
    }

    /// Backtracking takes longer than the universe for these.
    @Test(arguments: ["(a*)*b", "(a|a)*b", "(a|aa)+b", "(.*a){12}b", "(a?){30}a{30}b", "([a-z]+)*\\d"])
    func noTextTakesLong(_ source: String) throws {
        let pattern = try TextPattern(source)
        let text = String(repeating: "a", count: 10_000)
        let clock = ContinuousClock()
        let time = clock.measure { #expect(!pattern.matches(text)) }
        #expect(time < .seconds(10), "\(time)")
        #expect(pattern.matches(text + "b") == (source != "(a?){30}a{30}b" && source != "([a-z]+)*\\d"))
    }

    @Test(
        arguments: [
            ("[A-Z]{2}-\\d{4,8}", "KX-2048", true), ("[A-Z]{2}-\\d{4,8}", "kx-2048", false),
            ("[A-Z]{2}-\\d{4,8}", "KX-২০৪৮", true), ("[A-Z]{2}-\\d{4,8}", "KX-204", false),
            ("\\w+( \\w+)*", "রহিম উদ্দিন", true), ("[^,;]+", "a,b", false), ("a{0}", "", true), ("a.c", "a\nc", false),
            ("[\\]\\-a]+", "]-a", true), ("[a-]+", "a-", true), ("a|b|", "", true), ("\\S+", "a b", false),
            ("[\\d.]+", "1.5", true), ("\\u{0}", "", nil), ("(", "", nil), ("a{2,1}", "", nil), ("\\1", "", nil),
            ("[b-a]", "", nil), ("*", "", nil), ("a**", "", nil), ("(?:a)", "", nil), ("[]", "", nil), ("a)", "", nil),
            ("a{501}", "", nil), ("((((((((((((((((((((((a))))))))))))))))))))))", "", nil), ("a\\", "", nil),
        ] as [(String, String, Bool?)])
    func isReadAsWritten(_ source: String, _ text: String, _ matches: Bool?) throws {
        guard let matches else {
            #expect(throws: TextPattern.Problem.self) { try TextPattern(source) }
            return
        }
        #expect(try TextPattern(source).matches(text) == matches)
    }

    /// Any characters at all give an automaton or a problem inside the pattern, never more.
    @Test(arguments: 0..<200) func anythingIsReadOrRefused(_ seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed) + 77)
        let signs = Array("()[]{}|*+?\\^$.-,0159adDwWsSé👍")
        let source = String(
            (0..<Int.random(in: 0...40, using: &random)).map { _ in signs.randomElement(using: &random) ?? "a" })
        do throws(TextPattern.Problem) {
            _ = try TextPattern(source).matches("aé👍1-")
        } catch {
            #expect(error.range.lowerBound >= 0 && error.range.upperBound <= source.utf8.count, "\(source)")
        }
    }
}
