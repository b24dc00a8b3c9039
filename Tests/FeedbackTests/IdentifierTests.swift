import Feedback
import Testing

@Suite struct IdentifierTests {
    @Test(arguments: ["a", "post-purchase", "q1", "z-"]) func `definition names`(text: String) {
        #expect(SurveyID(text) != nil && QuestionID(text) != nil && PageID(text) != nil)
    }

    @Test(arguments: ["", "A", "1a", "-a", "a.b", "a_b", "é", "../x", String(repeating: "a", count: 65)])
    func `what could leave a folder or break a condition is no definition name`(text: String) {
        #expect(SurveyID(text) == nil && QuestionID(text) == nil)
    }

    @Test(arguments: ["..", ".", "a/b", "", "1 2"]) func `versions cannot be paths`(text: String) {
        #expect(SurveyVersion(text) == nil)
    }

    @Test(arguments: ["a b", "ü", "", String(repeating: "x", count: 65)]) func `response ids`(text: String) {
        #expect(ResponseID(text) == nil)
    }

    @Test func `foreign keys take what other systems write, but no control characters`() {
        #expect(AccountID("Müller & Söhne #4") != nil)
        #expect(AccountID("a\nb") == nil && ContactID("") == nil && ContactID("a\u{0}b") == nil)
    }

    @Test func `sortable ids rise with time and are never the same`() {
        let ids = RandomIDs()
        let early = ids.makeSortable(at: Timestamp(milliseconds: 1_000))
        let late = ids.makeSortable(at: Timestamp(milliseconds: 2_000))
        #expect(early < late && early.rawValue.utf8.count == 26)
        #expect(Set((0..<1000).map { _ in ids.makeRandom() }).count == 1000)
        #expect(ULID.encode(time: 0xFFFF_FFFF_FFFF, random: .max, .max).rawValue == "7ZZZZZZZZZZZZZZZZZZZZZZZZZ")
    }

    @Test func `language tags`() {
        #expect(LanguageTag("pt-BR")?.rawValue == "pt-br" && LanguageTag("pt-BR")?.primary == "pt")
        #expect(LanguageTag("ar")?.direction == "rtl" && LanguageTag("bn")?.direction == "ltr")
        #expect(LanguageTag("e") == nil && LanguageTag("en_US") == nil && LanguageTag("") == nil)
    }

    @Test func `bands hold every score once`() {
        #expect(
            (0...10).compactMap(PromoterBand.init(score:)).map(\.rawValue).reduce(into: [:]) { $0[$1, default: 0] += 1 }
                == ["detractor": 7, "passive": 2, "promoter": 2])
        #expect(PromoterBand(score: -1) == nil && PromoterBand(score: 11) == nil)
    }
}
