package import Feedback

/// Why an answer cannot be taken, to be said in the customer's language beside the question.
package struct AnswerProblem: Sendable, Equatable {
    /// What is wrong, with the figures the message needs.
    package enum Kind: Sendable, Equatable {
        /// A required question was left open.
        case missing
        /// A code that is not among the options.
        case notAnOption
        /// More than one value where one is asked for.
        case moreThanOne
        /// Not a whole number of the scale.
        case notOnScale(ClosedRange<Int>)
        /// Not a number at all.
        case notANumber
        /// Not a whole number where one is asked for.
        case notWhole
        /// A number below the least allowed.
        case tooLow(DecimalNumber)
        /// A number above the greatest allowed.
        case tooHigh(DecimalNumber)
        /// Text shorter than asked for, in characters.
        case tooShort(least: Int, count: Int)
        /// Text longer than allowed, in characters.
        case tooLong(most: Int, count: Int)
        /// Fewer options than asked for.
        case tooFew(Int)
        /// More options than allowed.
        case tooMany(Int)
        /// An option that excludes the others, chosen beside them.
        case exclusive
        /// A required question with rows, of which some have no answer.
        case rowsOpen
        /// Fewer options with a place than asked for.
        case tooFewPlaces(Int)
        /// Two options with the same place.
        case samePlace(Int)
        /// Not an e-mail address.
        case notEmail
        /// Not a telephone number.
        case notPhone
        /// Not a date.
        case notADate
        /// A date before the first allowed.
        case tooEarly(LocalDate)
        /// A date after the last allowed.
        case tooLate(LocalDate)
        /// Text that does not have the form asked for.
        case unlikePattern
        /// A character that no file could hold, such as NUL.
        case forbiddenCharacter
        /// Answers that do not fit together, in the words of the page's check.
        case unmet(LocalizedText)
    }

    /// The question it belongs to.
    package let question: QuestionID
    /// What is wrong.
    package let kind: Kind

    /// Why an answer to a question cannot be taken.
    package init(question: QuestionID, kind: Kind) {
        self.question = question
        self.kind = kind
    }
}

/// What the fields of a form say about one question.
package enum DecodedAnswer: Sendable, Equatable {
    /// Nothing was given.
    case none
    /// Answers under the question's key, and under `id.other` where there is free text.
    case answers([Answers.Entry])
    /// Something was given that cannot be taken.
    case problem(AnswerProblem.Kind)
}
