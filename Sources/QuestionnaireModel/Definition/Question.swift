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
    /// The author's own words for problems, where there are any.
    package let messages: [OwnMessage: LocalizedText]
    /// When an option or row is offered, by code; those without a condition always are.
    package let optionConditions: [String: Condition]
    /// Whether every response sees the options or rows in an order of its own.
    package let isShuffled: Bool
    /// When it is shown; nil for always.
    package let visibleWhen: Condition?
    /// The bytes of its start tag in the survey file.
    package let place: Range<Int>

    /// One ask.
    package init(
        id: QuestionID, type: any QuestionType, prompt: LocalizedText, help: LocalizedText?, isRequired: Bool,
        messages: [OwnMessage: LocalizedText] = [:], optionConditions: [String: Condition] = [:],
        isShuffled: Bool = false, visibleWhen: Condition?, place: Range<Int>
    ) {
        self.id = id
        self.type = type
        self.prompt = prompt
        self.help = help
        self.isRequired = isRequired
        self.messages = messages
        self.optionConditions = optionConditions
        self.isShuffled = isShuffled
        self.visibleWhen = visibleWhen
        self.place = place
    }

    /// The same ask with another type, such as one of its rows.
    package func asking(_ type: any QuestionType) -> Question {
        Question(
            id: id, type: type, prompt: prompt, help: help, isRequired: isRequired, messages: messages,
            optionConditions: optionConditions, isShuffled: isShuffled, visibleWhen: visibleWhen, place: place)
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
    /// The same with some of its options (of a matrix: rows) only, in the order given; types without any are unchanged.
    ///
    /// Bounds that could no longer be met come down to the number of options left.
    func offering(_ codes: [String]) -> Self
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
    /// What is wrong with a decoded answer on the day it is given; nil where the day makes no difference.
    func problem(with answer: Answer, on today: AnsweringDay) -> AnswerProblem.Kind?
    /// Whether what is taken, and so what is drawn, differs from day to day.
    var dependsOnToday: Bool { get }
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
    package var texts: [LocalizedText] { options.flatMap { [$0.label, $0.group].compactMap(\.self) } }
    package var isGroup: Bool { true }
    package func formFields(cell: String, id: QuestionID) -> [FormFields.Field] {
        [FormFields.Field(name: id.rawValue, value: cell)]
    }
    package func gap(in answer: Answer) -> AnswerProblem.Kind? { nil }
    package func problem(with answer: Answer, on today: AnsweringDay) -> AnswerProblem.Kind? { nil }
    package var dependsOnToday: Bool { false }
    package func offering(_ codes: [String]) -> Self { self }

    /// What may be offered under a condition or in an order of its own: the rows where there are any, else the options.
    package var offered: [Choice] { items.isEmpty ? options : items }

    /// Some of its options as they follow one another under headings; nil for those under none.
    package func groups(of codes: [String]) -> [(heading: LocalizedText?, codes: [String])] {
        offered.filter { codes.contains($0.code) }.reduce(into: []) { groups, option in
            if let last = groups.last, last.heading == option.group {
                groups[groups.count - 1].codes.append(option.code)
            } else {
                groups.append((option.group, [option.code]))
            }
        }
    }
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
    /// The heading of the group it stands in, if it stands in one.
    package let group: LocalizedText?

    /// An allowed answer.
    package init(
        code: String, label: LocalizedText, takesText: Bool = false, isExclusive: Bool = false,
        group: LocalizedText? = nil
    ) {
        self.code = code
        self.label = label
        self.takesText = takesText
        self.isExclusive = isExclusive
        self.group = group
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
    /// The day of answering, where it is known.
    package let today: AnsweringDay?
    /// The options or rows that CSS shows and hides, so that each needs an id of its own.
    package let styled: Set<String>
    /// Fills a text's pipes in the page's language.
    package let fill: @Sendable (LocalizedText) -> String

    /// Everything a question type needs to draw its controls.
    package init(
        id: QuestionID, item: String? = nil, language: LanguageTag, words: Words, fields: FormFields,
        describedBy: String?, isRequired: Bool, isInvalid: Bool, today: AnsweringDay? = nil,
        styled: Set<String> = [], fill: @escaping @Sendable (LocalizedText) -> String
    ) {
        self.id = id
        self.item = item
        self.language = language
        self.words = words
        self.fields = fields
        self.describedBy = describedBy
        self.isRequired = isRequired
        self.isInvalid = isInvalid
        self.today = today
        self.styled = styled
        self.fill = fill
    }

    /// The name of the field: the question's id, or `id.item` for one of its rows.
    package var name: String { item.map { "\(id).\($0)" } ?? id.rawValue }

    /// The same for one row of the question.
    package func row(_ item: String) -> QuestionDrawing {
        QuestionDrawing(
            id: id, item: item, language: language, words: words, fields: fields, describedBy: nil,
            isRequired: isRequired, isInvalid: isInvalid, today: today, fill: fill)
    }

    /// The id of an option's or row's element; no id holds `_`, so that it is nobody else's.
    package static func place(of code: String, in question: QuestionID) -> String { "_\(question)_\(code)" }

    /// The id of a group's element, by its place among the groups.
    package static func place(ofGroup index: Int, in question: QuestionID) -> String { "_\(question)__\(index)" }

    /// The id that an option's or row's element needs; nil when it needs none.
    func place(of code: String) -> String? { styled.contains(code) ? Self.place(of: code, in: id) : nil }
}
