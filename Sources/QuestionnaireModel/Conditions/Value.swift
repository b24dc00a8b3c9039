package import Feedback

/// A value in a condition; what was not asked or not answered is unknown.
package enum Value: Sendable, Hashable {
    /// Not asked, not answered, or resting on something that was not.
    case unknown
    /// True or false.
    case boolean(Bool)
    /// A number, score or count.
    case number(Double)
    /// Text, or the code of a choice.
    case text(String)
    /// The codes of several choices, or the rows that were answered.
    case set([String])
    /// A date.
    case date(LocalDate)
}

/// The type of an expression, known before anybody answers.
package enum ValueType: Sendable, Equatable {
    /// True or false.
    case boolean
    /// A number, score or count.
    case number
    /// Free text.
    case text
    /// One code out of a list.
    case choice([String])
    /// Several codes out of a list.
    case set([String])
    /// A date.
    case date
    /// An answer for each of several rows.
    case rows
    /// Nothing: a statement has no answer.
    case none

    /// The type in plain words, with an article.
    package var words: String {
        switch self {
        case .boolean: "a yes or no"
        case .number: "a number"
        case .text: "text"
        case .choice: "a choice"
        case .set: "several choices"
        case .date: "a date"
        case .rows: "several rows"
        case .none: "nothing"
        }
    }
}

/// All answers a question can take, where they can be counted.
package enum AnswerDomain: Sendable, Equatable {
    /// Whole numbers of a range.
    case integers(ClosedRange<Int>)
    /// One of some codes.
    case oneOf([String])
    /// Any set of some codes.
    case subsets([String])
    /// Given or refused.
    case consent
    /// A number within bounds, where there are any.
    case numbers(low: Double?, high: Double?)
    /// A date within bounds, where there are any.
    case dates(low: LocalDate?, high: LocalDate?)
    /// Some or all of some codes, in an order.
    case orders([String])
    /// One answer each for some or all of some rows.
    case rows([String])
    /// Anything else.
    case open
    /// No answer at all.
    case none
}
