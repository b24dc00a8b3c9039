internal import Feedback
internal import Markup
internal import QuestionnaireModel

/// Describes a published version so that its answers can be read without heed, and carries the file it was made from.
struct DefinitionElement {
    private let definition: PublishedDefinition
    private let survey: Questionnaire

    init(_ definition: PublishedDefinition) {
        self.definition = definition
        survey = definition.questionnaire
    }

    func write(to xml: inout XMLWriter) {
        xml.start("definition")
        xml.attribute("version", survey.version.rawValue)
        xml.attribute("kind", survey.profile.kind.rawValue)
        xml.attribute("touchpoint", survey.profile.touchpoint)
        xml.attribute("stage", survey.profile.stage?.rawValue)
        xml.attribute("access", survey.profile.access.rawValue)
        xml.attribute("privacy", survey.profile.privacy.rawValue)
        xml.attribute("languages", survey.profile.languages.map(\.rawValue).joined(separator: " "))
        xml.attribute("sha256", survey.digest)
        texts("title", survey.title, &xml)
        texts("introduction", survey.introduction, &xml)
        texts("sender", survey.sender, &xml)
        texts("privacy", survey.privacyNotice, &xml)
        for field in survey.fields {
            xml.element("field", ["name": field.name, "type": Self.typeName(of: field)])
        }
        for page in survey.pages { write(page, &xml) }
        for ending in survey.endings {
            xml.start("ending")
            xml.attribute("show-if", ending.visibleWhen?.source)
            texts("message", ending.message, &xml)
            xml.end()
        }
        for rule in survey.caseRules {
            xml.element("case", ["id": rule.id, "when": rule.when.source, "due-minutes": String(rule.due / 60_000)])
        }
        xml.element("source", text: String(decoding: definition.source, as: UTF8.self))
        xml.end()
    }

    private func write(_ page: QuestionnairePage, _ xml: inout XMLWriter) {
        xml.start("page")
        xml.attribute("id", page.id.rawValue)
        xml.attribute("show-if", page.visibleWhen?.source)
        texts("title", page.title, &xml)
        for question in page.questions { write(question, &xml) }
        xml.end()
    }

    private func write(_ question: Question, _ xml: inout XMLWriter) {
        xml.start("question")
        xml.attribute("id", question.id.rawValue)
        xml.attribute("type", Swift.type(of: question.type).shape.name)
        if question.isRequired { xml.attribute("required", "true") }
        xml.attribute("show-if", question.visibleWhen?.source)
        if case .integers(let range) = (question.type.row ?? question.type).domain {
            xml.attribute("least", String(range.lowerBound))
            xml.attribute("most", String(range.upperBound))
        }
        texts("prompt", question.prompt, &xml)
        texts("help", question.help, &xml)
        for item in question.type.items {
            xml.start("item")
            xml.attribute("id", item.code)
            texts("label", item.label, &xml)
            xml.end()
        }
        let options = question.type.options
        for option in options {
            xml.start("option")
            xml.attribute("code", option.code)
            if option.takesText { xml.attribute("other", "true") }
            if option.isExclusive { xml.attribute("exclusive", "true") }
            texts("label", option.label, &xml)
            xml.end()
        }
        // Words of the type's own, such as the ends of a scale.
        let labels = (question.type.items + options).map(\.label)
        for text in question.type.texts where !labels.contains(text) { texts("words", text, &xml) }
        xml.end()
    }

    private func texts(_ name: StaticString, _ text: LocalizedText?, _ xml: inout XMLWriter) {
        guard let text else { return }
        for language in survey.profile.languages {
            guard let version = text.versions[language] else { continue }
            xml.element(name, ["xml:lang": language.rawValue], text: version.written)
        }
    }

    private static func typeName(of field: FieldDeclaration) -> String {
        switch field.type {
        case .number: "number"
        case .date: "date"
        case .boolean: "boolean"
        case .text, .choice, .set, .rows, .none: "text"
        }
    }
}
