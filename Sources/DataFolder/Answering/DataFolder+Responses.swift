package import Feedback
internal import Journal
package import QuestionnaireModel
package import Records

extension DataFolder {
    /// What is known of a response.
    package func state(of id: ResponseID, survey: SurveyID) throws(FolderError) -> ResponseState {
        do {
            let response = try journal.response(id, survey)
            if let response, response.isComplete { return .complete(response) }
            let draft = try journal.draft(id, survey)
            if let response { return .partial(response, draft) }
            return draft.map(ResponseState.draft) ?? .none
        } catch { throw FolderError(error) }
    }

    /// The session to draw a page from: resumed where something was sent, else fresh under the invitation's or the
    /// live version.
    ///
    /// Nil when the response is finished or the survey unknown.
    package func session(of id: ResponseID, survey: SurveyID) throws(FolderError) -> ResponseSession? {
        let invitation: InvitationLine?
        do { invitation = try journal.invitation(id) } catch { throw FolderError(error) }
        switch try state(of: id, survey: survey) {
        case .complete: return nil
        case .draft(let draft), .partial(_, let draft?): return resumed(draft)
        case .partial(let line, nil): return resumed(line)
        case .none:
            let catalog = try currentCatalog()
            let version = invitation?.survey == survey ? invitation?.version : nil
            return (version.flatMap { catalog.questionnaire(survey, $0) } ?? catalog.live(survey)?.questionnaire)
                .map { ResponseSession($0, fields: invitation?.fields ?? Answers()) }
        }
    }

    private func knownQuestionnaire(_ survey: SurveyID, _ version: SurveyVersion) -> Questionnaire? {
        try? definitions.questionnaire(survey, version)
    }

    func resumed(_ draft: DraftLine) -> ResponseSession? {
        knownQuestionnaire(draft.survey, draft.version).map {
            ResponseSession($0, accepted: draft.pages, answers: draft.answers, fields: draft.fields)
        }
    }

    func resumed(_ line: ResponseLine) -> ResponseSession? {
        knownQuestionnaire(line.survey, line.version).map {
            ResponseSession($0, answers: line.answers, fields: line.fields)
        }
    }

    /// Stores imported responses: a new id is added, a known id with other content becomes its next revision, the same
    /// again is
    /// left alone. Revision and `recorded` are set here, under the lock.
    @discardableResult
    package func append(imported lines: [ResponseLine]) async throws(FolderError) -> UpsertOutcome {
        var outcome = UpsertOutcome()
        var start = 0
        while start < lines.count {
            let part = Array(lines[start..<min(lines.count, start + 2000)])
            start += part.count
            outcome.add(
                try await step(weighing: part.count * 512) { [self] step in
                    var outcome = UpsertOutcome()
                    for given in part {
                        guard var line = try admitted(given, step) else { continue }
                        let log = LogName.responses(line.survey)
                        let before = try step.response(line.id, line.survey)
                        if let before { line.keepRedactions(of: before) }
                        if let before, before.says(theSameAs: line) {
                            outcome.unchanged += 1
                            continue
                        }
                        line.revision = before.map { $0.revision + 1 } ?? 1
                        let moment = try step.moment(log)
                        line.recorded = moment
                        try step.append(line, to: log, at: moment)
                        if before == nil { outcome.added += 1 } else { outcome.changed += 1 }
                    }
                    return outcome
                })
        }
        return outcome
    }

    /// The response files of a survey in the order of records, found by their names: no index of what is in them is
    /// needed.
    package func responseSegments(of survey: SurveyID) throws(FolderError) -> [String] {
        let log = LogName.responses(survey)
        let folder = "\(path)/\(log.folder)"
        do {
            return try files.list(folder).compactMap { SegmentName(file: $0, of: log) }.sorted().map {
                "\(folder)/\($0.file)"
            }
        } catch { throw FolderError(error) }
    }

    /// Every survey that has response files, by id.
    package func surveysWithResponses() throws(FolderError) -> [SurveyID] {
        do { return try files.list(path + "/responses").compactMap { SurveyID($0) }.sorted() } catch {
            throw FolderError(error)
        }
    }
}

extension ResponseLine {
    /// Whether two lines of an id say the same of the person and their answers, whenever they were written.
    func says(theSameAs other: ResponseLine) -> Bool {
        answers == other.answers && fields == other.fields && isComplete == other.isComplete && account == other.account
            && contact == other.contact && role == other.role && wave == other.wave && version == other.version
    }
}

extension JournalStep {
    /// Appends a response line.
    func append(_ line: ResponseLine, to log: LogName, at moment: Timestamp) throws(JournalError) {
        try append(to: log, at: moment, keys: [FolderLogs.key(line.id.rawValue)]) { line.append(to: &$0) }
    }
}
