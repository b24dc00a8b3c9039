import Diagnostics
import SurveyCompiler
import Testing

/// Surveys made to take long: what is asked of the compiler grows with the file, and no faster.
@Suite struct HostileSurveyTests {
    // Unoptimized loops are some twenty times slower, and the tests share their processors: a smaller survey shows the
    // same.
    #if DEBUG
        private static let scale = 5
        private static let limit = Duration.seconds(60)
    #else
        private static let scale = 1
        private static let limit = Duration.seconds(1)
    #endif

    private static let questions = (0..<8).map { "<nps id=\"q\($0)\"><prompt>P</prompt></nps>" }.joined()

    private static func texts(_ count: Int, _ condition: (Int) -> String) -> String {
        (0..<count).map { "<text id=\"t\($0)\" show-if=\"\(condition($0))\"><prompt>P</prompt></text>" }.joined()
    }

    static let surveys: [(name: String, parts: String)] = [
        ("unknown names", "<page id=\"p\">\(texts(3000 / scale) { "x\($0) le 6" })</page>"),
        (
            "chain of questions",
            "<page id=\"p\">\(texts(3000 / scale) { "answered(t\($0 + 1)) or answered(t0)" })</page>"
        ),
        (
            "long conditions",
            "<page id=\"p\">\(questions)</page><page id=\"r\">"
                + texts(100 / scale) { start in
                    (0..<280).map { "q\(($0 + start) % 8) le \($0 % 10)" }.joined(separator: " and ")
                }
                + "</page>"
        ),
        (
            "duplicates",
            String(repeating: "<page id=\"p\"><nps id=\"q\"><prompt>P</prompt></nps></page>", count: 3000 / scale)
        ),
        (
            "open braces",
            "<page id=\"p\"><nps id=\"q\"><prompt>\(String(repeating: "{a", count: 100_000 / scale))</prompt></nps></page>"
        ),
        (
            "entities",
            "<page id=\"p\"><nps id=\"q\"><prompt>\(String(repeating: "&amp;", count: 9000 / scale)){x}</prompt></nps></page>"
        ),
        ("unknown elements", "<page id=\"p\">\(String(repeating: "<npss/>", count: 20_000 / scale))</page>"),
        (
            "options",
            "<page id=\"p\"><choice id=\"c\"><prompt>P</prompt>"
                + (0..<5000 / scale).map { "<option code=\"o\($0)\">X</option>" }.joined()
                + "</choice></page><page id=\"r\">\(texts(500 / scale) { "c eq 'o\($0 % 10)'" })</page>"
        ),
        (
            "fields like rows",
            "<fields>\((0..<3000 / scale).map { "<field name=\"q\($0).x\" type=\"text\"/>" }.joined())</fields><page id=\"p\">"
                + (0..<3000 / scale).map { "<nps id=\"q\($0)\"><prompt>P</prompt></nps>" }.joined() + "</page>"
        ),
    ]

    @Test(arguments: surveys.indices) func isJudgedInAMoment(_ index: Int) {
        let survey = MarkedSurvey(MarkedSurvey.around(Self.surveys[index].parts))
        let clock = ContinuousClock()
        var compiled: CompiledSurvey?
        let time = clock.measure { compiled = survey.compile() }
        #expect(compiled != nil)
        #expect(time < Self.limit, "\(Self.surveys[index].name)")
    }

    @Test func manyLanguagesAreRefused() {
        let tags = (0..<20_000).map { "a\($0)" }.joined(separator: " ")
        let compiled = MarkedSurvey(
            MarkedSurvey.around("<page id=\"p\">\(Self.questions)</page>", attributes: "languages=\"\(tags)\"")
        ).compile()
        #expect(compiled.diagnostics.map(\.message).contains("More than 40 languages are named."))
    }
}
