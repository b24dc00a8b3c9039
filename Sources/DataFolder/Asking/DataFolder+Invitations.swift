package import Feedback
internal import Journal
internal import QuestionnaireModel
package import Records

/// What came of asking one contact.
package struct IssuedInvitation: Sendable, Equatable {
    /// A link, or the reason for none.
    package enum Outcome: Sendable, Equatable {
        /// A link; `isNew` is false when this contact had it already.
        case link(InvitationLine, token: String, isNew: Bool)
        /// No link, and why in words.
        case skipped(String)
    }

    /// The contact.
    package let contact: ContactLine
    /// The link, or why there is none.
    package let outcome: Outcome
}

extension DataFolder {
    /// Makes personal links for contacts (all, when none are named), unique by survey, contact and wave: a repeat
    /// returns the same.
    package func invite(
        _ survey: SurveyID, contacts wanted: [ContactID]? = nil, wave: String? = nil
    ) async throws(FolderError) -> [IssuedInvitation] {
        let questionnaire = try invitable(survey, wave)
        let contacts = if let wanted { try people(wanted) } else { try contacts() }
        var issued: [IssuedInvitation] = []
        var start = 0
        while start < contacts.count {
            let part = Array(contacts[start..<min(contacts.count, start + 1000)])
            start += part.count
            issued += try await step(weighing: part.count * 512) { [self] step in
                try part.map { IssuedInvitation(contact: $0, outcome: try ask($0, questionnaire, wave, step)) }
            }
        }
        return issued
    }

    private func invitable(_ survey: SurveyID, _ wave: String?) throws(FolderError) -> Questionnaire {
        guard let live = try currentCatalog().live(survey) else {
            throw FolderError(
                .notFound, "No survey \(survey) is published in \(path). Run heed publish \(survey) first.")
        }
        guard live.isOpen else {
            throw FolderError(.refused, "The survey \(survey) is closed. Run heed publish \(survey) to open it again.")
        }
        guard live.questionnaire.profile.privacy != .anonymous else {
            throw FolderError(
                .refused,
                "The survey \(survey) is anonymous, and a personal link would tell who answered. Share its public address instead."
            )
        }
        if let wave, wave.isEmpty || wave.utf8.count > 64 || wave.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) {
            throw FolderError(.refused, "A wave's name has 1 to 64 characters, such as 2026Q4.")
        }
        return live.questionnaire
    }

    private func people(_ ids: [ContactID]) throws(FolderError) -> [ContactLine] {
        var found: [ContactLine] = []
        for id in ids {
            guard let contact = contact(id) else {
                throw FolderError(.notFound, "There is no contact \(id). Import contacts first, or check the id.")
            }
            found.append(contact)
        }
        return found
    }

    private func ask(
        _ contact: ContactLine, _ questionnaire: Questionnaire, _ wave: String?, _ step: JournalStep
    ) throws -> IssuedInvitation.Outcome {
        if try step.isSuppressed(contact, secrets) { return .skipped("has opted out") }
        if let before = try step.invitation(questionnaire.id, contact.id, wave) {
            if try step.response(before.id, before.survey)?.isComplete == true { return .skipped("has answered") }
            if before.state == .revoked { return .skipped("the link was withdrawn") }
            if let expires = before.expires, expires <= step.now {
                return .skipped("the link expired on \(expires.date); --wave with another name asks again")
            }
            return .link(before, token: token(before), isNew: false)
        }
        if let reason = try tooSoon(contact.id, questionnaire, step) { return .skipped(reason) }
        let moment = try step.moment(.invitations)
        var line = InvitationLine(
            id: ids.makeSortable(at: moment), survey: questionnaire.id, version: questionnaire.version,
            contact: contact.id,
            fields: try fields(of: contact, questionnaire, step), state: .sent, recorded: moment)
        line.account = contact.account
        line.role = contact.role
        line.wave = wave
        line.expires = moment.adding(days: questionnaire.profile.linkDays)
        let keys = [
            FolderLogs.key(line.id.rawValue), FolderLogs.uniqueKey(of: line), FolderLogs.askedKey(contact.id),
        ]
        try step.append(to: .invitations, at: moment, keys: keys) { line.append(to: &$0) }
        return .link(line, token: token(line), isNew: true)
    }

    /// Why a contact may not be asked yet under the survey's contact policy; nil when they may.
    private func tooSoon(_ contact: ContactID, _ survey: Questionnaire, _ step: JournalStep) throws -> String? {
        let profile = survey.profile
        guard profile.daysBetween != nil || profile.daysBetweenAny != nil else { return nil }
        var (lastOwn, lastAny): (InvitationLine?, InvitationLine?)
        for asked in try step.asks(of: contact) {
            if asked.survey == survey.id, lastOwn.map({ asked.recorded > $0.recorded }) ?? true { lastOwn = asked }
            if lastAny.map({ asked.recorded > $0.recorded }) ?? true { lastAny = asked }
        }
        if let days = profile.daysBetween, let last = lastOwn, last.recorded.adding(days: days) > step.now {
            return
                "was asked by this survey on \(last.recorded.date), and it leaves \(days) days between (days-between)"
        }
        if let days = profile.daysBetweenAny, let last = lastAny, last.recorded.adding(days: days) > step.now {
            return
                "was asked by \(last.survey) on \(last.recorded.date), and this survey leaves \(days) days after any other (days-between-any)"
        }
        return nil
    }

    /// The survey's declared fields as the contact, else the account, has them in columns of those names.
    private func fields(of contact: ContactLine, _ questionnaire: Questionnaire, _ step: JournalStep) throws -> Answers
    {
        if questionnaire.fields.isEmpty { return Answers() }
        let account = try contact.account.flatMap { try step.account($0) }
        var fields = Answers()
        for declaration in questionnaire.fields {
            let member = (contact.unknown + (account?.unknown ?? [])).first { $0.key == declaration.name }
            fields[declaration.name] = member.flatMap { Answer($0.value) }
        }
        return fields
    }

    private func token(_ line: InvitationLine) -> String {
        links.token(for: line.id, survey: line.survey, purpose: .answer)
    }

    /// The invitation of an id, as last written.
    package func invitation(_ id: ResponseID) throws(FolderError) -> InvitationLine? {
        do {
            if let found = try journal.invitation(id) { return found }
            // A command beside this process may just have made it.
            try journal.lookForNews(.invitations)
            return try journal.invitation(id)
        } catch { throw FolderError(error) }
    }

    /// Records that the person behind an invitation wants no more mail; false when it was recorded already.
    @discardableResult
    package func optOut(_ id: ResponseID) async throws(FolderError) -> Bool {
        try await step { [self] step in
            guard let invitation = try step.invitation(id) else {
                throw FolderError(.notFound, "There is no invitation \(id).")
            }
            let contact = try step.contact(invitation.contact) ?? ContactLine(id: invitation.contact)
            if try step.isSuppressed(contact, secrets) { return false }
            let moment = try step.moment(.suppressions)
            for key in SuppressionLine.keys(of: contact, secrets) {
                let line = SuppressionLine(key: key, kind: "opt-out", recorded: moment)
                try step.append(line, to: .suppressions, at: moment, id: key)
            }
            return true
        }
    }

    /// Whether a contact is not to be asked any more.
    package func isSuppressed(_ contact: ContactLine) throws(FolderError) -> Bool {
        do { return try journal.isSuppressed(contact, secrets) } catch { throw FolderError(error) }
    }
}

extension JournalStep {
    /// Every line by which a contact was asked, or asked again, by any survey.
    fileprivate func asks(of contact: ContactID) throws(JournalError) -> [InvitationLine] {
        try lines(.invitations, FolderLogs.askedKey(contact)).compactMap { bytes in
            guard let line = try? InvitationLine(bytes), line.contact == contact else { return nil }
            return [.queued, .sent, .reminded].contains(line.state) ? line : nil
        }
    }

    /// The last invitation of a contact to a survey in a wave.
    fileprivate func invitation(_ survey: SurveyID, _ contact: ContactID, _ wave: String?) throws(JournalError)
        -> InvitationLine?
    {
        let key = FolderLogs.uniqueKey(survey: survey.rawValue, contact: contact.rawValue, event: nil, wave: wave)
        for bytes in try lines(.invitations, key).reversed() {
            guard let line = try? InvitationLine(bytes), line.survey == survey, line.contact == contact,
                line.wave == wave,
                line.event == nil
            else { continue }
            return line
        }
        return nil
    }
}
