import Diagnostics
import FeedbackTestSupport
import FoundationEssentials
import SurveyCompiler
import Testing

/// Row X8: whatever is done to a survey file, compiling it ends, soon, in a questionnaire or in a diagnostic.
@Suite struct MutationTests {
    /// How many mutants; `HEED_MUTANTS=100000 swift test --filter MutationTests` looks longer.
    static let count = ProcessInfo.processInfo.environment["HEED_MUTANTS"].flatMap { Int($0) } ?? 600
    static let seed = ProcessInfo.processInfo.environment["HEED_SEED"].flatMap { UInt64($0) } ?? 20_261_121

    /// What a mutation likes to write.
    private static let pieces = [
        "<", ">", "&", "\"", "'", "/>", "</page>", "<page>", "<nps id=\"x\">", "<!--", "-->", "<![CDATA[", "]]>",
        "<!DOCTYPE a>",
        "<?x?>", "&amp;", "&#0;", "&#x110000;", "&x;", "xmlns=\"\"", "xmlns:a=\"u\"", "a:", "{", "}", "{{", "|",
        "{x|y}",
        "show-if=\"recommend le 6\"", " or ", " and ", "not(", "((((", ")", "in (", "eq ''", "-", "+", "*", " div 0",
        "99999999999999999999",
        "id=\"recommend\"", "xml:lang=\"bn\"", "languages=\"\"", "\u{0}", "\u{FEFF}", "\u{202E}", "é", "😀", "\r\n",
        "\r", "from=\"-9\"", "most=\"0\"",
    ].map { Array($0.utf8) }

    private static func mutate(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
        let place = Int.random(in: 0...bytes.count, using: &random)
        let length = min(Int.random(in: 1...40, using: &random), bytes.count - place)
        switch Int.random(in: 0..<7, using: &random) {
        case 0: if place < bytes.count { bytes[place] = UInt8.random(in: .min ... .max, using: &random) }
        case 1: bytes.removeSubrange(place..<place + length)
        case 2: bytes.insert(contentsOf: bytes[place..<place + length], at: place)
        case 3: bytes.insert(contentsOf: pieces.randomElement(using: &random) ?? [], at: place)
        case 4:
            // A piece from elsewhere: elements and attributes change places.
            let from = Int.random(in: 0...bytes.count, using: &random)
            let piece = Array(bytes[from..<min(bytes.count, from + 60)])
            bytes.replaceSubrange(place..<place + length, with: piece)
        case 5: bytes.removeSubrange(place...)
        default: if place < bytes.count { bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random) }
        }
    }

    @Test(arguments: ShippedSurveyTests.files) func everyMutantIsJudged(_ name: String) throws {
        let good = try #require(Checkout.bytes(of: "surveys/" + name))
        let compiler = SurveyCompiler()
        let clock = ContinuousClock()
        var random = SeededGenerator(seed: Self.seed)
        var refused = 0
        var longest = Duration.zero
        for number in 0..<Self.count / ShippedSurveyTests.files.count {
            var bytes = good
            for _ in 0..<Int.random(in: 1...4, using: &random) { Self.mutate(&bytes, &random) }
            var compiled: CompiledSurvey?
            let time = clock.measure { compiled = compiler.compile(SourceText(file: name, bytes: bytes)) }
            longest = max(longest, time)
            let result = try #require(compiled)
            #expect((result.questionnaire == nil) == result.hasErrors, "mutant \(number) of seed \(Self.seed)")
            for diagnostic in result.diagnostics { #expect(!diagnostic.text.isEmpty && diagnostic.position.line >= 1) }
            if result.hasErrors { refused += 1 }
        }
        #if DEBUG
            #expect(longest < .seconds(60))
        #else
            #expect(longest < .seconds(1))
        #endif
        #expect(refused > 0)
    }
}
