import Diagnostics
import Feedback
import QuestionnaireModel
import SurveyCompiler
import Testing

/// Small surveys for the tests of the model.
enum Samples {
    /// A survey around some pages.
    static func survey(_ pages: String, languages: String = "en", root: String = "") -> String {
        """
        <survey xmlns="urn:heed:survey:1" id="sample" version="1" kind="transactional" languages="\(languages)" access="invited" \
        privacy="named"><title>Sample</title>\(root)\(pages)<ending><message>Thanks</message></ending></survey>
        """
    }

    /// What compiling makes of a survey file's text.
    static func compile(_ text: String) -> CompiledSurvey {
        SurveyCompiler().compile(SourceText(file: "sample.xml", bytes: Array(text.utf8)))
    }

    /// The questionnaire of some pages, which must compile without errors.
    static func questionnaire(
        _ pages: String, languages: String = "en", root: String = "", sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> Questionnaire {
        let compiled = compile(survey(pages, languages: languages, root: root))
        return try #require(
            compiled.questionnaire, "\(compiled.diagnostics.map { "\($0.code.id) \($0.message)" })",
            sourceLocation: sourceLocation)
    }

    /// One question by its element.
    static func question(_ element: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> Question {
        try questionnaire("<page id=\"p\">\(element)</page>", sourceLocation: sourceLocation).questions[0].question
    }

    /// Elements of every type of the registry, each with what makes the type particular; a new type adds its own.
    static let elements: [String: [String]] = [
        "nps": ["<nps id=\"q\" required=\"true\"><prompt>P</prompt><low>L</low></nps>"],
        "csat": ["<csat id=\"q\"><prompt>P</prompt></csat>"],
        "ces": ["<ces id=\"q\"><prompt>P</prompt></ces>"],
        "rating": [
            "<rating id=\"q\"><prompt>P</prompt></rating>",
            "<rating id=\"q\" from=\"-3\" to=\"3\"><prompt>P</prompt><low>L</low><high>H</high></rating>",
        ],
        "choice": [
            """
            <choice id="q"><prompt>P</prompt><option code="a">A</option><option code="b-2">B</option>\
            <option code="else" other="true">Else</option></choice>
            """
        ],
        "choices": [
            """
            <choices id="q" least="2" most="3"><prompt>P</prompt><option code="z">Z</option><option code="a">A</option>\
            <option code="m">M</option><option code="else" other="true">Else</option>\
            <option code="none" exclusive="true">None</option></choices>
            """
        ],
        "number": [
            "<number id=\"q\"><prompt>P</prompt><unit>kg</unit></number>",
            "<number id=\"q\" least=\"-2.5\" most=\"1000\" whole=\"true\"><prompt>P</prompt></number>",
        ],
        "text": [
            "<text id=\"q\" max-length=\"50\" lines=\"2\"><prompt>P</prompt></text>",
            "<text id=\"q\"><prompt>P</prompt></text>",
        ],
        "consent": ["<consent id=\"q\"><prompt>P</prompt><terms>All of it</terms></consent>"],
        "statement": ["<statement id=\"q\"><prompt>P</prompt></statement>"],
    ]

    /// Values that somebody with a grudge, or a scanner, sends.
    static let hostile: [String] = [
        "-1", "11", "5.5", "１０", "1e1", "NaN", "nan", "inf", "0x10", "+3", "03", "3 ", " 3", "3\u{0}", "\u{0}", "-0",
        "−3",
        "9223372036854775808", "1,234", "1.234.5", "yes ", "YES", "true", "a;b-2", "none", "else",
        "<script>alert(1)</script>", "</script>", "</textarea><b>", "</style>", "\" onload=\"x", "' autofocus '",
        "&amp;", "&#0;",
        "\u{202E}txt", "\u{2066}open", "a\u{2028}b\u{2029}c", "\u{85}", "\u{FFFE}", "\u{FFFF}", "\u{FEFF}bom",
        "e\u{301}\u{302}\u{303}",
        "👩‍👩‍👧‍👦", "=HYPERLINK(\"http://x\")", "@SUM(1)", "line\nline", "\ttab", "\u{1}p\u{3}x\u{2}", "{contact.name|x}",
        String(repeating: "x", count: 1_000_000), String(repeating: "9", count: 100_000),
    ]
}
