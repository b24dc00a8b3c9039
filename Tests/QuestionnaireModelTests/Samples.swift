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
            "<text id=\"q\" min-length=\"3\" max-length=\"9\" pattern=\"[A-Z]+(-\\d+)?\" lines=\"1\"><prompt>P</prompt></text>",
        ],
        "email": ["<email id=\"q\"><prompt>P</prompt></email>"],
        "phone": ["<phone id=\"q\"><prompt>P</prompt></phone>"],
        "date": [
            "<date id=\"q\"><prompt>P</prompt></date>",
            "<date id=\"q\" from=\"2024-02-28\" to=\"2024-03-01\"><prompt>P</prompt></date>",
        ],
        "ranking": [
            """
            <ranking id="q"><prompt>P</prompt><option code="z">Z</option><option code="a">A</option>\
            <option code="m">M</option></ranking>
            """,
            """
            <ranking id="q" least="1" most="2"><prompt>P</prompt><option code="z">Z</option><option code="a">A</option>\
            <option code="m">M</option><option code="b-2">B</option></ranking>
            """,
        ],
        "matrix": [
            """
            <matrix id="q" from="1" to="5" required="true"><prompt>P</prompt><low>L</low><high>H</high>\
            <item id="speed">Speed</item><item id="price">Price</item></matrix>
            """,
            """
            <matrix id="q"><prompt>P</prompt><item id="speed"><label>Speed</label></item><item id="help">Help</item>\
            <item id="other">Other</item><option code="good">Good</option><option code="bad">Bad</option></matrix>
            """,
        ],
        "consent": ["<consent id=\"q\"><prompt>P</prompt><terms>All of it</terms></consent>"],
        "statement": ["<statement id=\"q\"><prompt>P</prompt></statement>"],
    ]

    /// What people type into fields whose answers cannot be counted, where random text would hardly ever be one.
    static let typed: [String: [String]] = [
        "text": ["KX-2048", " ABC ", "AB", "ABC-", "kx-1"],
        "email": [
            "maria@example.com", " maria@example.com\n", "a@b", "o'hara+tag@mail.example.co.uk",
            "{x|y}~!#$%&*/=?^_`@1-2.3",
            String(repeating: "a", count: 200) + "@example.com",
        ],
        "phone": [
            "+44 20 7946 0000", "(030) 90 18-20", "0171/123.45", "12345", "০১৭১১ ২৩৪৫৬৭", "٠١٢٣٤٥٦٧", "۰۲۱ ۸۸۸",
            "\u{202A}+1\u{A0}202\u{2011}555\u{2011}0100\u{202C}", " 123456789012345 ",
        ],
        "date": ["2024-02-29", "2024-02-28", "2024-03-01", " 1999-12-31", "0001-01-01", "٢٠٢٤-٠٢-٢٩"],
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
