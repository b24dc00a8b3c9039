package import Feedback
package import Markup

/// One ask: a prompt, a type, and when it is shown.
package final class Question: Sendable {
    /// The question's id within its survey, and its form field's name.
    package let id: QuestionID
    /// The type, with everything that its own element said.
    package let type: any QuestionType
    /// The words that ask.
    package let prompt: LocalizedText
    /// Words that help to answer, if any.
    package let help: LocalizedText?
    /// Whether it must be answered when shown.
    package let isRequired: Bool
    /// The author's own words for a missing answer, if any.
    package let requiredMessage: LocalizedText?
    /// When it is shown; nil for always.
    package let visibleWhen: Condition?
    /// The bytes of its start tag in the survey file.
    package let place: Range<Int>

    /// One ask.
    package init(
        id: QuestionID, type: any QuestionType, prompt: LocalizedText, help: LocalizedText?, isRequired: Bool,
        requiredMessage: LocalizedText?, visibleWhen: Condition?, place: Range<Int>
    ) {
        self.id = id
        self.type = type
        self.prompt = prompt
        self.help = help
        self.isRequired = isRequired
        self.requiredMessage = requiredMessage
        self.visibleWhen = visibleWhen
        self.place = place
    }
}

/// What a question measures, for the analyzer.
package enum Measure: Sendable, Equatable {
    /// Likelihood to recommend, 0 to 10.
    case nps
    /// Satisfaction, 1 to 5; satisfied is 4 or 5.
    case csat
    /// Effort, 1 to 7 with 7 the easiest; easy is 6 or 7.
    case ces
    /// A rating on a scale of its own.
    case rating(ClosedRange<Int>)
    /// One code of a list.
    case choice([String])
    /// Several codes of a list.
    case choices([String])
    /// A free number.
    case number
    /// Words.
    case verbatim
    /// Consent given or refused.
    case consent
}

/// A kind of question: all that heed knows of it, from the survey file to the page, the stored answer and the archive.
///
/// An implementer guarantees that `decode(formFields(for: a)) == a` for every answer `a` that `decode` yields, that
/// `decode` yields only answers inside `domain`, and that nothing of a form is ever written to a page unescaped.
package protocol QuestionType: Sendable {
    /// The element of the survey language, with the attributes and children that are this type's own.
    static var shape: ElementShape { get }
    /// Reads the element's own attributes and children; problems are reported to the source, and nil means none can be
    /// made.
    init?(_ element: MarkupElement, _ source: inout SurveySource)

    /// The type of its value in conditions.
    var valueType: ValueType { get }
    /// All answers it can take.
    var domain: AnswerDomain { get }
    /// What it measures; nil when there is nothing to count.
    var measure: Measure? { get }
    /// The options with their labels, in definition order, for labels, archives and tables.
    var options: [Choice] { get }
    /// The rows that are answered one by one, in definition order; empty for most types.
    var items: [Choice] { get }
    /// How each row is answered: a question type of its own; nil where there are no rows.
    var row: (any QuestionType)? { get }
    /// Every text of its own, for translation checks.
    var texts: [LocalizedText] { get }
    /// Whether it draws a group of controls (fieldset and legend) rather than a single one (label).
    var isGroup: Bool { get }

    /// What the fields of a form say; blank is no answer.
    func decode(_ fields: FormFields, id: QuestionID) -> DecodedAnswer
    /// The form fields that would give these answers, to draw a page again or to check an imported answer.
    func formFields(for answers: Answers, id: QuestionID) -> [FormFields.Field]
    /// The form fields that a table cell stands for.
    func formFields(cell: String, id: QuestionID) -> [FormFields.Field]
    /// What an answer lacks where one is required; nil when it is whole.
    func gap(in answer: Answer) -> AnswerProblem.Kind?
    /// The value in conditions.
    func value(of answer: Answer) -> Value
    /// The answer in words, for pipes and reports.
    func words(for answer: Answer, in language: LanguageTag) -> String
    /// Draws the controls, without prompt, help or problem.
    func draw(_ drawing: QuestionDrawing, into html: inout HTMLWriter)
}

extension QuestionType {
    package var options: [Choice] { [] }
    package var items: [Choice] { [] }
    package var row: (any QuestionType)? { nil }
    package var texts: [LocalizedText] { options.map(\.label) }
    package var isGroup: Bool { true }
    package func formFields(cell: String, id: QuestionID) -> [FormFields.Field] {
        [FormFields.Field(name: id.rawValue, value: cell)]
    }
    package func gap(in answer: Answer) -> AnswerProblem.Kind? { nil }
}

/// An allowed answer: the code that is stored and the label that is shown.
package struct Choice: Sendable, Equatable {
    /// The stored code.
    package let code: String
    /// The shown label.
    package let label: LocalizedText
    /// Whether choosing it opens a field for free text.
    package let takesText: Bool
    /// Whether it excludes all the others.
    package let isExclusive: Bool

    /// An allowed answer.
    package init(code: String, label: LocalizedText, takesText: Bool = false, isExclusive: Bool = false) {
        self.code = code
        self.label = label
        self.takesText = takesText
        self.isExclusive = isExclusive
    }
}

/// Everything a question type needs to draw its controls.
package struct QuestionDrawing: Sendable {
    /// The question's id, which is its field's name.
    package let id: QuestionID
    /// The row that is drawn, where a question has rows that are answered one by one.
    package let item: String?
    /// The language of the page.
    package let language: LanguageTag
    /// heed's own words in that language.
    package let words: Words
    /// What was typed or stored for this question, as form fields.
    package let fields: FormFields
    /// Ids of the elements that describe the control (help, problem), for `aria-describedby`; nil when there are none.
    package let describedBy: String?
    /// Whether the question must be answered.
    package let isRequired: Bool
    /// Whether a problem is shown beside it.
    package let isInvalid: Bool
    /// Fills a text's pipes in the page's language.
    package let fill: @Sendable (LocalizedText) -> String

    /// Everything a question type needs to draw its controls.
    package init(
        id: QuestionID, item: String? = nil, language: LanguageTag, words: Words, fields: FormFields,
        describedBy: String?, isRequired: Bool, isInvalid: Bool, fill: @escaping @Sendable (LocalizedText) -> String
    ) {
        self.id = id
        self.item = item
        self.language = language
        self.words = words
        self.fields = fields
        self.describedBy = describedBy
        self.isRequired = isRequired
        self.isInvalid = isInvalid
        self.fill = fill
    }

    /// The name of the field: the question's id, or `id.item` for one of its rows.
    package var name: String { item.map { "\(id).\($0)" } ?? id.rawValue }

    /// The same for one row of the question.
    package func row(_ item: String) -> QuestionDrawing {
        QuestionDrawing(
            id: id, item: item, language: language, words: words, fields: fields, describedBy: nil,
            isRequired: isRequired, isInvalid: isInvalid, fill: fill)
    }
}
