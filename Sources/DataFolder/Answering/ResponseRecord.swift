internal import Feedback
internal import Journal
internal import QuestionnaireModel
internal import Records

/// Writes a session down: as a draft, or as the response it has become, with what the survey's privacy allows (DESIGN
/// 4 and 5).
struct ResponseRecord {
    private static let day: Int64 = 86_400_000

    let id: ResponseID
    let session: ResponseSession
    let invitation: InvitationLine?
    let draft: DraftLine?
    /// The response so far, if it was counted unfinished.
    let before: ResponseLine?
    let channel: ResponseChannel
    let language: LanguageTag?
    let opened: Timestamp?

    /// What a submission makes of a response.
    init(
        _ submission: PageSubmission, _ session: ResponseSession, _ invitation: InvitationLine?, _ draft: DraftLine?,
        _ before: ResponseLine?
    ) {
        id = submission.id
        self.session = session
        self.invitation = invitation
        self.draft = draft
        self.before = before
        channel = submission.channel
        language = submission.language.map { session.questionnaire.language(nearest: $0) } ?? draft?.language
        opened = submission.opened
    }

    /// What a draft left alone makes of a response.
    init(settling draft: DraftLine, _ session: ResponseSession, _ invitation: InvitationLine?, _ before: ResponseLine?)
    {
        id = draft.id
        self.session = session
        self.invitation = invitation
        self.draft = draft
        self.before = before
        channel = before?.channel ?? (invitation == nil ? .open : .link)
        language = draft.language
        opened = nil
    }

    /// Whether the customer chose another language than the draft is in; the pages to come are drawn in it.
    var switchesLanguage: Bool { draft.map { $0.language != language } ?? false }

    private var survey: SurveyID { session.questionnaire.id }
    private var isAnonymous: Bool { session.questionnaire.profile.privacy == .anonymous }

    /// A moment as it may be written: on anonymous surveys only its day.
    private func written(_ moment: Timestamp) -> Timestamp {
        isAnonymous ? Timestamp(startOf: moment.date) : moment
    }

    /// What the ending hands out.
    private var handedOut: JSONValue? {
        let coupons = (session.ending?.offers ?? []).compactMap { offer -> JSONValue? in
            guard let code = offer.code else { return nil }
            return .object([.init("kind", .string(offer.kind.rawValue)), .init("code", .string(code))])
        }
        return coupons.isEmpty ? nil : .array(coupons)
    }

    /// The order in which each shuffled question that was accepted had its options.
    private var orders: JSONValue? {
        let accepted = Set(session.accepted)
        let members = session.questionnaire.pages.indices.filter {
            accepted.contains(session.questionnaire.pages[$0].id)
        }
        .flatMap { session.routing.shownQuestions(of: $0) }.filter(\.isShuffled)
        .map { question in
            let offered = session.routing.offered(question)
            let codes = OptionOrder.codes(of: question, seed: id).filter { offered.contains($0) }
            return JSONValue.Member(question.id.rawValue, .array(codes.map { .string($0) }))
        }
        return members.isEmpty ? nil : .object(members)
    }

    func appendDraft(_ step: JournalStep) throws(JournalError) {
        let moment = try step.moment(.drafts)
        let line = DraftLine(
            id: id, survey: survey, version: session.questionnaire.version, pages: session.accepted,
            answers: session.answers,
            fields: session.fields, language: language, started: draft?.started ?? written(opened ?? step.now),
            recorded: written(moment))
        try step.append(to: .drafts, at: moment, keys: [FolderLogs.key(id.rawValue)]) { line.append(to: &$0) }
    }

    func appendResponse(_ step: JournalStep, isComplete: Bool) throws(JournalError) {
        let log = LogName.responses(survey)
        let now = written(step.now)
        let moment = try step.moment(log, clock: now)
        var line = ResponseLine(
            id: id, revision: (before?.revision ?? 0) + 1, survey: survey, version: session.questionnaire.version,
            // Of a response left unfinished, the moment of its last page.
            submitted: isComplete ? now : draft?.recorded ?? now, isComplete: isComplete,
            answers: isComplete ? session.answers : session.acceptedAnswers)
        line.recorded = moment
        line.channel = channel
        line.language = language
        line.fields = session.fields
        line.offers = before?.offers ?? (isComplete ? handedOut : nil)
        line.orders = orders
        if !isAnonymous {
            line.started = draft?.started ?? opened
            line.account = invitation?.account
            line.contact = invitation?.contact
            line.role = invitation?.role
            line.wave = invitation?.wave
        }
        try step.append(line, to: log, at: moment)
    }
}
