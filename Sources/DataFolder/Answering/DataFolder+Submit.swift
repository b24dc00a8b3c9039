internal import Feedback
internal import Journal
internal import QuestionnaireModel
internal import Records

extension DataFolder {
    /// Takes a page: decided in the one serial step, durable on return; the same submission again gets the same
    /// outcome.
    package func submit(_ submission: PageSubmission) async throws(FolderError) -> Acceptance {
        let weight = submission.form.fields.reduce(512) { $0 + $1.name.utf8.count + $1.value.utf8.count + 64 }
        return try await step(weighing: weight) { [self] step in try decide(submission, step) }
    }

    private func decide(_ submission: PageSubmission, _ step: JournalStep) throws -> Acceptance {
        let (id, survey) = (submission.id, submission.survey)
        // A close or a new version counts from the moment it is written.
        let catalog = try catalog(in: step)
        guard let live = catalog.live(survey) else { return .unavailable(.unknown) }
        let invitation = try step.invitation(id)
        let before = try step.response(id, survey)
        if let before, before.isComplete { return replay(submission, before, catalog) }
        if let reason = unavailability(of: live, invitation, survey, at: step.now) { return .unavailable(reason) }

        let draft = try step.draft(id, survey)
        let version = invitation?.version ?? submission.version
        let fresh = version.flatMap { catalog.questionnaire(survey, $0) } ?? live.questionnaire
        var session =
            draft.flatMap(resumed) ?? before.flatMap(resumed)
            ?? ResponseSession(fresh, fields: invitation?.fields ?? Answers())
        let questionnaire = session.questionnaire
        let named = submission.page.flatMap { name in questionnaire.pages.firstIndex { $0.id == name } }
        if submission.page != nil, named == nil {
            // A page that this version does not have: what was typed comes back on the page that is due.
            return .refused(session, page: session.nextPage ?? 0, problems: [], revealed: [])
        }
        guard let page = named ?? session.nextPage else {
            // Every page was accepted by a newer version's rules; nothing is left to ask.
            try ResponseRecord(submission, session, invitation, draft, before).appendResponse(step, isComplete: true)
            return .completed(session)
        }
        let today = AnsweringDay(at: step.now)
        let outcome =
            submission.intent == .accept
            ? session.accept(page: page, submission.form, drawn: submission.drawn, today: today)
            : session.keep(page: page, submission.form, today: today)
        let record = ResponseRecord(submission, session, invitation, draft, before)
        switch outcome {
        case .refused(let problems, let revealed):
            return .refused(session, page: page, problems: problems, revealed: revealed)
        case .notAsked: return .accepted(session)
        case .kept(let changed, let problems):
            if changed || record.switchesLanguage { try record.appendDraft(step) }
            return .kept(session, problems: problems)
        case .accepted(let changed):
            if session.nextPage == nil {
                try record.appendResponse(step, isComplete: true)
                return .completed(session)
            }
            if changed || record.switchesLanguage { try record.appendDraft(step) }
            return .accepted(session)
        }
    }

    /// The answer to a page of a finished response: the same again is the same outcome, anything else comes too late.
    private func replay(_ submission: PageSubmission, _ line: ResponseLine, _ catalog: SurveyCatalog) -> Acceptance {
        guard submission.intent == .accept, let questionnaire = catalog.questionnaire(line.survey, line.version) else {
            return .alreadyAnswered
        }
        let session = ResponseSession(finished: line.answers, of: questionnaire, fields: line.fields)
        let named = submission.page.flatMap { name in questionnaire.pages.firstIndex { $0.id == name } }
        guard let page = named ?? (questionnaire.pages.count == 1 ? 0 : nil),
            session.isUnchanged(byPage: page, submission.form)
        else { return .alreadyAnswered }
        return .completed(session)
    }

    private func unavailability(
        of live: PublishedSurvey, _ invitation: InvitationLine?, _ survey: SurveyID, at now: Timestamp
    ) -> Unavailability? {
        if let invitation {
            if invitation.survey != survey { return .unknown }
            if invitation.state == .revoked { return .revoked }
            if !live.isOpen { return .closed }
            if let expires = invitation.expires, expires <= now { return .expired }
            return nil
        }
        if live.questionnaire.profile.access == .invited { return .unknown }
        return live.isOpen ? nil : .closed
    }
}
