internal import Feedback
internal import Journal
internal import QuestionnaireModel
internal import Records

/// What becomes of each line when retention periods are applied.
///
/// Past its survey's period a response loses who gave it and what was typed, and keeps its scores; an invitation is
/// dropped. What counts as one in reports (a response with its revisions; in a relationship survey the answers of a
/// contact in a wave) is past only when the last of it is, so that it stays one.
struct RetentionRules: Sendable {
    private let now: Timestamp
    /// The period of each survey's live version, where it states one.
    private let live: [SurveyID: Int64]
    private let secrets: Secrets?
    private let questionnaire: @Sendable (SurveyID, SurveyVersion) -> Questionnaire?
    /// Whether a response is finished.
    private let isFinished: @Sendable (ResponseID, SurveyID) -> Bool
    /// When the last page of a response was written down.
    private let lastDraft: @Sendable (ResponseID, SurveyID) -> Timestamp?
    /// The newest moment of each unit.
    private var newest: [LineKey: Timestamp] = [:]
    /// Responses that are past, for their cases.
    private(set) var past: Set<LineKey> = []

    init(
        now: Timestamp, catalog: SurveyCatalog, secrets: Secrets?,
        isFinished: @escaping @Sendable (ResponseID, SurveyID) -> Bool,
        lastDraft: @escaping @Sendable (ResponseID, SurveyID) -> Timestamp?
    ) {
        self.now = now
        self.secrets = secrets
        self.isFinished = isFinished
        self.lastDraft = lastDraft
        live = Dictionary(
            catalog.all.compactMap { survey in
                survey.questionnaire.profile.retention.map { (survey.questionnaire.id, $0) }
            }
        ) { first, _ in first }
        questionnaire = { catalog.questionnaire($0, $1) }
    }

    /// The period of a survey's version: the shorter of its own and of what the survey promises today.
    func period(_ survey: SurveyID, _ version: SurveyVersion) -> Int64? {
        [questionnaire(survey, version)?.profile.retention, live[survey]].compactMap(\.self).min()
    }

    /// Learns how new the units of a line are; every line is to be learnt before the first fate is asked.
    mutating func learn(_ log: LogName, _ line: ArraySlice<UInt8>) {
        if log == .invitations, let invitation = try? InvitationLine(line) {
            note(Self.unit(of: invitation), invitation.recorded)
        } else if log.isResponses, let response = try? ResponseLine(line) {
            for unit in units(of: response) { note(unit, response.submitted) }
        }
    }

    /// Learns which responses are past, when all units are known.
    mutating func learnPast(_ line: ArraySlice<UInt8>) {
        guard let response = try? ResponseLine(line), isPast(response) else { return }
        past.insert(LineKey(response.id.rawValue))
    }

    private mutating func note(_ unit: LineKey, _ moment: Timestamp) {
        newest[unit] = max(newest[unit] ?? moment, moment)
    }

    private static func unit(of invitation: InvitationLine) -> LineKey { LineKey(invitation.id.rawValue, purpose: 3) }

    private func units(of response: ResponseLine) -> [LineKey] {
        var units = [LineKey("\(response.survey)\u{0}\(response.id)", purpose: 4)]
        if let contact = response.contact {
            units.append(LineKey("\(response.survey)\u{0}\(contact)\u{0}\(response.effectiveWave)", purpose: 5))
        }
        return units
    }

    private func isPast(_ moment: Timestamp, _ period: Int64?) -> Bool {
        period.map { now.milliseconds - moment.milliseconds >= $0 } ?? false
    }

    private func isPast(_ response: ResponseLine) -> Bool {
        let last = units(of: response).compactMap { newest[$0] }.max() ?? response.submitted
        return isPast(last, period(response.survey, response.version))
    }

    /// What becomes of a line.
    func fate(of log: LogName, _ line: ArraySlice<UInt8>) -> LineFate {
        if log == .invitations {
            guard let invitation = try? InvitationLine(line) else { return .keep }
            let last = newest[Self.unit(of: invitation)] ?? invitation.recorded
            // A link that still works needs it.
            let isOver = invitation.expires.map { $0 <= now } ?? false || isFinished(invitation.id, invitation.survey)
            return isOver && isPast(last, period(invitation.survey, invitation.version)) ? .drop : .keep
        }
        if log == .drafts { return fate(ofDraft: line) }
        if log == .cases { return fate(ofCase: line) }
        guard log.isResponses, let response = try? ResponseLine(line), isPast(response) else { return .keep }
        return fate(ofPast: response, line)
    }

    private func fate(ofDraft line: ArraySlice<UInt8>) -> LineFate {
        guard let draft = try? DraftLine(line) else { return .keep }
        if isFinished(draft.id, draft.survey) || isPast(draft.recorded, period(draft.survey, draft.version)) {
            return .drop
        }
        // Each line holds all answers so far: what a later one has superseded is of no use to anybody.
        return lastDraft(draft.id, draft.survey).map { draft.recorded < $0 } ?? false ? .drop : .keep
    }

    private func fate(ofCase line: ArraySlice<UInt8>) -> LineFate {
        guard let value = try? JSONParser.parse(line), let response = value["response"]?.string,
            past.contains(LineKey(response))
        else { return .keep }
        return Self.fate(
            value,
            value.keeping([
                "id", "response", "rule", "account", "owner", "status", "due", "by", "recorded",
            ]))
    }

    private func fate(ofPast response: ResponseLine, _ line: ArraySlice<UInt8>) -> LineFate {
        guard let value = try? JSONParser.parse(line) else { return .keep }
        var changed = value.keeping([
            "v", "id", "revision", "survey", "version", "submitted", "recorded", "complete", "account", "contact",
            "wave", "channel", "language", "started", "answers", "offers",
        ])
        if let contact = response.contact, !contact.isPseudonym, let secrets {
            let pseudonym = secrets.pseudonym(of: contact, in: response.survey, wave: response.effectiveWave)
            changed.set("contact", .string(pseudonym.rawValue))
        }
        let isOpen = LineScrub.openQuestions(questionnaire(response.survey, response.version))
        let answers = (value["answers"]?.members ?? []).filter { !isOpen($0.key, $0.value) }
        changed.set("answers", .object(answers))
        return Self.fate(value, changed)
    }

    private static func fate(_ value: JSONValue, _ changed: JSONValue) -> LineFate {
        if changed == value { return .keep }
        var writer = JSONWriter()
        writer.value(changed)
        return .replace(writer.bytes)
    }
}

extension LogName {
    /// Whether it holds the responses to a survey.
    var isResponses: Bool { folder.hasPrefix("responses/") }
}
