internal import DataFolder
internal import Feedback
internal import QuestionnaireModel

/// A questionnaire form as it was sent: heed's own fields apart from the answers.
struct SentForm: Sendable {
    /// What the pressed button asks for.
    enum Button: Equatable {
        case next
        case back
        case language(LanguageTag)
    }

    /// All fields, heed's own included.
    let fields: FormFields
    /// The button that was pressed; Enter in a field presses the first, which is next.
    let button: Button
    /// The page that was sent.
    let page: PageID?
    /// The language the page was drawn in.
    let language: LanguageTag?
    /// The token of an open survey's first form.
    let token: String?
    /// The version that an open survey's first form was drawn from.
    let version: SurveyVersion?
    /// Whether the customer was told already what going back loses.
    let isWarned: Bool

    /// Hidden field: the token of an open survey's first form.
    static let tokenName = "_form"
    /// Hidden field: the version that an open survey's first form was drawn from.
    static let versionName = "_version"
    /// Hidden field: a question that the server found shown.
    static let drawnName = "_drawn"
    /// Hidden field: the customer was told already what going back loses.
    static let warnedName = "_warned"

    init(_ fields: FormFields) {
        self.fields = fields
        page = fields["_page"].flatMap(PageID.init)
        language = fields["_in"].flatMap(LanguageTag.init)
        token = fields[Self.tokenName]
        version = fields[Self.versionName].flatMap(SurveyVersion.init)
        isWarned = fields[Self.warnedName] != nil
        if let wish = fields["_language"].flatMap(LanguageTag.init) {
            button = .language(wish)
        } else {
            button = fields["_go"] == "back" ? .back : .next
        }
    }

    /// What it asks the data folder to do with it, for a page that was drawn from a session.
    func submission(
        _ id: ResponseID, _ questionnaire: Questionnaire, drawnFrom session: ResponseSession?, channel: ResponseChannel,
        opened: Timestamp?
    ) -> PageSubmission {
        let wish: LanguageTag? = if case .language(let wish) = button { wish } else { language }
        return PageSubmission(
            id: id, survey: questionnaire.id, version: version, page: page, form: fields,
            drawn: session.flatMap { drawn(from: $0) }, intent: button == .next ? .accept : .keep,
            language: questionnaire.language(nearest: wish), channel: channel, opened: opened)
    }

    /// The questions that stood on the page: those that are always there, those that CSS shows by itself, and those
    /// that the
    /// form names because the server had found them shown. Nil where the form does not say which page it is.
    private func drawn(from session: ResponseSession) -> Set<QuestionID>? {
        guard let page, let definition = session.questionnaire.page(page) else { return nil }
        let named = Set(fields.values(Self.drawnName))
        return Set(
            definition.questions.map(\.id).filter { id in
                named.contains(id.rawValue)
                    || session.questionnaire.visibility(of: id, known: session.routing.lookup).map { $0 != .never }
                        ?? false
            })
    }
}
