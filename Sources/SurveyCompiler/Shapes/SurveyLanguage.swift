internal import Feedback
package import QuestionnaireModel

/// The whole survey language as shapes: the checks, the schema and the manual are made from it.
package enum SurveyLanguage {
    /// The namespace of every element.
    package static let namespace = "urn:heed:survey:1"

    /// The root.
    package static let survey = ElementShape(
        "survey", "A survey definition: what is asked, of whom, and what happens with the answers.",
        attributes: [
            AttributeShape("id", .name, required: true, "The survey's id; also the folder its responses are kept in."),
            AttributeShape("version", .version, required: true, "The version; a published version never changes."),
            AttributeShape(
                "kind", .oneOf(SurveyKind.allCases.map(\.rawValue)), required: true,
                "About one contact moment, or about the whole relationship; their scores are never mixed."),
            AttributeShape("touchpoint", .name, "The contact moment it follows, such as \"delivery\"."),
            AttributeShape(
                "stage", .oneOf(LoyaltyStage.allCases.map(\.rawValue)), "The stage of the loyalty loop it speaks to."),
            AttributeShape("languages", .languages, required: true, "Its languages; the first is the default."),
            AttributeShape(
                "access", .oneOf(SurveyAccess.allCases.map(\.rawValue)),
                "Only people with a personal link, or anybody with the address; \"invited\" when not given."),
            AttributeShape(
                "privacy", .oneOf(SurveyPrivacy.allCases.map(\.rawValue)),
                "What is kept of who answered; \"named\" when not given."),
            AttributeShape(
                "partial-after", .duration,
                "How long an untouched draft waits before it counts as a partial response; \"1h\" when not given."),
            AttributeShape("link-days", .integer(1...3650), "How many days a personal link works; 90 when not given."),
        ],
        children: [
            .text("title", required: true, "The heading on every page."),
            .text("introduction", "A line below the heading on the first page."),
            .text("sender", "Who asks."),
            .text("privacy", "What happens with the answers."),
            .element(fields, most: 1),
            .element(page, least: 1),
            .element(ending, least: 1),
            .element(caseRule),
        ])

    /// The fields that an invitation brings along.
    package static let fields = ElementShape(
        "fields", "What an invitation brings along besides the person.", children: [.element(field, least: 1)])

    /// One field.
    package static let field = ElementShape(
        "field", "One value that an invitation brings along; texts may pipe it and conditions may read it.",
        attributes: [
            AttributeShape(
                "name", .dottedName, required: true, "Its name: ids joined by dots, such as \"order.product\"."),
            AttributeShape("type", .oneOf(["number", "text", "date"]), required: true, "The type of its values."),
        ])

    /// A page.
    package static let page = ElementShape(
        "page", "Questions shown together; each page is saved when the customer goes on.",
        attributes: [
            AttributeShape("id", .name, required: true, "The page's id."),
            AttributeShape("show-if", .condition, "When the page is shown; it may read earlier pages and fields."),
        ],
        children: [.text("title", "A heading of its own."), .questions(least: 1)])

    /// What is shown after the last page.
    package static let ending = ElementShape(
        "ending", "What is shown after the last page; the first whose condition holds is taken.",
        attributes: [AttributeShape("show-if", .condition, "When it is shown; the last ending has none.")],
        children: [.text("message", required: true, "The thanks."), .element(offer)])

    /// Something offered or asked for at the end.
    package static let offer = ElementShape(
        "offer", "Something offered or asked for at the end.",
        attributes: [
            AttributeShape(
                "kind", .oneOf(Offer.Kind.allCases.map(\.rawValue)), required: true, "What is offered or asked."),
            AttributeShape("href", .address, "Where it leads: an https address."),
        ],
        children: [.text("label", "Your own words for it.")])

    /// When a response opens a case.
    package static let caseRule = ElementShape(
        "case", "When a response opens a case for somebody to follow up.",
        attributes: [
            AttributeShape("id", .name, required: true, "The rule's id."),
            AttributeShape("when", .condition, required: true, "When a case is opened; it may read everything."),
            AttributeShape("due", .duration, required: true, "How long there is to close it."),
        ])

    /// What every question element may carry, whatever its type.
    package static let commonAttributes = [
        AttributeShape("id", .name, required: true, "The question's id; answers are stored under it."),
        AttributeShape("required", .boolean, "Whether it must be answered when shown."),
        AttributeShape(
            "show-if", .condition, "When it is shown; it may read earlier pages, its own page and fields."),
    ]

    /// What every question element may hold, whatever its type.
    package static let commonChildren: [ChildShape] = [
        .text("prompt", required: true, "The words that ask."),
        .text("help", "Words that help to answer."),
        .text("required-message", "Your own words for a missing answer."),
    ]

    /// The question elements of the registry, each with what all questions share.
    package static let questions: [ElementShape] = QuestionTypeRegistry.standard.map { type in
        let own = type.shape
        return ElementShape(
            own.name, own.summary, attributes: commonAttributes + own.attributes,
            children: commonChildren + own.children, holdsText: own.holdsText)
    }

    private static let indexByName = Dictionary(
        questions.enumerated().map { ($0.element.name, $0.offset) }, uniquingKeysWith: { first, _ in first })

    /// The whole shape of a question element, if there is one of that name.
    package static func question(named name: String) -> ElementShape? { indexByName[name].map { questions[$0] } }
}
