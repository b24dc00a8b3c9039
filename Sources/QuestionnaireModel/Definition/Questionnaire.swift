package import Feedback

/// A compiled survey definition: everything a page, an answer or a report needs to know, and no XML.
///
/// A value that never changes; a class only so that handing it on with every session and routing copies one reference.
package final class Questionnaire: Sendable {
    /// The survey's id.
    package let id: SurveyID
    /// The version as its author numbers it.
    package let version: SurveyVersion
    /// SHA-256 of the definition's bytes, in lower-case hexadecimal.
    package let digest: String
    /// What is asked about, and of whom.
    package let profile: SurveyProfile
    /// The survey's name, shown as a heading.
    package let title: LocalizedText
    /// A line below the heading, if any.
    package let introduction: LocalizedText?
    /// Who asks, shown above and below, if given.
    package let sender: LocalizedText?
    /// What happens with the answers, if said.
    package let privacyNotice: LocalizedText?
    /// Fields that an invitation brings along.
    package let fields: [FieldDeclaration]
    /// Values worked out of answers and fields, in the order written.
    package let computed: [ComputedValue]
    /// The pages, in order.
    package let pages: [QuestionnairePage]
    /// The endings, in order; the first whose condition holds is shown.
    package let endings: [Ending]
    /// When a response opens a case for somebody to follow up.
    package let caseRules: [CaseRule]
    /// All questions in order, each with the index of its page.
    package let questions: [(question: Question, page: Int)]
    private let indexByQuestion: [QuestionID: Int]

    /// A compiled survey definition; the compiler has made sure that ids are unique and pages are not empty.
    package init(
        id: SurveyID, version: SurveyVersion, digest: String, profile: SurveyProfile, title: LocalizedText,
        introduction: LocalizedText?, sender: LocalizedText?, privacyNotice: LocalizedText?, fields: [FieldDeclaration],
        computed: [ComputedValue] = [], pages: [QuestionnairePage], endings: [Ending], caseRules: [CaseRule]
    ) {
        self.id = id
        self.version = version
        self.digest = digest
        self.profile = profile
        self.title = title
        self.introduction = introduction
        self.sender = sender
        self.privacyNotice = privacyNotice
        self.fields = fields
        self.computed = computed
        self.pages = pages
        self.endings = endings
        self.caseRules = caseRules
        questions = pages.enumerated().flatMap { index, page in page.questions.map { ($0, index) } }
        indexByQuestion = Dictionary(
            questions.enumerated().map { ($0.element.question.id, $0.offset) }, uniquingKeysWith: { first, _ in first })
    }

    /// The position of a question in `questions`, if the survey has it.
    package func index(of question: QuestionID) -> Int? { indexByQuestion[question] }

    /// The question of an id, if the survey has it.
    package func question(_ id: QuestionID) -> Question? { indexByQuestion[id].map { questions[$0].question } }

    /// The computed value of a name, if the survey has it.
    package func computed(_ name: String) -> ComputedValue? { computed.first { $0.name == name } }

    /// The page of an id, if the survey has it.
    package func page(_ id: PageID) -> QuestionnairePage? { pages.first { $0.id == id } }

    /// The language to use for a wish: the very one, else one of the same primary language, else the first.
    package func language(nearest wish: LanguageTag?) -> LanguageTag {
        let languages = profile.languages
        guard let wish else { return languages[0] }
        return languages.first { $0 == wish } ?? languages.first { $0.primary == wish.primary } ?? languages[0]
    }

    /// The first likelihood-to-recommend question, if there is one.
    package var recommendQuestion: Question? { questions.first { $0.question.type.measure == .nps }?.question }
}

/// What a survey is about, and of whom it is asked: the attributes of its root element.
package struct SurveyProfile: Sendable {
    /// About the whole relationship, or about one contact moment.
    package var kind: SurveyKind
    /// The contact moment a transactional survey follows, if named.
    package var touchpoint: String?
    /// The loyalty-loop stage it speaks to, if named.
    package var stage: LoyaltyStage?
    /// The languages, the default first; never empty.
    package var languages: [LanguageTag]
    /// Who may answer.
    package var access: SurveyAccess
    /// What is kept of who answered.
    package var privacy: SurveyPrivacy
    /// How long an untouched draft waits before it counts as a partial response, in milliseconds.
    package var partialAfter: Int64
    /// How long a personal link works, in days.
    package var linkDays: Int
    /// How long it is kept who answered, and what they typed, in milliseconds; nil for ever.
    package var retention: Int64?
    /// The fewest days between two asks of one person by this survey; nil for no such rule.
    package var daysBetween: Int?
    /// The fewest days since any survey asked the same person; nil for no such rule.
    package var daysBetweenAny: Int?

    /// What a survey is about, and of whom it is asked.
    package init(
        kind: SurveyKind, touchpoint: String?, stage: LoyaltyStage?, languages: [LanguageTag], access: SurveyAccess,
        privacy: SurveyPrivacy, partialAfter: Int64 = 3_600_000, linkDays: Int = 90, daysBetween: Int? = nil,
        daysBetweenAny: Int? = nil, retention: Int64? = nil
    ) {
        self.kind = kind
        self.touchpoint = touchpoint
        self.stage = stage
        self.languages = languages
        self.access = access
        self.privacy = privacy
        self.partialAfter = partialAfter
        self.linkDays = linkDays
        self.retention = retention
        self.daysBetween = daysBetween
        self.daysBetweenAny = daysBetweenAny
    }
}

/// A field that an invitation brings along, such as the product bought.
package struct FieldDeclaration: Sendable, Equatable {
    /// The dotted name, such as `order.product`.
    package let name: String
    /// The type of its value: number, text or date.
    package let type: ValueType

    /// A field that an invitation brings along.
    package init(name: String, type: ValueType) {
        self.name = name
        self.type = type
    }
}

/// Questions shown together.
package struct QuestionnairePage: Sendable {
    /// The page's id within its survey.
    package let id: PageID
    /// A heading of its own, if any.
    package let title: LocalizedText?
    /// When it is shown; nil for always.
    package let visibleWhen: Condition?
    /// The questions, in order; never empty.
    package let questions: [Question]
    /// What the answers must satisfy together, in order.
    package let checks: [PageCheck]
    /// The bytes of its start tag in the survey file.
    package let place: Range<Int>

    /// Questions shown together.
    package init(
        id: PageID, title: LocalizedText?, visibleWhen: Condition?, questions: [Question], checks: [PageCheck] = [],
        place: Range<Int>
    ) {
        self.id = id
        self.title = title
        self.visibleWhen = visibleWhen
        self.questions = questions
        self.checks = checks
        self.place = place
    }
}

/// What is shown after the last page.
package struct Ending: Sendable {
    /// When it is shown; nil for otherwise.
    package let visibleWhen: Condition?
    /// The thanks.
    package let message: LocalizedText
    /// What the customer is offered or asked for.
    package let offers: [Offer]

    /// What is shown after the last page.
    package init(visibleWhen: Condition?, message: LocalizedText, offers: [Offer]) {
        self.visibleWhen = visibleWhen
        self.message = message
        self.offers = offers
    }
}

/// Something offered or asked for at the end.
package struct Offer: Sendable, Equatable {
    /// What kind of offer.
    package enum Kind: String, Sendable, CaseIterable {
        case referral, review, testimonial, coupon, help
    }

    /// What kind of offer.
    package let kind: Kind
    /// Where it leads, if anywhere: an https address.
    package let href: String?
    /// The code that a coupon gives, if it gives one.
    package let code: String?
    /// The author's own words, if any.
    package let label: LocalizedText?

    /// Something offered or asked for at the end.
    package init(kind: Kind, href: String?, code: String? = nil, label: LocalizedText?) {
        self.kind = kind
        self.href = href
        self.code = code
        self.label = label
    }
}

/// When a response opens a case for somebody to follow up.
package struct CaseRule: Sendable {
    /// The rule's id within its survey.
    package let id: String
    /// When it opens a case.
    package let when: Condition
    /// How long there is to close it, in milliseconds.
    package let due: Int64

    /// When a response opens a case.
    package init(id: String, when: Condition, due: Int64) {
        self.id = id
        self.when = when
        self.due = due
    }
}
