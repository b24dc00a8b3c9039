import Diagnostics
import Feedback
import FeedbackTestSupport
import FoundationEssentials
import QuestionnaireModel
import SurveyCompiler
import SurveyPages
import Testing

/// Surveys and pages for the tests of what customers see.
enum Fixtures {
    /// The surveys of the checkout by file name.
    static let shipped: [String] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: Checkout.path + "/surveys")) ?? []
        return names.filter { $0.hasSuffix(".xml") }.sorted()
    }()

    static func shippedSurvey(_ name: String) throws -> Questionnaire {
        try compile(String(decoding: #require(Checkout.bytes(of: "surveys/" + name)), as: UTF8.self))
    }

    static func compile(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> Questionnaire {
        let compiled = SurveyCompiler().compile(SourceText(file: "sample.xml", bytes: Array(text.utf8)))
        return try #require(
            compiled.questionnaire, "\(compiled.diagnostics.map { "\($0.code.id) \($0.message)" })",
            sourceLocation: sourceLocation)
    }

    /// A survey around some pages.
    static func survey(_ pages: String, languages: String = "en", root: String = "") throws -> Questionnaire {
        try compile(
            """
            <survey xmlns="urn:heed:survey:1" id="sample" version="1" kind="transactional" languages="\(languages)" \
            access="invited" privacy="named"><title>Sample</title>\(root)\(pages)\
            <ending><message>Thanks</message></ending></survey>
            """)
    }

    /// One of every question, with help and required, on one page.
    static func everything(languages: String = "en") throws -> Questionnaire {
        try survey(
            """
            <page id="all">
            <statement id="hello"><prompt>Words, {contact.name|you}</prompt></statement>
            <nps id="recommend" required="true"><prompt>N</prompt><help>Help</help><required-message>Do!</required-message></nps>
            <csat id="care"><prompt>C</prompt></csat>
            <ces id="effort"><prompt>E</prompt></ces>
            <rating id="stars" from="1" to="5"><prompt>R</prompt></rating>
            <choice id="one"><prompt>One</prompt><option code="a">A</option><option code="b" other="true">B</option></choice>
            <choices id="some" most="2"><prompt>Some</prompt><option code="a">A</option><option code="b" other="true">B</option>
            <option code="c" exclusive="true">C</option></choices>
            <number id="weight" required="true"><prompt>W</prompt><help>Help</help><unit>kg</unit></number>
            <text id="why" required="true" max-length="100" show-if="recommend le 6"><prompt>Why?</prompt></text>
            <text id="more" show-if="why eq 'x'"><prompt>More?</prompt></text>
            <matrix id="aspects" required="true"><prompt>M</prompt><item id="speed">Speed</item><item id="price">Price</item>
            <option code="good">Good</option><option code="bad">Bad</option></matrix>
            <matrix id="parts" to="5"><prompt>M</prompt><item id="lid">Lid</item><low>L</low><high>H</high></matrix>
            <ranking id="order" least="1"><prompt>K</prompt><option code="a">A</option><option code="b">B</option></ranking>
            <email id="mail" required="true"><prompt>E</prompt></email>
            <phone id="call"><prompt>C</prompt></phone>
            <date id="day" from="2026-01-01"><prompt>D</prompt></date>
            <consent id="agree" required="true"><prompt>May we?</prompt><terms>Terms</terms></consent>
            </page>
            """, languages: languages,
            root: """
                <introduction>Hello {contact.name|there}</introduction><sender>Kettle &amp; Co</sender>\
                <privacy>Kept well.</privacy>
                """)
    }

    /// A page as it is after some fields were typed.
    static func page(
        _ survey: Questionnaire, _ index: Int = 0, _ language: LanguageTag? = nil, typed: [(String, String)] = [],
        fields invitation: [String: Value] = [:]
    ) -> SurveyPage {
        let fields = FormFields(typed.map { FormFields.Field(name: $0.0, value: $0.1) })
        var answers = Answers()
        for entry in survey.questions {
            guard case .answers(let entries) = entry.question.type.decode(fields, id: entry.question.id) else {
                continue
            }
            for entry in entries { answers[entry.key] = entry.answer }
        }
        var page = SurveyPage(
            questionnaire: survey, page: index, language: language ?? survey.profile.languages[0],
            routing: Routing(survey, answers: answers, fields: invitation), fields: fields, action: "/s/sample/token")
        page.canGoBack = index > 0
        return page
    }

    /// Every kind of problem, on the questions given in turn.
    static func problems(_ survey: Questionnaire) throws -> [AnswerProblem] {
        let number = try #require(DecimalNumber("2.5"))
        let kinds: [AnswerProblem.Kind] = [
            .missing, .notAnOption, .moreThanOne, .notOnScale(0...10), .notANumber, .notWhole, .tooLow(number),
            .tooHigh(number),
            .tooLong(most: 5, count: 6), .tooFew(2), .tooMany(3), .exclusive, .forbiddenCharacter, .rowsOpen,
            .tooFewPlaces(2), .samePlace(1), .notEmail, .notPhone, .notADate, .tooEarly(LocalDate(dayNumber: 0)),
            .tooLate(LocalDate(dayNumber: 1)), .tooShort(least: 5, count: 4), .unlikePattern,
        ]
        let asked = survey.questions.filter { $0.question.type.domain != .none }
        return kinds.enumerated().map { index, kind in
            AnswerProblem(question: asked[index % asked.count].question.id, kind: kind)
        }
    }
}

/// What every page keeps, whatever it says.
func checkPage(_ rendered: RenderedPage, sourceLocation: SourceLocation = #_sourceLocation) throws -> HTMLPage {
    let page = try HTMLPage(rendered.bytes)
    let ids = Set(page.elements.compactMap { $0["id"] })
    for element in page.elements {
        #expect(element.name != "script", sourceLocation: sourceLocation)
        for name in element.attributes.keys {
            #expect(name != "style" && !name.hasPrefix("on") && name != "required", sourceLocation: sourceLocation)
        }
        for reference in (element["aria-describedby"] ?? "").split(separator: " ")
            + [element["for"].map { $0[...] }, element["aria-labelledby"].map { $0[...] }].compactMap(\.self)
        {
            #expect(ids.contains(String(reference)), "\(reference) is nowhere", sourceLocation: sourceLocation)
        }
        if element.name == "a", let href = element["href"], href.hasPrefix("#") {
            #expect(ids.contains(String(href.dropFirst())), "\(href) leads nowhere", sourceLocation: sourceLocation)
        }
    }
    let html = try #require(page.all("html").first, sourceLocation: sourceLocation)
    #expect(html["lang"] != nil && html["dir"] != nil, sourceLocation: sourceLocation)
    #expect(
        page.all("h1").count == 1 && page.all("title").count == 1 && page.all("main").count == 1,
        sourceLocation: sourceLocation)
    // Every control has words: it stands in a label, or one is for it.
    for (index, element) in page.elements.enumerated() where ["input", "textarea", "select"].contains(element.name) {
        if element["type"] == "hidden" { continue }
        let labels = page.all("label").contains { $0["for"] == element["id"] && element["id"] != nil }
        let isInside = page.elements[index].ancestors.contains { page.elements[$0].name == "label" }
        #expect(labels || isInside, "\(element.attributes) has no label", sourceLocation: sourceLocation)
    }
    // The policy names exactly the style that is there.
    let style = try #require(page.all("style").first, sourceLocation: sourceLocation)
    let hex = SurveyCompiler.digest(of: Array(style.text.utf8))
    let digest = stride(from: 0, to: hex.count, by: 2).compactMap { offset in
        UInt8(hex.dropFirst(offset).prefix(2), radix: 16)
    }
    let name = "sha256-" + Data(digest).base64EncodedString()
    #expect(rendered.styleDigest == name, sourceLocation: sourceLocation)
    #expect(
        rendered.contentSecurityPolicy.contains("default-src 'none'; style-src '\(name)'"),
        sourceLocation: sourceLocation)
    return page
}
