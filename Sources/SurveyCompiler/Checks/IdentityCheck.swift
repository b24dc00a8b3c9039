internal import Diagnostics
internal import Markup
internal import QuestionnaireModel

/// Every id names one thing: questions and fields share their names, pages and cases have their own.
enum IdentityCheck: SurveyCheck {
    static let duplicateName = DiagnosticCode(
        "S019", title: "duplicate id",
        why: "Answers are stored under ids; two questions with one id would overwrite each other.",
        example:
            "<nps id=\"score\"><prompt>How likely?</prompt></nps> <csat id=\"score\"><prompt>How good?</prompt></csat>")

    static let codes = [duplicateName]

    static func check(_ draft: SurveyDraft, _ source: inout SurveySource) {
        let named =
            draft.fields.compactMap { $0.element.attribute("name") }
            + draft.questions.compactMap { $0.element.attribute("id") }
            + draft.computed.compactMap { $0.element.attribute("name") }
        unique(named, "question, field or computed value", &source)
        fieldsAreNoRows(draft, &source)
        unique(draft.pages.compactMap { $0.element.attribute("id") }, "page", &source)
        unique(draft.cases.compactMap { $0.element.attribute("id") }, "case", &source)
    }

    /// A field such as `order.product` cannot be told from the row `product` of a matrix `order`.
    private static func fieldsAreNoRows(_ draft: SurveyDraft, _ source: inout SurveySource) {
        let text = source.text
        for field in draft.fields {
            guard let name = field.element.attribute("name"), let dot = name.value.firstIndex(of: "."),
                let index = draft.names[String(name.value[..<dot])]?.question
            else { continue }
            let question = draft.questions[index]
            let item = name.value[name.value.index(after: dot)...]
            guard let type = question.type, type.items.contains(where: { $0.code == item }) else { continue }
            source.report(
                duplicateName, at: name.markedRange,
                "A row of the matrix on line \(text.line(of: question.element)) is named \"\(name.value)\" too.",
                help: "Give each its own name.")
        }
    }

    private static func unique(_ attributes: [MarkupAttribute], _ what: String, _ source: inout SurveySource) {
        let text = source.text
        var first: [String: MarkupAttribute] = [:]
        for attribute in attributes {
            guard let other = first[attribute.value] else {
                first[attribute.value] = attribute
                continue
            }
            source.report(
                duplicateName, at: attribute.markedRange,
                "Another \(what) is named \"\(attribute.value)\", on line \(text.position(at: other.valueRange.lowerBound).line).",
                help: "Give each its own name.")
        }
    }
}

extension SourceText {
    fileprivate func line(of element: MarkupElement) -> Int { position(at: element.startTag.lowerBound).line }
}
