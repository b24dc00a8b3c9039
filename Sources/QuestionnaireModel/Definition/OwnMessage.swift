/// The problems for which an author may write words of their own, each as an element such as `<range-message>`.
package enum OwnMessage: String, Sendable, CaseIterable {
    /// A required question was left open, or not answered in every row.
    case required
    /// A number or date outside its bounds.
    case range
    /// A text that is too short or too long.
    case length
    /// A text that does not have the form its pattern asks for.
    case pattern
    /// Too few or too many options.
    case count
    /// Something that is no number, date, address or telephone number at all.
    case format

    /// The element that the words are written in.
    package var element: String { rawValue + "-message" }

    /// The child that a question type which knows this problem holds.
    package var shape: ChildShape {
        let problem =
            switch self {
            case .required: "a missing answer"
            case .range: "an answer outside the bounds"
            case .length: "a text that is too short or too long"
            case .pattern: "a text that does not fit the pattern"
            case .count: "too few or too many options"
            case .format: "an answer that cannot be read"
            }
        return .text(element, "Your own words for \(problem).")
    }

    /// The kind of a problem, where authors may word it; nil for what only a broken or forged form can send.
    package init?(_ kind: AnswerProblem.Kind) {
        switch kind {
        case .missing, .rowsOpen: self = .required
        case .tooLow, .tooHigh, .tooEarly, .tooLate: self = .range
        case .tooShort, .tooLong: self = .length
        case .unlikePattern: self = .pattern
        case .tooFew, .tooMany, .tooFewPlaces: self = .count
        case .notANumber, .notWhole, .notEmail, .notPhone, .notADate: self = .format
        case .notAnOption, .moreThanOne, .notOnScale, .exclusive, .samePlace, .forbiddenCharacter, .unmet: return nil
        }
    }
}
