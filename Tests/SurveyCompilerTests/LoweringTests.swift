import Diagnostics
import Feedback
import QuestionnaireModel
import SurveyCompiler
import Testing

/// What stands in the file is what the questionnaire says.
@Suite struct LoweringTests {
    static let text = """
        <survey xmlns="urn:heed:survey:1" id="shop" version="2.1" kind="relationship" touchpoint="delivery" stage="bond"
                languages="en bn" access="open" privacy="confidential" partial-after="30m" link-days="14">
          <title>  How
             was&#160;it, {contact.name|there}?</title><title xml:lang="BN">কেমন {{ছিল}?</title>
          <sender>S</sender><sender xml:lang="bn">স</sender>
          <fields><field name="order.size" type="number"/><field name="on" type="date"/></fields>
          <page id="one"><title>One</title><title xml:lang="bn">এক</title>
            <nps id="recommend" required="true">
              <required-message>Please</required-message><required-message xml:lang="bn">দয়া</required-message>
              <prompt>P</prompt><prompt xml:lang="bn">প</prompt><help>H</help><help xml:lang="bn">হ</help>
            </nps>
          </page>
          <page id="two" show-if="recommend le 6">
            <choice id="why"><prompt>W</prompt><prompt xml:lang="bn">ও</prompt>
              <option code="a"><label>A</label><label xml:lang="bn">আ</label></option>
              <option code="b" other="true"><label>B</label><label xml:lang="bn">ব</label></option>
            </choice>
          </page>
          <case id="call" when="why eq 'a'" due="2d"/>
          <ending show-if="recommend ge 9"><message>M</message><message xml:lang="bn">ম</message>
            <offer kind="review" href="https://x.example/r?a=1&amp;b=2"/><offer kind="help"/></ending>
          <ending><message>N</message><message xml:lang="bn">ন</message></ending>
        </survey>
        """

    @Test func everythingArrives() throws {
        let source = SourceText(file: "shop.xml", bytes: Array(Self.text.utf8))
        let compiled = SurveyCompiler().compile(source)
        #expect(compiled.diagnostics.map(\.message) == [])
        let survey = try #require(compiled.questionnaire)
        #expect(survey.id.rawValue == "shop" && survey.version.rawValue == "2.1")
        #expect(
            survey.profile.kind == .relationship && survey.profile.touchpoint == "delivery"
                && survey.profile.stage == .bond)
        #expect(survey.profile.access == .open && survey.profile.privacy == .confidential)
        #expect(survey.profile.partialAfter == 1_800_000 && survey.profile.linkDays == 14)
        #expect(survey.profile.languages.map(\.rawValue) == ["en", "bn"])
        let bn = survey.profile.languages[1]
        #expect(survey.title.filled(in: .english) { _ in nil } == "How was\u{A0}it, there?")
        #expect(survey.title.filled(in: .english) { _ in "Eva" } == "How was\u{A0}it, Eva?")
        #expect(survey.title.filled(in: bn) { _ in nil } == "কেমন {ছিল}?")
        #expect(survey.introduction == nil && survey.sender != nil)
        #expect(
            survey.fields == [
                FieldDeclaration(name: "order.size", type: .number), FieldDeclaration(name: "on", type: .date),
            ])
        #expect(survey.pages.map(\.id.rawValue) == ["one", "two"])
        #expect(survey.pages[0].visibleWhen == nil && survey.pages[1].visibleWhen?.source == "recommend le 6")
        let recommend = survey.questions[0].question
        #expect(recommend.isRequired && recommend.type.measure == .nps)
        #expect(recommend.messages[.required]?.filled(in: bn) { _ in nil } == "দয়া")
        #expect(survey.text(at: recommend.place, in: source).hasPrefix("<nps id=\"recommend\""))
        #expect(survey.questions[1].question.type.options.map(\.code) == ["a", "b"])
        #expect(survey.questions[1].question.type.options.map(\.takesText) == [false, true])
        #expect(survey.endings.map(\.offers.count) == [2, 0])
        #expect(survey.endings[0].offers[0].href == "https://x.example/r?a=1&b=2")
        #expect(survey.caseRules.map(\.due) == [172_800_000])
        #expect(survey.digest == SurveyCompiler.digest(of: source.bytes))
        #expect(SurveyEffort(survey).seconds == 11)
    }

    @Test func digestIsThatOfTheBytes() {
        // FIPS 180-4, the empty message.
        #expect(SurveyCompiler.digest(of: []) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }
}

extension Questionnaire {
    fileprivate func text(at range: Range<Int>, in source: SourceText) -> String {
        String(decoding: source.bytes[range], as: UTF8.self)
    }
}
