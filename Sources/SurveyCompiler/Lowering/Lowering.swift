internal import Diagnostics
internal import Feedback
internal import Markup
internal import QuestionnaireModel

/// Reads a document's elements into a draft; what the shapes allow is read even where other parts are wrong.
struct Lowering {
    var source: SurveySource
    var draft: SurveyDraft

    /// The draft of a document; problems of texts, options and conditions are reported to the source.
    static func lower(_ root: MarkupElement, _ source: inout SurveySource) -> SurveyDraft {
        var lowering = Lowering(root, source)
        lowering.fields()
        lowering.pages()
        lowering.endingsAndCases()
        lowering.computedValues()
        lowering.conditions()
        source = lowering.source
        return lowering.draft
    }

    private init(_ root: MarkupElement, _ source: SurveySource) {
        var source = source
        let profile = SurveyProfile(
            kind: root["kind"].flatMap(SurveyKind.init) ?? .transactional, touchpoint: root["touchpoint"],
            stage: root["stage"].flatMap(LoyaltyStage.init), languages: source.languages,
            access: root["access"].flatMap(SurveyAccess.init) ?? .invited,
            privacy: root["privacy"].flatMap(SurveyPrivacy.init) ?? .named,
            partialAfter: root["partial-after"].flatMap(AttributeValue.milliseconds) ?? 3_600_000,
            linkDays: root["link-days"].flatMap { Int($0) } ?? 90,
            daysBetween: root["days-between"].flatMap { Int($0) },
            daysBetweenAny: root["days-between-any"].flatMap { Int($0) },
            retention: root["retain"].flatMap(AttributeValue.milliseconds))
        draft = SurveyDraft(
            root: root, profile: profile, title: source.localized("title", in: root),
            introduction: source.localized("introduction", in: root), sender: source.localized("sender", in: root),
            privacyNotice: source.localized("privacy", in: root))
        self.source = source
    }

    // MARK: Fields

    private mutating func fields() {
        for list in draft.root.elements where list.name == "fields" {
            for element in list.elements where element.name == "field" {
                let type: ValueType? =
                    switch element["type"] {
                    case "number": .number
                    case "date": .date
                    case "text": .text
                    default: nil
                    }
                guard let name = element["name"] else { continue }
                let isName = AttributeValue.problem(with: name, as: .dottedName) == nil
                let declaration = isName ? type.map { FieldDeclaration(name: name, type: $0) } : nil
                draft.fields.append(SurveyDraft.Field(element: element, declaration: declaration))
                if isName {
                    draft.names.declare(
                        name, Names.Symbol(reference: .field(name), type: type, domain: .open, page: nil, question: nil)
                    )
                } else {
                    draft.names.spoil(name)
                }
            }
        }
    }

    // MARK: Pages

    private mutating func pages() {
        for element in draft.root.elements {
            if element.name == "page" {
                page(element, block: nil)
            } else if element.name == "block" {
                draft.blocks.append(SurveyDraft.Block(element: element))
                let block = draft.blocks.count - 1
                for child in element.elements where child.name == "page" { page(child, block: block) }
            }
        }
    }

    private mutating func page(_ element: MarkupElement, block: Int?) {
        let (start, index) = (draft.questions.count, draft.pages.count)
        for child in element.elements {
            if child.name == "block" {
                draft.blocks.append(SurveyDraft.Block(element: child))
                let block = draft.blocks.count - 1
                for inner in child.elements { question(inner, page: index, block: block) }
            } else if child.name == "check" {
                let message = source.words("message", of: child)
                if message == nil {
                    source.report(
                        .emptyText, at: child.nameRange, "This check has no words for the customer.",
                        help: "Write <check that=\"…\">What to mend</check>.")
                }
                draft.checks.append(SurveyDraft.Check(element: child, page: index, message: message))
            } else {
                question(child, page: index, block: nil)
            }
        }
        draft.pages.append(
            SurveyDraft.Page(
                element: element, id: element["id"].flatMap { PageID($0) },
                title: source.localized("title", in: element), questions: start..<draft.questions.count, block: block,
                condition: nil))
    }

    private mutating func question(_ element: MarkupElement, page: Int, block: Int?) {
        guard let type = QuestionTypeRegistry.type(named: element.name) else { return }
        let before = source.diagnostics.count
        let made = type.init(element, &source)
        let isSound = source.diagnostics[before...].allSatisfy { $0.severity != .error }
        let id = element["id"].flatMap { QuestionID($0) }
        if let id {
            draft.names.declare(
                id.rawValue,
                Names.Symbol(
                    reference: .question(id), type: made?.valueType, domain: isSound ? made?.domain ?? .open : .open,
                    page: page, question: draft.questions.count))
            for item in made?.items ?? [] {
                draft.names.declare(
                    "\(id).\(item.code)",
                    Names.Symbol(
                        reference: .item(id, item.code), type: made?.row?.valueType,
                        domain: isSound ? made?.row?.domain ?? .open : .open, page: page,
                        question: draft.questions.count))
            }
        } else if let written = element["id"] {
            draft.names.spoil(written)
        }
        draft.questions.append(
            SurveyDraft.Question(
                element: element, id: id, page: page, type: made, prompt: source.localized("prompt", in: element),
                help: source.localized("help", in: element), messages: messages(of: element),
                isRequired: element["required"] == "true", options: conditionalOptions(of: element), block: block,
                condition: nil))
    }

    private mutating func messages(of element: MarkupElement) -> [OwnMessage: LocalizedText] {
        var messages: [OwnMessage: LocalizedText] = [:]
        for kind in OwnMessage.allCases { messages[kind] = source.localized(kind.element, in: element) }
        return messages
    }

    /// Options and rows with a condition; those of groups too.
    private func conditionalOptions(of element: MarkupElement) -> [SurveyDraft.Option] {
        element.elements.flatMap { $0.name == "group" ? $0.elements : [$0] }.compactMap { option in
            guard option.attribute("show-if") != nil, let code = option["code"] ?? option["id"] else { return nil }
            return SurveyDraft.Option(element: option, code: code)
        }
    }

    // MARK: Endings and cases

    private mutating func endingsAndCases() {
        for element in draft.root.elements {
            if element.name == "ending" {
                draft.endings.append(
                    SurveyDraft.Ending(
                        element: element, message: source.localized("message", in: element),
                        offers: offers(of: element), condition: nil))
            } else if element.name == "case" {
                draft.cases.append(
                    SurveyDraft.Case(
                        element: element, id: element["id"], due: element["due"].flatMap(AttributeValue.milliseconds),
                        condition: nil))
            }
        }
    }

    private mutating func offers(of element: MarkupElement) -> [Offer] {
        var offers: [Offer] = []
        for child in element.elements where child.name == "offer" {
            let label = source.localized("label", in: child)
            guard let kind = child["kind"].flatMap(Offer.Kind.init) else { continue }
            offers.append(Offer(kind: kind, href: child["href"], code: child["code"], label: label))
        }
        return offers
    }

    // MARK: Conditions

    private mutating func conditions() {
        for index in draft.blocks.indices {
            draft.blocks[index].condition = condition("show-if", of: draft.blocks[index].element)
        }
        for index in draft.pages.indices {
            draft.pages[index].condition = condition("show-if", of: draft.pages[index].element)
        }
        for index in draft.questions.indices {
            draft.questions[index].condition = condition("show-if", of: draft.questions[index].element)
            for option in draft.questions[index].options.indices {
                let element = draft.questions[index].options[option].element
                draft.questions[index].options[option].condition = condition("show-if", of: element)
            }
        }
        for index in draft.checks.indices {
            draft.checks[index].condition = condition("that", of: draft.checks[index].element)
        }
        for index in draft.endings.indices {
            draft.endings[index].condition = condition("show-if", of: draft.endings[index].element)
        }
        for index in draft.cases.indices {
            draft.cases[index].condition = condition("when", of: draft.cases[index].element)
        }
    }

    private mutating func condition(_ name: String, of element: MarkupElement) -> LocatedCondition? {
        guard let attribute = element.attribute(name) else { return nil }
        return TypeChecker.check(attribute, draft.names, &source)
    }
}
