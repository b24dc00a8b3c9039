internal import Feedback
internal import QuestionnaireModel

extension AnswerProblem.Kind {
    /// The reason for an import's report, with what was given.
    func words(for given: String) -> String {
        let shown = ImportRecord.shown(given)
        return switch self {
        case .missing: "this must be answered"
        case .notAnOption: "\(shown) is not one of the options"
        case .moreThanOne: "\(shown) is more than one answer"
        case .notOnScale(let range):
            "\(given.isPlainNumber ? given : shown) is not a number from \(range.lowerBound) to \(range.upperBound)"
        case .notANumber: "\(shown) is not a number"
        case .notWhole: "\(shown) is not a whole number"
        case .tooLow(let least): "\(shown) is less than \(least.text)"
        case .tooHigh(let most): "\(shown) is more than \(most.text)"
        case .tooShort(let least, let count): "\(count) characters are fewer than \(least)"
        case .tooLong(let most, let count): "\(count) characters are more than \(most)"
        case .tooFew(let least): "\(shown) are fewer than \(least) options"
        case .tooMany(let most): "\(shown) are more than \(most) options"
        case .exclusive: "\(shown) holds an option that excludes the others"
        case .rowsOpen: "some rows have no answer"
        case .tooFewPlaces(let least): "fewer than \(least) options have a place"
        case .samePlace(let place): "two options have the place \(place)"
        case .notEmail: "\(shown) is not an e-mail address"
        case .notPhone: "\(shown) is not a telephone number"
        case .notADate: "\(shown) is not a date such as 2026-01-31"
        case .tooEarly(let first): "\(shown) is before \(first)"
        case .tooLate(let last): "\(shown) is after \(last)"
        case .unlikePattern: "\(shown) does not have the form asked for"
        case .unmet(let message): message.filled(in: message.fallback) { _ in nil }
        case .forbiddenCharacter: "this holds a character that cannot be stored"
        }
    }
}

extension String {
    /// Whether the text is short digits with an optional sign and point, and so can stand in a sentence without quotes.
    fileprivate var isPlainNumber: Bool {
        (1...20).contains(utf8.count) && utf8.allSatisfy { (48...57).contains($0) || $0 == 0x2D || $0 == 0x2E }
    }
}
