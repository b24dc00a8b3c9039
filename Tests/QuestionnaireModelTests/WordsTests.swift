import Feedback
import QuestionnaireModel
import Testing

/// heed's own words are whole in every language it speaks.
@Suite struct WordsTests {
    static let languages = Words.all.map(\.language)

    @Test func speaksTheEightLanguages() {
        #expect(Set(Self.languages) == ["en", "bn", "hi", "ar", "de", "fr", "es", "pt"])
        #expect(Self.languages.count == Words.all.count)
    }

    @Test(arguments: languages) func nothingIsMissing(_ language: String) {
        let words = Words.speaking(language)
        #expect(words.language == language)
        #expect(words.missing == [])
    }

    @Test(arguments: languages) func figuresStandInEveryLanguage(_ language: String) {
        let words = Words.speaking(language)
        for phrase in Phrase.allCases {
            for figure in ["{0}", "{1}", "{2}"] {
                let count = words(phrase).ranges(of: figure).count
                #expect(count == Words.english(phrase).ranges(of: figure).count, "\(phrase) in \(language)")
            }
            #expect(!words(phrase).isEmpty && words(phrase).first?.isWhitespace == false, "\(phrase) in \(language)")
        }
    }

    @Test(arguments: languages.filter { $0 != "en" }) func nothingWasForgottenInEnglish(_ language: String) {
        let words = Words.speaking(language)
        let same = Phrase.allCases.filter { words($0) == Words.english($0) }
        // "No" is no in Spanish too, and a page is a page in French.
        #expect(same.count <= 2, "\(same)")
    }

    @Test func figuresAreFilledOnce() {
        #expect(Words.english(.notOnScale, "0", "10") == "Please choose a number from 0 to 10.")
        #expect(Words.english(.notYou, "{1}") == "Not {1}?")
        #expect(Words.speaking("xx").language == "en")
    }
}
