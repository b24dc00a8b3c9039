internal import Diagnostics
internal import Feedback
internal import Markup
internal import QuestionnaireModel

/// The survey as a whole can be what its attributes say.
enum ProfileCheck: SurveyCheck {
    static let anonymousNeedsOpen = DiagnosticCode(
        "S053", title: "anonymous by personal link",
        why: "A personal link says who answered. Answers are anonymous only where everybody uses the same address.",
        example:
            "<survey xmlns=\"urn:heed:survey:1\" id=\"s\" version=\"1\" kind=\"relationship\" languages=\"en\" access=\"invited\" privacy=\"anonymous\">"
    )
    static let requiredStatement = DiagnosticCode(
        "S054", title: "statement that must be answered", why: "A statement asks nothing; nobody could ever go on.",
        example: "<statement id=\"note\" required=\"true\"><prompt>Soon done.</prompt></statement>")
    static let foreignWords = DiagnosticCode(
        "S055", .warning, title: "language without heed's words",
        why: "Buttons and messages are heed's own words; customers would see them in English beside your texts.",
        example: "<survey xmlns=\"urn:heed:survey:1\" id=\"s\" version=\"1\" kind=\"relationship\" languages=\"sw\">")
    static let nothingAsked = DiagnosticCode(
        "S056", .warning, title: "nothing is asked", why: "A survey without a question gives no answers.",
        example:
            "<survey xmlns=\"urn:heed:survey:1\" id=\"s\" version=\"1\" kind=\"relationship\" languages=\"en\"> <title>News</title> <page id=\"one\"><statement id=\"note\"><prompt>Hello.</prompt></statement></page> <ending><message>Bye.</message></ending></survey>"
    )

    static let codes = [anonymousNeedsOpen, requiredStatement, foreignWords, nothingAsked]

    static func check(_ draft: SurveyDraft, _ source: inout SurveySource) {
        if draft.profile.privacy == .anonymous, draft.profile.access != .open {
            source.report(
                anonymousNeedsOpen, at: draft.root.attribute("privacy")?.markedRange ?? draft.root.nameRange,
                "privacy=\"anonymous\" needs access=\"open\".",
                help: "Write access=\"open\", or privacy=\"confidential\": identities kept, small groups not shown.")
        }
        for question in draft.questions where question.isRequired && question.type?.valueType == ValueType.none {
            source.report(
                requiredStatement, at: question.element.attribute("required")?.nameRange ?? question.element.nameRange,
                "<\(question.element.name)> asks nothing and cannot be required.", help: "Remove required.")
        }
        if !draft.questions.isEmpty, draft.questions.allSatisfy({ $0.type?.valueType == ValueType.none }) {
            source.report(nothingAsked, at: draft.root.nameRange, "Nothing is asked: there are statements only.")
        }
        languages(draft, &source)
    }

    private static func languages(_ draft: SurveyDraft, _ source: inout SurveySource) {
        guard let attribute = draft.root.attribute("languages") else { return }
        let value = attribute.value
        var written: WrittenText?
        for word in value.split(separator: " ", maxSplits: 40) {
            guard let language = LanguageTag(String(word)), draft.profile.languages.contains(language),
                Words.speaking(language.primary).language != language.primary
            else { continue }
            let places = written ?? WrittenText(attribute.valueRange, of: source.text.bytes, count: value.utf8.count)
            written = places
            let start = value.utf8.distance(from: value.startIndex, to: word.startIndex)
            source.report(
                foreignWords, at: places.place(of: start..<start + word.utf8.count),
                "heed has no words of its own in \"\(language)\"; buttons will be in English.")
        }
    }
}
