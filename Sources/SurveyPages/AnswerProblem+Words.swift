internal import Feedback
internal import QuestionnaireModel

extension AnswerProblem.Kind {
    /// The sentence for a customer: what is wrong and what to do.
    func sentence(in words: Words, exclusiveLabel: String) -> String {
        switch self {
        case .missing: words(.missing)
        case .notAnOption: words(.notAnOption)
        case .moreThanOne: words(.moreThanOne)
        case .notOnScale(let range): words(.notOnScale, String(range.lowerBound), String(range.upperBound))
        case .notANumber: words(.notANumber)
        case .notWhole: words(.notWhole)
        case .tooLow(let least): words(.tooLow, least.text)
        case .tooHigh(let most): words(.tooHigh, most.text)
        case .tooShort(let least, let count): words(.tooShort, String(least), String(count))
        case .tooLong(let most, let count): words(.tooLong, String(most), String(count))
        case .tooFew(let least): words(.tooFew, String(least))
        case .tooMany(let most): words(.tooMany, String(most))
        case .exclusive: words(.exclusive, exclusiveLabel)
        case .rowsOpen: words(.rowsOpen)
        case .tooFewPlaces(let least): words(.tooFewPlaces, String(least))
        case .samePlace(let place): words(.samePlace, String(place))
        case .notEmail: words(.notEmail)
        case .notPhone: words(.notPhone)
        case .notADate: words(.notADate)
        case .tooEarly(let first): words(.tooEarly, first.description)
        case .tooLate(let last): words(.tooLate, last.description)
        case .unlikePattern: words(.unlikePattern)
        case .forbiddenCharacter: words(.forbiddenCharacter)
        // A check has the author's own words only; the page writes those.
        case .unmet: words(.notAnOption)
        }
    }
}
