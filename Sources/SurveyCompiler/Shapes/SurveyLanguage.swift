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
            AttributeShape(
                "retain", .duration,
                "How long it is kept who answered, and what they typed, such as \"730d\"; their scores stay. For ever when not given."
            ),
            AttributeShape(
                "days-between", .integer(1...3650), "The fewest days before this survey asks the same person again."),
            AttributeShape(
                "days-between-any", .integer(1...3650),
                "The fewest days since any survey asked the same person, before this one does."),
        ],
        children: [
            .text("title", required: true, "The heading on every page."),
            .text("introduction", "A line below the heading on the first page."),
            .text("sender", "Who asks."),
            .text("privacy", "What happens with the answers."),
            .element(fields, most: 1),
            .element(computed),
            .element(page, least: 1),
            .element(pageBlock),
            .element(ending, least: 1),
            .element(caseRule),
        ],
        examples: [
            """
            <survey xmlns="urn:heed:survey:1" id="shop-visit" version="1.1" kind="transactional" touchpoint="visit" stage="buy"
                    languages="en" access="invited" privacy="confidential" partial-after="2h" link-days="30"
                    days-between="90" days-between-any="14" retain="730d">
              <title>How was your visit?</title>
              <introduction>Three questions, one minute.</introduction>
              <sender>Harbour Books</sender>
              <privacy>Your answers are shown in groups of five people or more.</privacy>
              <fields><field name="shop.town" type="text"/></fields>
              <let name="mood" value="if(overall ge 4, 'glad', 'sorry')"/>
              <page id="visit">
                <csat id="overall" required="true"><prompt>How was our shop in {shop.town|your town}?</prompt></csat>
              </page>
              <block show-if="mood eq 'sorry'">
                <page id="why"><text id="reason"><prompt>What went wrong?</prompt></text></page>
              </block>
              <ending><message>Thank you.</message></ending>
              <case id="sorry" when="overall le 2" due="2d"/>
            </survey>
            """
        ])

    /// The fields that an invitation brings along.
    package static let fields = ElementShape(
        "fields", "What an invitation brings along besides the person.", children: [.element(field, least: 1)],
        examples: [
            """
            <fields>
              <field name="order.product" type="text"/>
              <field name="order.size" type="number"/>
              <field name="order.date" type="date"/>
            </fields>
            """
        ])

    /// One field.
    package static let field = ElementShape(
        "field", "One value that an invitation brings along; texts may pipe it and conditions may read it.",
        attributes: [
            AttributeShape(
                "name", .dottedName, required: true, "Its name: ids joined by dots, such as \"order.product\"."),
            AttributeShape("type", .oneOf(["number", "text", "date"]), required: true, "The type of its values."),
        ])

    /// A value worked out of answers and fields.
    package static let computed = ElementShape(
        "let",
        "A value worked out of answers and fields; conditions and other values read it by its name, texts pipe it.",
        attributes: [
            AttributeShape("name", .name, required: true, "Its name, which no question or field has too."),
            AttributeShape("value", .value, required: true, "How it is worked out; unknown where what it needs is."),
        ],
        children: [.element(OptionShapes.plainOption)],
        examples: [
            """
            <let name="segment" value="if(recommend ge 9, 'promoter', if(recommend ge 7, 'passive', 'detractor'))">
              <option code="promoter">one of our friends</option>
              <option code="passive">content</option>
              <option code="detractor"><label>not content</label></option>
            </let>
            """
        ])

    /// Pages under one condition.
    package static let pageBlock = ElementShape(
        "block", "Pages under one condition, beside those of their own.",
        attributes: [
            AttributeShape(
                "show-if", .condition, required: true, "When its pages are shown; it may read earlier pages and fields."
            )
        ],
        children: [.element(page, least: 1)], isBracket: true,
        examples: [
            """
            <block show-if="recommend le 6">
              <page id="what"><text id="story"><prompt>What went wrong?</prompt></text></page>
              <page id="call"><phone id="mobile"><prompt>May we call you? Leave your number.</prompt></phone></page>
            </block>
            """
        ])

    /// Questions under one condition.
    package static let questionBlock = ElementShape(
        "block", "Questions of a page under one condition, beside those of their own.",
        attributes: [
            AttributeShape(
                "show-if", .condition, required: true,
                "When its questions are shown; it may read earlier pages, its own page and fields.")
        ],
        children: [.questions(least: 1)], isBracket: true,
        examples: [
            """
            <page id="visit">
              <choice id="came"><prompt>Did you come to the shop?</prompt><option code="yes">Yes</option><option code="no">No</option></choice>
              <block show-if="came eq 'yes'">
                <csat id="staff"><prompt>How were our people?</prompt></csat>
                <csat id="range"><prompt>How was the range?</prompt></csat>
              </block>
            </page>
            """
        ])

    /// What answers must satisfy together.
    package static let check = ElementShape(
        "check",
        "What the answers of a page must satisfy together; its words stand inside, or in <message> elements, one a language.",
        attributes: [
            AttributeShape(
                "that", .condition, required: true,
                "What must not be false; it reads a question of its page, and earlier pages and fields if need be.")
        ],
        children: [.text("message", "What the customer reads when it is false, in a language.")], holdsText: true,
        examples: [
            """
            <page id="party">
              <number id="adults" least="0" most="20" whole="true"><prompt>How many adults came?</prompt></number>
              <number id="children" least="0" most="20" whole="true"><prompt>How many children came?</prompt></number>
              <choice id="alone"><prompt>Did you come alone?</prompt><option code="yes">Yes</option><option code="no">No</option></choice>
              <check that="adults ge 1 or children ge 1">Somebody came: please look at both numbers again.</check>
              <check that="alone eq 'no' or children eq 0"><message>Nobody who brings children comes alone.</message></check>
            </page>
            """
        ])

    /// A page.
    package static let page = ElementShape(
        "page", "Questions shown together; each page is saved when the customer goes on.",
        attributes: [
            AttributeShape("id", .name, required: true, "The page's id."),
            AttributeShape("show-if", .condition, "When the page is shown; it may read earlier pages and fields."),
        ],
        children: [
            .text("title", "A heading of its own."), .questions(least: 1), .element(questionBlock), .element(check),
        ],
        examples: [
            """
            <page id="service" show-if="satisfaction le 3">
              <title>Our service</title>
              <csat id="advice"><prompt>How was our advice?</prompt></csat>
              <block show-if="advice le 2"><text id="story"><prompt>What went wrong?</prompt></text></block>
              <check that="advice le satisfaction + 3">Please look again at your two marks.</check>
            </page>
            """
        ])

    /// What is shown after the last page.
    package static let ending = ElementShape(
        "ending", "What is shown after the last page; the first whose condition holds is taken.",
        attributes: [AttributeShape("show-if", .condition, "When it is shown; the last ending has none.")],
        children: [.text("message", required: true, "The thanks."), .element(offer)],
        examples: [
            """
            <ending show-if="recommend ge 9">
              <message>Thank you! Will you tell others?</message>
              <offer kind="review" href="https://shop.example/review"/>
            </ending>
            <ending><message>Thank you. We read every answer.</message></ending>
            """
        ])

    /// Something offered or asked for at the end.
    package static let offer = ElementShape(
        "offer", "Something offered or asked for at the end.",
        attributes: [
            AttributeShape(
                "kind", .oneOf(Offer.Kind.allCases.map(\.rawValue)), required: true, "What is offered or asked."),
            AttributeShape("href", .address, "Where it leads: an https address."),
            AttributeShape("code", .text, "The code of a coupon, the same for everybody; it is kept in the response."),
        ],
        children: [.text("label", "Your own words for it.")],
        examples: [
            """
            <ending>
              <message>Thank you.</message>
              <offer kind="coupon" code="THANKS10" href="https://shop.example/"><label>10 % off your next order</label></offer>
              <offer kind="help" href="https://shop.example/help"/>
            </ending>
            """
        ])

    /// When a response opens a case.
    package static let caseRule = ElementShape(
        "case", "When a response opens a case for somebody to follow up.",
        attributes: [
            AttributeShape("id", .name, required: true, "The rule's id."),
            AttributeShape("when", .condition, required: true, "When a case is opened; it may read everything."),
            AttributeShape("due", .duration, required: true, "How long there is to close it."),
        ],
        examples: [
            """
            <case id="unhappy" when="recommend le 6 or contact-me eq 'yes'" due="24h"/>
            """
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
        OwnMessage.required.shape,
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
