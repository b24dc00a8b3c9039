/// A phrase of heed's own on a questionnaire page; `{0}` and `{1}` stand for figures or names.
package enum Phrase: String, Sendable, CaseIterable {
    // Buttons and navigation.
    case next, back, send, language
    /// "Page {0} of {1}".
    case progress
    /// "Answers are saved page by page."
    case savedNote
    // Marks beside a question.
    case required
    /// "{0} characters at most".
    case charactersAtMost
    /// "{0} to {1} options".
    case chooseBetween
    /// "Give places from 1 to {0}; 1 comes first."
    case placesUpTo
    /// Label of the free text of an option: "Please say which".
    case otherText
    // Answers of a consent question.
    case agree, disagree
    // Ends of scales where the author gave none.
    case notAtAllLikely, extremelyLikely, veryDissatisfied, verySatisfied, veryDifficult, veryEasy
    // Problems; {0} and {1} are bounds.
    case problemsOne, problemsMany
    case missing, notAnOption, moreThanOne, notOnScale, notANumber, notWhole, tooLow, tooHigh, tooShort, tooLong, tooFew
    case tooMany, exclusive, forbiddenCharacter
    case rowsOpen, tooFewPlaces, samePlace, notEmail, notPhone, notADate, tooEarly, tooLate, unlikePattern
    // Pages that are not questions: headings and sentences.
    case answeredTitle, answeredText, closedTitle, closedText, notFoundTitle, notFoundText
    case busyTitle, busyText, laterText, waitTitle, waitText, tooLargeTitle, tooLargeText, onceMoreTitle, onceMoreText,
        thankYouTitle
    // Trust.
    /// "Asked by {0}.".
    case askedBy
    /// "This link is yours alone: whoever has it can see what you typed so far."
    case resumeNote
    /// "Not {0}?".
    case notYou
    case privacy, stopAsking
    // Offers.
    case offerReferral, offerReview, offerTestimonial, offerCoupon, offerHelp
    // Opting out.
    case unsubscribeTitle, unsubscribeText, unsubscribeButton, unsubscribedTitle, unsubscribedText
}

/// heed's own words in one language.
package struct Words: Sendable {
    /// The language they are in.
    package let language: String
    private let phrases: [Phrase: String]

    /// The words of one language; the test suite checks that each language has every phrase.
    package init(_ language: String, _ phrases: [Phrase: String]) {
        self.language = language
        self.phrases = phrases
    }

    /// A phrase with its figures filled in.
    package func callAsFunction(_ phrase: Phrase, _ figures: String...) -> String { filled(phrase, figures) }

    /// A phrase with its figures filled in.
    package func filled(_ phrase: Phrase, _ figures: [String]) -> String {
        var text = phrases[phrase] ?? Words.english.phrases[phrase] ?? phrase.rawValue
        for (index, figure) in figures.enumerated() { text = text.replacing("{\(index)}", with: figure) }
        return text
    }

    /// Phrases that this language lacks.
    package var missing: [Phrase] { Phrase.allCases.filter { phrases[$0] == nil } }

    /// Every language heed speaks; a new one is one file and one line.
    package static let all: [Words] = [.english, .bengali, .hindi, .arabic, .german, .french, .spanish, .portuguese]

    /// The words for a language tag's primary language, else English; and whether they are really in it.
    package static func speaking(_ primary: String) -> Words { all.first { $0.language == primary } ?? .english }
}
