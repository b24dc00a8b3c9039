package import Feedback
internal import Journal
internal import QuestionnaireModel
internal import Records

/// What applying retention periods came to, or would.
package struct RetentionSummary: Sendable, Equatable {
    /// Responses and their revisions that lost who gave them and what was typed, by survey.
    package var responses: [SurveyID: Int] = [:]
    /// Lines of invitations that are dropped.
    package var invitations = 0
    /// Lines of drafts that are dropped.
    package var drafts = 0
    /// Cases that lost their notes.
    package var cases = 0

    /// Whether there is nothing to do.
    package var isEmpty: Bool { self == RetentionSummary() }

    mutating func count(_ log: LogName) {
        switch log {
        case .invitations: invitations += 1
        case .drafts: drafts += 1
        case .cases: cases += 1
        default:
            if let survey = SurveyID(String(log.folder.dropFirst("responses/".count))) {
                responses[survey, default: 0] += 1
            }
        }
    }
}

extension DataFolder {
    /// Applies the periods that definitions state, and drops drafts that are finished or past them; `isDry` only counts.
    package func retain(
        isDry: Bool, by: String, progress: (Double) -> Void = { _ in }
    ) async throws(FolderError) -> RetentionSummary {
        let limited = try surveysWithPeriod().map(LogName.responses)
        let logs = try personalLogs().filter { [.drafts, .invitations, .cases].contains($0) || limited.contains($0) }
        let rules = try retentionRules(logs)
        var summary = RetentionSummary()
        for log in logs { try eachLine(log) { if rules.fate(of: log, $0) != .keep { summary.count(log) } } }
        if isDry || summary.isEmpty { return summary }
        _ = try rewrite(logs, because: "retention", progress: progress) { rules.fate(of: $0, $1) }
        // What was made from these lines holds what they no longer do.
        try emptyCache()
        var fields = Answers()
        for (survey, count) in summary.responses.sorted(by: { $0.key < $1.key }) {
            fields[survey.rawValue] = .integer(count)
        }
        fields["invitations"] = .integer(summary.invitations)
        fields["drafts"] = .integer(summary.drafts)
        try await audit("retain", object: path, by: by, fields: fields)
        return summary
    }

    /// Surveys of which some version states how long it keeps who answered.
    private func surveysWithPeriod() throws(FolderError) -> Set<SurveyID> {
        var found: Set<SurveyID> = []
        let definitions = definitions
        try eachLine(.published) { line in
            guard let line = try? PublishedLine(line),
                let questionnaire = try? definitions.questionnaire(line.survey, line.version)
            else { return }
            if questionnaire.profile.retention != nil { found.insert(line.survey) }
        }
        return found
    }

    private func retentionRules(_ logs: [LogName]) throws(FolderError) -> RetentionRules {
        let (journal, secrets) = (journal, secrets)
        var rules = RetentionRules(
            now: time.now(), catalog: catalog, secrets: secrets,
            isFinished: { (try? journal.response($0, $1))?.isComplete ?? false },
            lastDraft: { (try? journal.draft($0, $1))?.recorded })
        for log in logs { try eachLine(log) { rules.learn(log, $0) } }
        for log in logs where log.isResponses { try eachLine(log) { rules.learnPast($0) } }
        return rules
    }
}
